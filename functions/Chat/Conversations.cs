using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>Opens conversations: to the two members of a connection, while they are connected.</summary>
public sealed class Conversations(ConnectionStore connections, ContactStore contacts)
{
    /// <summary>
    /// The connection, if the caller is one of its members and the two are connected; otherwise the error. One request; one more when the
    /// two are not connected, so that the caller reads the same state afterwards.
    /// </summary>
    public async Task<Result<Connection>> OpenAsync(string id, MemberId caller, CancellationToken ct)
    {
        if (!ConnectionId.IsValid(id)
            || await connections.FindAsync(id, ct) is not { Value: var connection }
            || !connection.Has(caller)
            || !connection.WasInvited
            || connection.State == ConnectionState.Blocked)
        {
            return InviteErrors.NoConnection;
        }

        if (connection.State == ConnectionState.Connected)
        {
            return connection;
        }

        await contacts.CatchUpAsync(connection, caller, ct);
        return new NotConnected();
    }
}
