using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites;

/// <summary>
/// DELETE /api/connections/{id}: either of the two ends the connection. Afterwards neither can read or send there, and each may invite
/// the other again. It answers the connection as the caller sees it; repeated, the same; 409 when the two are not connected.
/// </summary>
public sealed class RemoveConnection(HttpApi http, InviteDesk desk)
{
    /// <summary>Answers the call. Four requests: read, write, both rows.</summary>
    [Function(nameof(RemoveConnection))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "connections/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) => (await desk.ActAsync(caller.Id, id, new InviteAction.Remove(), ct)).Answer(Answers.Ok));
}
