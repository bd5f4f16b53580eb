using Connections.Http;
using Connections.Invites;
using Connections.Members;

namespace Connections.Chat;

/// <summary>Who may talk where: the two members of a connection, while they are connected.</summary>
public sealed class Conversations(ConnectionStore connections)
{
    /// <summary>The connection, if the caller is one of its two and they are connected; otherwise the problem. One request.</summary>
    public async Task<(Connection? Connection, Problem? Problem)> OpenAsync(string id, MemberId caller, CancellationToken ct)
    {
        if (!ConnectionId.IsOne(id)
            || await connections.FindAsync(id, ct) is not { Value: var connection }
            || !connection.Has(caller)
            || !connection.WasInvited
            || connection.State == ConnectionState.Blocked)
        {
            return (null, InviteProblems.NoConnection());
        }

        return connection.State == ConnectionState.Connected ? (connection, null) : (null, ChatProblems.NotConnected());
    }
}
