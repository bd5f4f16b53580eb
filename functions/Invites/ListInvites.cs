using Connections.Cosmos;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Members.Standing;

namespace Connections.Invites;

/// <summary>GET /api/invites?direction=sent&amp;state=pending: sent or received invites, newest first.</summary>
/// <remarks>
/// Without <c>state</c>, also the invites that ended in the last 30 days or still lock their inviter. A revoked invite is listed for its
/// inviter only, because revoking is silent. A pending invite of a suspended member is not listed for its invitee until that ends.
/// </remarks>
public sealed class ListInvites(HttpApi http, ContactStore contacts, Suspensions suspensions, TimeProvider time)
{
    private const string DirectionName = "direction";
    private const string StateName = "state";

    private static readonly Dictionary<string, ConnectionState> States = new(StringComparer.Ordinal)
    {
        ["pending"] = ConnectionState.Pending,
        ["connected"] = ConnectionState.Connected,
        ["declined"] = ConnectionState.Declined,
        ["revoked"] = ConnectionState.Revoked,
        ["expired"] = ConnectionState.Expired,
    };

    /// <summary>Answers 200 with a page. One request.</summary>
    [Function(nameof(ListInvites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/invites")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            request.Query.TryReadOne(DirectionName, fields, out var way);
            Direction? direction = way switch
            {
                "sent" => Direction.Sent,
                "received" => Direction.Received,
                _ => null,
            };
            if (direction is null && request.Query[DirectionName].Count < 2)
            {
                fields.RefuseValue(DirectionName, way, "The direction must be sent or received.");
            }

            request.Query.TryReadOne(StateName, fields, out var named);
            ConnectionState? state = States.TryGetValue(named ?? "", out var known) ? known : null;
            if (named is { Length: > 0 } && state is null)
            {
                fields.Refuse(
                    StateName, $"The state must be one of {string.Join(", ", States.Keys)}, or absent.", FieldCode.UnknownValue);
            }

            var question = new ListQuestion<ContactRow>("invites", ContactStore.InviteOrder, caller.Id.Value, $"{direction}", $"{state}");
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var suspended = await suspensions.NowAsync(ct);
            var found = await question.PageAsync<ContactRow, ContactRow>(
                page,
                (after, count) => contacts.InvitesAsync(caller.Id, direction!.Value, state, after, count, ct),
                rows => Task.FromResult<IReadOnlyList<ContactRow?>>([.. rows.Select(row => row.IsOpenTo(suspended) ? row : null)]));
            return ContactAnswers.Page(request, found, time.Now(), DirectionName, StateName);
        }, query: PageQuery.OfList(DirectionName, StateName));
}
