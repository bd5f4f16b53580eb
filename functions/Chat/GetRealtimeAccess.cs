using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>POST /api/realtime/access: a Web PubSub client URL for this member, to be opened before it expires.</summary>
public sealed class GetRealtimeAccess(HttpApi http, ILiveDelivery live, ChatSettings settings)
{
    /// <summary>Answers the call. The URL is a secret: it opens the member's events to whoever holds it.</summary>
    [Function(nameof(GetRealtimeAccess))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "realtime/access")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) => Answers.Ok(await live.GetClientAccessAsync(caller.Id, settings.AccessFor, ct)), CallKind.Access);
}
