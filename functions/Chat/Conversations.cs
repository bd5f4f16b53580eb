using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>Opens conversations to the two members of a connection: to talk while they are connected, to read afterwards too.</summary>
public sealed class Conversations(ConnectionStore connections, ContactStore contacts)
{
    /// <summary>
    /// The connection, if the caller is one of its members and the two are connected; otherwise the error. One request; one more when the
    /// two are not connected, so that the caller reads the same state afterwards.
    /// </summary>
    public Task<Result<Connection>> OpenAsync(string id, MemberId caller, CancellationToken ct) =>
        OpenAsync(id, caller, connection => connection.State == ConnectionState.Connected, ct);

    /// <summary>
    /// The connection, if the caller may read its messages; otherwise the error. One request; one more when the two have never been
    /// connected.
    /// </summary>
    public Task<Result<Connection>> OpenToReadAsync(string id, MemberId caller, CancellationToken ct) =>
        OpenAsync(id, caller, connection => connection.IsReadableBy(caller), ct);

    private async Task<Result<Connection>> OpenAsync(string id, MemberId caller, Func<Connection, bool> isOpen, CancellationToken ct)
    {
        if (!ConnectionId.IsValid(id)
            || await connections.FindAsync(id, ct) is not { Value: var connection }
            || !connection.Has(caller)
            || !connection.WasInvited)
        {
            return InviteErrors.NoConnection;
        }

        if (isOpen(connection))
        {
            return connection;
        }

        if (connection.State == ConnectionState.Blocked)
        {
            return InviteErrors.NoConnection;
        }

        await contacts.CatchUpAsync(connection, caller, ct);
        return new NotConnected();
    }
}
