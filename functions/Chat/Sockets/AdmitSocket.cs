using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat.Sockets;

/// <summary>What Web PubSub tells of a client that wants to connect; of all that, what is needed here.</summary>
/// <param name="Query">The query parameters of the client's URL.</param>
public sealed record ConnectEvent(IReadOnlyDictionary<string, string[]>? Query);

/// <summary>POST /api/realtime/events: Web PubSub asks, before it opens a client's socket, whether it may (the system event <c>connect</c>).</summary>
/// <remarks>
/// Web PubSub's token in the URL says whose the socket is and until when it may be opened, but not that the member is still there, nor how many sockets
/// one URL has opened. Anybody can call this address: whoever does so with the pass of a member's URL can do no more than the URL's owner.
/// The protocol is CloudEvents with Web PubSub's extension: https://learn.microsoft.com/azure/azure-web-pubsub/reference-cloud-events.
/// </remarks>
public sealed class AdmitSocket(HttpApi http, CallLimits limits, MemberStore members, OpenSockets sockets)
{
    private const string Connect = "azure.webpubsub.sys.connect";
    private const int MaxConnectionId = 256;

    /// <summary>Answers 204, and the socket opens; any other answer goes to the client, and it does not. Two requests.</summary>
    [Function(nameof(AdmitSocket))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "realtime/events")] HttpRequest request) =>
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
                ? await AdmitAsync(id, connectionId, ct)
                : Problems.From(new SocketRefused());
        });

    /// <summary>OPTIONS of the same address: that this app takes Web PubSub's events (CloudEvents' abuse protection).</summary>
    /// <remarks>Any origin: the address refuses what it does not know by its pass.</remarks>
    [Function("AllowSocketEvents")]
    public Task Allow([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "realtime/events")] HttpRequest request) =>
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
