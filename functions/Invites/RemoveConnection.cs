using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites;

/// <summary>
/// DELETE /api/connections/{id}: a member ends the connection. Afterwards neither can read or send messages there, and each may invite the
/// other again.
/// </summary>
public sealed class RemoveConnection(HttpApi http, InviteService invites)
{
    /// <summary>
    /// Answers the connection as the caller sees it, also when repeated; 409 when the two are not connected. Four requests: the read, the
    /// write, both rows.
    /// </summary>
    [Function(nameof(RemoveConnection))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "connections/{id}")] HttpRequest request, string id) =>
        http.Handle(
            request, async (caller, ct) => (await invites.ActAsync(caller.Id, id, new InviteAction.Remove(), ct)).Answer(Answers.Ok));
}
