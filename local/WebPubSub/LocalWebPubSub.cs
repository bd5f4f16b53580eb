using System.Collections.Concurrent;
using System.Net.WebSockets;
using Connections.Chat;
using Microsoft.Extensions.Logging;

namespace Connections.Local.WebPubSub;

/// <summary>Web PubSub on one machine: one hub, its clients' connections, and what the application sends them.</summary>
/// <remarks>
/// All state is in memory: a host that starts again knows no connection, tells clients that try to recover one so, and they
/// make a new one. A member in the recovery window counts as online: the connection stands, and holds their messages.
/// </remarks>
public sealed partial class LocalWebPubSub : ILiveDelivery, IDisposable
{
    private readonly LocalWebPubSubOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ClientTokens _tokens;
    private readonly ConcurrentDictionary<string, ClientSession> _sessions = new(StringComparer.Ordinal);
    private readonly SessionSets _users = new();
    private readonly SessionSets _groups = new();
    private volatile bool _stopped;

    /// <summary>Makes the hub; clients reach it once the host has called <see cref="WebPubSubEndpoint.MapWebPubSub"/>.</summary>
    public LocalWebPubSub(LocalWebPubSubOptions options, TimeProvider time, ILogger<LocalWebPubSub> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _tokens = new ClientTokens(options.SigningKey, time);
        ServiceTokens = new ServiceTokens(options.SigningKey, time);
        Requests = new ClientRequests(_groups, Deliver, logger);
        Events = options.EventHandler is { } handler ? new ConnectEvents(handler, options.SigningKey, time, logger) : null;
    }

    /// <summary>Connections that stand, those in their recovery window included.</summary>
    public int ConnectionCount => _sessions.Count;

    /// <summary>The ids of a member's connections.</summary>
    internal IReadOnlyList<string> ConnectionIds(MemberId member) => [.. _users[member.Value].ToArray().Select(session => session.Id)];

    /// <summary>Connections that have a socket now; counted when asked.</summary>
    internal int SocketCount => _sessions.Values.Count(session => session.HasSocket);

    internal ClientTokens Tokens => _tokens;

    internal ServiceTokens ServiceTokens { get; }

    internal ClientRequests Requests { get; }

    internal ConnectEvents? Events { get; }

    internal TimeProvider Time => _time;

    internal bool IsStopped => _stopped;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text is not one JSON value, or is over 1 MB.</exception>
    public Task SendAsync(MemberId to, string json, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var message = OutboundMessage.FromServer(json);
        foreach (var session in _users[to.Value])
        {
            Deliver(session, message);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
        Task.FromResult(GetClientAccess(member, lifetime, roles: []));

    /// <inheritdoc/>
    public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(except);
        foreach (var session in _users[member.Value])
        {
            if (!except.Contains(session.Id))
            {
                session.End()?.Close(WebSocketCloseStatus.NormalClosure, "The application closed the connection.");
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => Task.FromResult(_users[member.Value].Length > 0);

    /// <summary>Closes every connection with 1001 and takes no more: the host is going away.</summary>
    public void Stop()
    {
        _stopped = true;
        foreach (var session in _sessions.Values)
        {
            session.End()?.Close(WebSocketCloseStatus.EndpointUnavailable, "The service is stopping.");
        }
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose()
    {
        Stop();
        Events?.Dispose();
    }

    /// <summary>A client URL with roles, which the application has no use for: its clients only listen.</summary>
    internal ClientAccess GetClientAccess(MemberId member, TimeSpan lifetime, IEnumerable<string> roles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));

        // Whole seconds, as in the token, so that the client is told the moment that counts.
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var url = new UriBuilder(new Uri(_options.BaseUrl(), $"client/hubs/{ILiveDelivery.Hub}"));
        url.Scheme = url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        url.Query = $"access_token={_tokens.Sign(ILiveDelivery.Hub, member, roles, expiresAt)}";
        return new ClientAccess(url.Uri, expiresAt);
    }

    /// <summary>Opens a connection; the caller attaches its socket.</summary>
    internal ClientSession Open(ClientIdentity client, string id, Subprotocol subprotocol)
    {
        var session = new ClientSession(this, client, id, subprotocol, _options.RecoveryWindow, _time);
        _sessions[session.Id] = session;
        _users.Add(session.User.Value, session);
        Opened(_logger, session.Id, subprotocol);
        if (_stopped)
        {
            session.End();
        }

        return session;
    }

    /// <summary>The connection that a client may take up again; null when it is gone, or is not theirs.</summary>
    internal ClientSession? FindForRecovery(string hub, string id, string? reconnectionToken)
    {
        var found = _sessions.TryGetValue(id, out var session)
            && hub == ILiveDelivery.Hub
            && session.Subprotocol == Subprotocol.ReliableJson
            && session.IsReconnectionToken(reconnectionToken);
        Recovery(_logger, found ? session!.Id : "(none)", found);
        return found ? session : null;
    }

    /// <summary>Takes an ended connection out of everything that knows it.</summary>
    internal void Forget(ClientSession session, string[] groups)
    {
        _sessions.TryRemove(session.Id, out _);
        _users.Remove(session.User.Value, session);
        foreach (var group in groups)
        {
            _groups.Remove(group, session);
        }

        Ended(_logger, session.Id);
    }

    /// <summary>Breaks the member's sockets without a closing handshake, as a lost network does.</summary>
    internal void DropSockets(MemberId member)
    {
        foreach (var session in _users[member.Value])
        {
            session.DropSocket();
        }
    }

    private void Deliver(ClientSession session, OutboundMessage message)
    {
        if (session.Outbox.TryAdd(message))
        {
            session.Wake();
            return;
        }

        // Not closed with a handshake: what fills the outbox is most often a client that takes nothing.
        Overflowed(_logger, session.Id);
        session.End()?.Abort();
    }

    [LoggerMessage(LogLevel.Debug, "Web PubSub connection {ConnectionId} opened, subprotocol {Subprotocol}.")]
    private static partial void Opened(ILogger logger, string connectionId, Subprotocol subprotocol);

    [LoggerMessage(LogLevel.Debug, "Web PubSub connection {ConnectionId} ended.")]
    private static partial void Ended(ILogger logger, string connectionId);

    [LoggerMessage(LogLevel.Debug, "A client asked to recover a Web PubSub connection: {ConnectionId}, granted: {Granted}.")]
    private static partial void Recovery(ILogger logger, string connectionId, bool granted);

    [LoggerMessage(LogLevel.Warning, "Web PubSub connection {ConnectionId} was dropped: its client leaves too many messages unread or unacknowledged.")]
    private static partial void Overflowed(ILogger logger, string connectionId);
}
