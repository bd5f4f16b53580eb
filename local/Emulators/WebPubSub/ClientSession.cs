using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Emulators.WebPubSub;

/// <summary>One client's connection, which can outlive its socket.</summary>
/// <remarks>
/// A connection of the reliable subprotocol that loses its socket waits for the recovery window with its groups and messages, and counts
/// as a connection meanwhile, as in Azure. Any other connection ends with its socket. An ended connection never comes back.
/// </remarks>
internal sealed class ClientSession(
    LocalWebPubSub service, ClientIdentity client, string id, Subprotocol subprotocol, TimeSpan recoveryWindow, TimeProvider time)
{
    /// <summary>How many of a client's last requests are recognised when it repeats them.</summary>
    public const int MaxRememberedAcks = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _acks = [];
    private readonly Queue<ulong> _ackOrder = new();
    private ClientSocket? _socket;
    private ITimer? _expiry;
    private bool _ended;

    /// <summary>The connection's public id.</summary>
    public string Id => id;

    /// <summary>A secret that proves, with the id, that a recovery comes from the client that had the connection.</summary>
    public string ReconnectionToken { get; } = Secret(32);

    /// <summary>An id that no other connection has.</summary>
    public static string NewId() => Secret(18);

    public string UserId => client.UserId;

    public Subprotocol Subprotocol => subprotocol;

    public Outbox Outbox { get; } = new();

    public bool HasSocket => Volatile.Read(ref _socket) is not null;

    public bool IsReconnectionToken(string? token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token ?? ""), Encoding.UTF8.GetBytes(ReconnectionToken));

    /// <summary>Whether the client has the role for all groups, or for this one.</summary>
    public bool May(string action, string group) =>
        client.Roles.Contains($"webpubsub.{action}") || client.Roles.Contains($"webpubsub.{action}.{group}");

    /// <summary>Gives the connection a socket, in place of an earlier one. False if the connection has ended.</summary>
    public bool TryAttach(ClientSocket socket)
    {
        ClientSocket? replaced;
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            _expiry?.Dispose();
            _expiry = null;
            replaced = _socket;
            _socket = socket;
        }

        replaced?.Abort();
        return true;
    }

    /// <summary>Tells the connection that its socket is gone. Does nothing if another socket has replaced it.</summary>
    public void Detach(ClientSocket socket, bool canRecover)
    {
        lock (_gate)
        {
            if (_ended || _socket != socket)
            {
                return;
            }

            if (canRecover && subprotocol == Subprotocol.ReliableJson)
            {
                _socket = null;
                _expiry = time.CreateTimer(_ => Expire(), null, recoveryWindow, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        End();
    }

    /// <summary>Ends the connection. Returns the socket for the caller to close; null if there is none or the connection had
    /// ended.</summary>
    public ClientSocket? End()
    {
        ClientSocket? socket;
        string[] groups;
        lock (_gate)
        {
            if (_ended)
            {
                return null;
            }

            _ended = true;
            _expiry?.Dispose();
            socket = _socket;
            _socket = null;
            groups = [.. _groups];
        }

        service.Forget(this, groups);
        return socket;
    }

    /// <summary>Tells the socket that there is something to send.</summary>
    public void Wake() => Volatile.Read(ref _socket)?.Wake();

    /// <summary>Breaks the socket without a closing handshake, as a lost network does.</summary>
    public void DropSocket() => Volatile.Read(ref _socket)?.Abort();

    /// <summary>Joins or leaves a group, unless the connection has ended.</summary>
    public void Change(string group, bool member, SessionSets groups)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (member && _groups.Add(group))
            {
                groups.Add(group, this);
            }
            else if (!member && _groups.Remove(group))
            {
                groups.Remove(group, this);
            }
        }
    }

    /// <summary>Records that a request is about to be carried out; false if it was carried out before.</summary>
    public bool TryBegin(ulong ackId)
    {
        lock (_gate)
        {
            if (!_acks.Add(ackId))
            {
                return false;
            }

            _ackOrder.Enqueue(ackId);
            if (_ackOrder.Count > MaxRememberedAcks)
            {
                _acks.Remove(_ackOrder.Dequeue());
            }

            return true;
        }
    }

    private void Expire()
    {
        lock (_gate)
        {
            // The timer fired just as the client came back.
            if (_socket is not null)
            {
                return;
            }
        }

        End();
    }

    private static string Secret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}

/// <summary>Connections by the name of their user or group. Reading takes no lock; a name without connections takes no memory.</summary>
internal sealed class SessionSets
{
    private readonly ConcurrentDictionary<string, ClientSession[]> _sets = new(StringComparer.Ordinal);

    /// <summary>A snapshot of the connections under a name.</summary>
    public ReadOnlySpan<ClientSession> this[string name] => _sets.TryGetValue(name, out var sessions) ? sessions : [];

    public void Add(string name, ClientSession session) =>
        _sets.AddOrUpdate(
            name,
            static (_, added) => [added],
            static (_, sessions, added) => sessions.Contains(added) ? sessions : [.. sessions, added],
            session);

    public void Remove(string name, ClientSession session)
    {
        while (_sets.TryGetValue(name, out var sessions))
        {
            var left = Array.FindAll(sessions, s => s != session);
            if (left.Length == 0
                ? _sets.TryRemove(KeyValuePair.Create(name, sessions))
                : _sets.TryUpdate(name, left, sessions))
            {
                return;
            }
        }
    }
}
