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

    /// <summary>
    /// The caller's row, if the two are connected; otherwise the error. One request. A removal and a block write both rows before they are
    /// answered, so a row says no less than the record; one that says that the two are not connected may be behind, and the record decides.
    /// </summary>
    public async Task<Result<ContactRow>> OpenRowAsync(string id, MemberId caller, CancellationToken ct)
    {
        // The row is read by this text, so it must be a valid id.
        if (ConnectionId.IsValid(id) && await contacts.FindAsync(caller, id, ct) is { Pair.IsConnected: true } row)
        {
            return row;
        }

        return (await OpenAsync(id, caller, ct)).TryGet(out var connection, out var error)
            ? (await contacts.FollowAsync(connection, caller, ct)).Row
            : error;
    }

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
