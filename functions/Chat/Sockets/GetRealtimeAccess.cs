using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat.Sockets;

/// <summary>POST /api/realtime/access: a Web PubSub client URL for this member, to be opened before it expires.</summary>
public sealed class GetRealtimeAccess(HttpApi http, Registration registration, ILiveDelivery live, ChatSettings settings)
{
    /// <summary>Answers the URL, a secret: it opens the member's events to whoever holds it. One request to the database.</summary>
    [Function(nameof(GetRealtimeAccess))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "realtime/access")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                var own = (await registration.EnsureAsync(caller, ct)).Value;
                if (own.ErasedAt is not null)
                {
                    return Erased.Problem(own);
                }

                var access = await live.GetClientAccessAsync(caller.Id, settings.AccessFor, ct);
                return Answers.Ok(access with { Url = SocketPass.AddTo(access.Url, own) });
            },
            CallKind.Access,
            gated: false);
}
