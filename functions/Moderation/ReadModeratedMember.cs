using Connections.Cosmos;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Safety;

namespace Connections.Moderation;

/// <summary>A member as moderators see them.</summary>
/// <param name="Profile">The profile; absent once the member has erased it.</param>
/// <param name="Card">The member at a glance; that of a former member once they have erased their profile.</param>
/// <param name="CreatedAt">When the profile was made; absent with it.</param>
/// <param name="ErasedAt">When the member erased their profile; absent for a member with one.</param>
/// <param name="Reports">The reports about the member, by reason; only reasons of which there are any.</param>
/// <param name="Invites">What became of the invites that the member sent in the last 30 days.</param>
/// <param name="Suspension">The suspension that holds; absent for none.</param>
/// <param name="Unlisting">The unlisting that holds; absent for none.</param>
/// <param name="Trail">The latest entries of the audit trail, earlier suspensions among them, the latest first.</param>
public sealed record ModeratedMember(
    Profile? Profile,
    Card Card,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ErasedAt,
    IReadOnlyList<ReportsOfReason> Reports,
    SentInvites Invites,
    Measure? Suspension,
    Measure? Unlisting,
    IReadOnlyList<AuditEntry> Trail);

/// <summary>How many reports about a member there are for a reason.</summary>
public sealed record ReportsOfReason(ReportReason Reason, int Open, int Closed);

/// <summary>What became of the invites that a member sent since a time.</summary>
/// <param name="Since">The time.</param>
/// <param name="Sent">How many there were, of pairs that had no later one.</param>
/// <param name="States">How many of them are in each state now, by its name; a state that none is in is left out.</param>
public sealed record SentInvites(DateTimeOffset Since, int Sent, IReadOnlyDictionary<string, int> States);

/// <summary>
/// GET /api/moderation/members/{id}: a member for moderators. GET /api/moderation/members/{id}/trail: the audit trail about a member, the
/// latest entry first.
/// </summary>
public sealed class ReadModeratedMember(
    HttpApi http, MemberStore members, ReportStore reports, ContactStore contacts, AuditStore audit, TimeProvider time)
{
    private const int Latest = PageRequest.DefaultLimit;

    private static readonly TimeSpan InvitesOf = TimeSpan.FromDays(30);

    /// <summary>
    /// Answers 200 or 404. Four requests at once: the profile, the reports, the invites, the trail; then the moderators' names.
    /// </summary>
    [Function("ReadModeratedMember")]
    public Task Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/members/{id}")] HttpRequest request, string id) =>
        http.Handle(
            request,
            async (caller, ct) => !MemberId.TryParse(id, out var member) ? Problems.NotFound("member")
                : member == caller.Id ? Problems.From(new OwnCase())
                : await ReadAsync(member, ct),
            roles: ModerationSettings.Roles);

    /// <summary>Answers 200 with a page, or 404. Two requests at once, and one for the moderators' names.</summary>
    [Function("ReadTrail")]
    public Task ReadTrail(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/moderation/members/{id}/trail")] HttpRequest request,
        string id) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                if (!MemberId.TryParse(id, out var member))
                {
                    return Problems.NotFound("member");
                }

                if (member == caller.Id)
                {
                    return Problems.From(new OwnCase());
                }

                var fields = new Fields();
                var question = new ListQuestion<AuditEntry>("trail", AuditStore.Order, member.Value);
                var page = request.Query.ReadPage(question, fields);
                if (!fields.Valid)
                {
                    return fields.ToProblem();
                }

                var finding = members.FindAsync(member, ct);
                var listing = question.PageAsync(page, (after, count) => audit.ReadAsync(member, after, count, ct));
                await Task.WhenAll(finding, listing);
                var found = await listing;
                return await finding is null
                    ? Problems.NotFound("member")
                    : Answers.Ok(PageQuery.Answer(request, new ListPage<AuditEntry>(found.Items, found.Continuation)));
            },
            roles: ModerationSettings.Roles,
            query: PageQuery.OfList());

    private async Task<IResult> ReadAsync(MemberId id, CancellationToken ct)
    {
        var now = time.Now();
        var since = now - InvitesOf;
        var (finding, reporting) = (members.FindAsync(id, ct), reports.CountAboutAsync(id, ct));
        var (inviting, trailing) = (contacts.CountSentSinceAsync(id, since, ct), audit.ReadAsync(id, after: null, Latest, ct));
        await Task.WhenAll(finding, reporting, inviting, trailing);
        if (await finding is not { Value: var member })
        {
            return Problems.NotFound("member");
        }

        var states = await inviting;
        return Answers.Ok(new ModeratedMember(
            member.ErasedAt is null ? Profile.Of(member) : null,
            Card.OfOrFormer(member, id),
            member.ErasedAt is null ? member.CreatedAt : null,
            member.ErasedAt,
            [.. (await reporting).Select(count => new ReportsOfReason(count.Reason, count.Open, count.Closed))],
            new SentInvites(since, states.Values.Sum(), states),
            member.Standing?.SuspensionAt(now),
            member.Standing?.Unlisting,
            await trailing));
    }
}
