using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Connections.Emulators.WebPubSub;

/// <summary>Web PubSub on one machine: one hub and its clients' connections.</summary>
/// <remarks>
/// All state is in memory. After a restart, a client that tries to recover its connection is told that it is gone, and makes a new one.
/// A user whose connection waits to be recovered counts as online, as in Azure.
/// </remarks>
public sealed partial class LocalWebPubSub : IDisposable
{
    private readonly LocalWebPubSubOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ClientTokens _tokens;
    private readonly ConcurrentDictionary<string, ClientSession> _sessions = new(StringComparer.Ordinal);
    private readonly SessionSets _users = new();
    private readonly SessionSets _groups = new();
    private volatile bool _stopped;

    /// <summary>Creates the hub. Clients reach it once the host has called <see cref="WebPubSubEndpoint.MapWebPubSub"/>.</summary>
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

    /// <summary>How many connections there are, those that wait to be recovered included.</summary>
    public int ConnectionCount => _sessions.Count;

    /// <summary>The ids of a user's connections.</summary>
    public IReadOnlyList<string> ConnectionIds(string userId) => [.. _users[userId].ToArray().Select(session => session.Id)];

    /// <summary>How many connections have a socket now.</summary>
    internal int SocketCount => _sessions.Values.Count(session => session.HasSocket);

    internal string Hub => _options.Hub;

    internal ClientTokens Tokens => _tokens;

    internal ServiceTokens ServiceTokens { get; }

    internal ClientRequests Requests { get; }

    internal ConnectEvents? Events { get; }

    internal TimeProvider Time => _time;

    internal bool IsStopped => _stopped;

    /// <summary>Sends JSON to all connections of a user; there may be none.</summary>
    /// <exception cref="ArgumentException">The text is not one JSON value, or is over 1 MB.</exception>
    public void Send(string userId, string json)
    {
        var message = OutboundMessage.FromServer(json);
        foreach (var session in _users[userId])
        {
            Deliver(session, message);
        }
    }

    /// <summary>Closes a user's connections, except those named.</summary>
    public void Close(string userId, IReadOnlyCollection<string> except)
    {
        foreach (var session in _users[userId])
        {
            if (!except.Contains(session.Id))
            {
                session.End()?.Close(WebSocketCloseStatus.NormalClosure, "The application closed the connection.");
            }
        }
    }

    /// <summary>Whether a user has a connection.</summary>
    public bool IsOnline(string userId) => _users[userId].Length > 0;

    /// <summary>Closes every connection with 1001 and takes no more, because the host stops.</summary>
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

    /// <summary>Makes a URL that a client of this user can connect with. It holds a token: never log it.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="lifetime">How long clients can connect with it; at least a second.</param>
    /// <param name="roles">Roles such as <c>webpubsub.sendToGroup</c>; none for a client that only listens.</param>
    public ClientUrl GetClientUrl(string userId, TimeSpan lifetime, params IEnumerable<string> roles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        // Whole seconds, as in the token.
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var url = new UriBuilder(new Uri(_options.BaseUrl(), $"client/hubs/{_options.Hub}"));
        url.Scheme = url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        url.Query = $"access_token={_tokens.Sign(_options.Hub, userId, roles, expiresAt)}";
        return new ClientUrl(url.Uri, expiresAt);
    }

    /// <summary>Opens a connection; the caller attaches its socket.</summary>
    internal ClientSession Open(ClientIdentity client, string id, Subprotocol subprotocol)
    {
        var session = new ClientSession(this, client, id, subprotocol, _options.RecoveryWindow, _time);
        _sessions[session.Id] = session;
        _users.Add(session.UserId, session);
        Opened(_logger, session.Id, subprotocol);
        if (_stopped)
        {
            session.End();
        }

        return session;
    }

    /// <summary>The connection that a client may recover; null if it is gone or is not the client's.</summary>
    internal ClientSession? FindForRecovery(string hub, string id, string? reconnectionToken)
    {
        var found = _sessions.TryGetValue(id, out var session)
            && hub == _options.Hub
            && session.Subprotocol == Subprotocol.ReliableJson
            && session.IsReconnectionToken(reconnectionToken);
        Recovery(_logger, found ? session!.Id : "(none)", found);
        return found ? session : null;
    }

    /// <summary>Removes an ended connection from its user and its groups.</summary>
    internal void Forget(ClientSession session, string[] groups)
    {
        _sessions.TryRemove(session.Id, out _);
        _users.Remove(session.UserId, session);
        foreach (var group in groups)
        {
            _groups.Remove(group, session);
        }

        Ended(_logger, session.Id);
    }

    /// <summary>Breaks a user's sockets without a closing handshake, as a lost network does. For tests.</summary>
    public void DropSockets(string userId)
    {
        foreach (var session in _users[userId])
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

        // No closing handshake: a client whose outbox is full is most often one that reads nothing.
        Overflowed(_logger, session.Id);
        session.End()?.Abort();
    }

    [LoggerMessage(LogLevel.Debug, "Web PubSub connection {ConnectionId} opened, subprotocol {Subprotocol}.")]
    private static partial void Opened(ILogger logger, string connectionId, Subprotocol subprotocol);

    [LoggerMessage(LogLevel.Debug, "Web PubSub connection {ConnectionId} ended.")]
    private static partial void Ended(ILogger logger, string connectionId);

    [LoggerMessage(LogLevel.Debug, "A client asked to recover a Web PubSub connection: {ConnectionId}, granted: {Granted}.")]
    private static partial void Recovery(ILogger logger, string connectionId, bool granted);

    [LoggerMessage(
        LogLevel.Warning,
        "Web PubSub connection {ConnectionId} was dropped: its client leaves too many messages unread or unacknowledged.")]
    private static partial void Overflowed(ILogger logger, string connectionId);
}

/// <summary>A URL that a client connects with. A secret: never log it.</summary>
public sealed record ClientUrl(Uri Url, DateTimeOffset ExpiresAt);

/// <summary>The options of <see cref="LocalWebPubSub"/>.</summary>
/// <param name="Hub">The name of its one hub.</param>
/// <param name="BaseUrl">The host's URL, which client URLs begin with. Read at each use: with port 0 a host knows its port only once it
/// listens.</param>
/// <param name="SigningKey">
/// The HMAC key of client tokens, at least 32 bytes. Keep it with the host's data (<see cref="SigningKeyFile"/>), so that the URLs that
/// clients hold work after a restart.
/// </param>
public sealed record LocalWebPubSubOptions(string Hub, Func<Uri> BaseUrl, byte[] SigningKey)
{
    /// <summary>The URL of the application's event handler, which decides whether a client may connect; null to let in every client with a
    /// token.</summary>
    public Func<Uri>? EventHandler { get; init; }

    /// <summary>How long a connection of the reliable subprotocol waits for its client after its socket was lost.</summary>
    /// <remarks>
    /// Azure waits at least 30 seconds, and client libraries try for 30 seconds after they notice. The default is twice that, because the
    /// host may notice long before the client does.
    /// </remarks>
    public TimeSpan RecoveryWindow { get; init; } = TimeSpan.FromSeconds(60);
}
