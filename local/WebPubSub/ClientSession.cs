using System.Security.Cryptography;
using System.Text;

namespace Connections.Local.WebPubSub;

/// <summary>One client's connection: what outlives its socket.</summary>
/// <remarks>
/// A connection of the reliable subprotocol that loses its socket waits for the recovery window, keeps its groups and holds
/// its messages, and still counts as a connection, as in Azure, where it is one until the service gives it up. Any other
/// connection ends with its socket. An ended connection never comes back.
/// </remarks>
internal sealed class ClientSession(
    LocalWebPubSub service, ClientIdentity client, string id, Subprotocol subprotocol, TimeSpan recoveryWindow, TimeProvider time)
{
    /// <summary>How many of a client's last requests are recognised when they come again.</summary>
    public const int MaxRememberedAcks = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _acks = [];
    private readonly Queue<ulong> _ackOrder = new();
    private ClientSocket? _socket;
    private ITimer? _expiry;
    private bool _ended;

    /// <summary>The connection's public name.</summary>
    public string Id => id;

    /// <summary>Proves, with the id, that a recovery is by the client that had the connection. A secret.</summary>
    public string ReconnectionToken { get; } = Secret(32);

    /// <summary>An id that no other connection has.</summary>
    public static string NewId() => Secret(18);

    public MemberId User => client.User;

    public Subprotocol Subprotocol => subprotocol;

    public Outbox Outbox { get; } = new();

    public bool HasSocket => Volatile.Read(ref _socket) is not null;

    public bool IsReconnectionToken(string? token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token ?? ""), Encoding.UTF8.GetBytes(ReconnectionToken));

    /// <summary>Whether the client may do this in the group: a role for all groups, or for this one.</summary>
    public bool May(string action, string group) =>
        client.Roles.Contains($"webpubsub.{action}") || client.Roles.Contains($"webpubsub.{action}.{group}");

    /// <summary>Makes this the connection's socket, in place of one that was lost or is not yet known to be; false when it has ended.</summary>
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

    /// <summary>The socket is gone. Nothing happens when another has taken its place.</summary>
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

    /// <summary>Ends the connection; the answer is the socket it had, which the caller closes. Null when it had none, or had ended.</summary>
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

    /// <summary>Enters or leaves a group, unless the connection has ended.</summary>
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

    /// <summary>Remembers a request that is about to be done; false when it was done before.</summary>
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
            // A timer that fired just as the client came back.
            if (_socket is not null)
            {
                return;
            }
        }

        End();
    }

    private static string Secret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
