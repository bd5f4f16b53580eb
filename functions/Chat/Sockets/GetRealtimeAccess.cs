using Connections.Http;
using Connections.Members;

namespace Connections.Chat.Sockets;

/// <summary>POST /api/realtime/access: a Web PubSub client URL for the caller.</summary>
public sealed class GetRealtimeAccess(
    HttpApi http, Registration registration, MemberStore members, ILiveDelivery live, ChatSettings settings)
{
    /// <summary>
    /// Answers 200 with the URL. It is a secret, because its holder gets the member's events. One request to the database.
    /// </summary>
    [Function(nameof(GetRealtimeAccess))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/realtime/access")] HttpRequest request) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                if (!(await registration.EnsureAsync(caller, ct)).TryGet(out var found, out var erased))
                {
                    return Problems.From(erased);
                }

                if (await members.EnsureKeyAsync(found, ct) is not { Value: var own })
                {
                    return Problems.From(new ProfileErased(found.Value));
                }

                var access = await live.GetClientAccessAsync(caller.Id, settings.AccessFor, ct);
                return Answers.Ok(access with { Url = SocketPass.AddTo(access.Url, own) });
            },
            CallKind.Access,
            gated: false);
}
