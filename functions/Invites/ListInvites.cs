using Connections.Http;
using Connections.Invites.Contacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites;

/// <summary>GET /api/invites?direction=sent&amp;state=pending: the pending page, newest first.</summary>
/// <remarks>
/// Without <c>state</c>, also the invites accepted, declined or expired in the last 30 days. A revoked one is not listed: revoking is
/// silent, and the inviter who revoked it has the lock on the creator's card.
/// </remarks>
public sealed class ListInvites(HttpApi http, ContactStore contacts, TimeProvider time)
{
    private static readonly Dictionary<string, ConnectionState> States = new(StringComparer.Ordinal)
    {
        ["pending"] = ConnectionState.Pending,
        ["connected"] = ConnectionState.Connected,
        ["declined"] = ConnectionState.Declined,
        ["expired"] = ConnectionState.Expired,
    };

    /// <summary>Answers the call.</summary>
    [Function(nameof(ListInvites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "invites")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var page = PageRequest.Read(request.Query, fields);
            Direction? direction = request.Query["direction"].ToString() switch
            {
                "sent" => Direction.Sent,
                "received" => Direction.Received,
                _ => null,
            };
            if (direction is null)
            {
                fields.Refuse("direction", "Must be sent or received.");
            }

            var state = request.Query["state"].ToString();
            if (state.Length > 0 && !States.ContainsKey(state))
            {
                fields.Refuse("state", $"Must be one of {string.Join(", ", States.Keys)}, or absent.");
            }

            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var found = await contacts.InvitesAsync(caller.Id, direction!.Value, state.Length > 0 ? States[state] : null, page, ct);
            return ContactAnswers.Page(request, found, time.Now());
        });
}
