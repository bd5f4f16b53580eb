using Connections.Http;
using Connections.Members;

namespace Connections.Chat.Sockets;

/// <summary>The part of Web PubSub's connect event that is used here.</summary>
/// <param name="Query">The query parameters of the client's URL.</param>
public sealed record ConnectEvent(IReadOnlyDictionary<string, string[]>? Query);

/// <summary>POST /api/realtime/events: Web PubSub asks whether it may open a client's socket (the system event <c>connect</c>).</summary>
/// <remarks>
/// Web PubSub's token in the URL names the member and the time until when a socket may be opened. It says neither that the member still has
/// a profile and is not suspended nor how many sockets one URL has opened. This address is public: a caller with the pass of a member's URL
/// can do no more than that member. The protocol is CloudEvents with Web PubSub's extension:
/// https://learn.microsoft.com/azure/azure-web-pubsub/reference-cloud-events.
/// </remarks>
public sealed class AdmitSocket(HttpApi http, CallLimits limits, MemberStore members, OpenSockets sockets, TimeProvider time)
{
    private const string Connect = "azure.webpubsub.sys.connect";
    private const int MaxConnectionId = 256;

    /// <summary>
    /// Answers 204, and the socket opens. Any other answer goes to the client, and the socket stays closed. Two requests.
    /// </summary>
    [Function(nameof(AdmitSocket))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/realtime/events")] HttpRequest request) =>
        http.HandleEvent(request, async ct =>
        {
            if (!(await HttpApi.ReadAsync<ConnectEvent>(request, ct)).TryGet(out var connecting, out var error))
            {
                return Problems.From(error);
            }

            if (connecting.Query is null)
            {
                return Problems.InvalidInput("query", "The event must hold the query parameters of the client's URL.");
            }

            var headers = request.Headers;
            var connectionId = headers["ce-connectionId"].ToString();
            return headers["ce-type"] == Connect
                && headers["ce-hub"] == ILiveDelivery.Hub
                && connectionId is { Length: > 0 and <= MaxConnectionId }
                && MemberId.TryParse(headers["ce-userId"], out var id)
                && connecting.Query.GetValueOrDefault(SocketPass.Parameter) is [var pass]
                && await members.FindAsync(id, ct) is { Value: { ErasedAt: null } member }
                && SocketPass.IsOf(member, pass)
                && member.Standing?.SuspensionAt(time.GetUtcNow()) is null
                ? await AdmitAsync(id, connectionId, ct)
                : Problems.From(new SocketRefused());
        });

    /// <summary>
    /// OPTIONS of the same address: tells Web PubSub that this app takes its events (the abuse protection of CloudEvents).
    /// </summary>
    /// <remarks>Every origin is allowed, because an event without a valid pass is refused.</remarks>
    [Function("AllowSocketEvents")]
    public Task Allow([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/realtime/events")] HttpRequest request) =>
        http.HandleEvent(request, _ =>
        {
            request.HttpContext.Response.Headers["WebHook-Allowed-Origin"] = "*";
            return Task.FromResult(Answers.NoContent());
        });

    private async Task<IResult> AdmitAsync(MemberId member, string connectionId, CancellationToken ct)
    {
        if (limits.Refuse(member, CallKind.Socket) is { } tooMany)
        {
            return Problems.From(tooMany);
        }

        await sockets.AddAsync(member, connectionId, ct);
        return Answers.NoContent();
    }
}
