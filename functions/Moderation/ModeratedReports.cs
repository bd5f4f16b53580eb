using System.Collections.Concurrent;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Members;
using Connections.Safety;

namespace Connections.Moderation;

/// <summary>A report as moderators see it.</summary>
/// <param name="Id">The report's id.</param>
/// <param name="State">Whether it waits for a decision.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Details">The reporter's own words; absent for none, and once the reporter has erased their profile.</param>
/// <param name="ReportedAt">When the report was made.</param>
/// <param name="Reported">The reported member as they are now.</param>
/// <param name="Reporter">The member who reported them, as they are now.</param>
/// <param name="Profile">The reported member's profile as it was; absent where there was none, and once they have erased it.</param>
/// <param name="Message">The reported message as it was; absent when a profile is reported, and once its sender has erased theirs.</param>
/// <param name="Decision">The decision; absent while the report is open.</param>
/// <param name="DecidedBy">The name of the moderator who decided, as it is now; absent for one without a profile.</param>
public sealed record ModeratedReport(
    string Id,
    ReportState State,
    ReportReason Reason,
    string? Details,
    DateTimeOffset ReportedAt,
    Card Reported,
    Card Reporter,
    Profile? Profile,
    Message? Message,
    ReportDecision? Decision,
    string? DecidedBy);

/// <summary>How many reports there are.</summary>
/// <param name="Open">The open reports for each reason.</param>
/// <param name="Decisions">How many closed reports for the reason that was asked for were decided each way; absent without one.</param>
public sealed record ReportCounts(IReadOnlyDictionary<string, int> Open, IReadOnlyDictionary<string, int>? Decisions);

/// <summary>Reads reports for moderators. A moderator never gets those that they made or that are about them.</summary>
public sealed class ModeratedReports(
    Containers containers, MemberStore members, AuditStore audit, IFileStore store, FilesSettings files, TimeProvider time)
{
    private const int MaxSeen = 10_000;

    private const string NotOf = " AND c.reportedId != @moderator AND c.memberId != @moderator";

    // What this instance has added to the audit trail lately, so that a look at the same page again costs nothing.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>The newest report first, within a state, or within a state and a reason.</summary>
    public static ListOrder<Report> Order(bool ofReason) =>
        new("c.reportedAt", SortKind.Time, report => report.ReportedAt, report => report.Id, Report.IsId)
        {
            Within = ofReason ? "c.queue" : "c.state",
        };

    /// <summary>
    /// The next reports after a position; fewer than asked for only where the list ends. One query, across partitions unless it is about
    /// one member; a composite index serves it from its first item, so that it costs the same however many reports are closed.
    /// </summary>
    public Task<IReadOnlyList<Report>> ReadAsync(
        MemberId moderator,
        ReportState state,
        ReportReason? reason,
        MemberId? reported,
        ListPosition? after,
        int count,
        CancellationToken ct)
    {
        var query = new Microsoft.Azure.Cosmos.QueryDefinition(
            $"SELECT * FROM c WHERE {(reason is null ? "c.state" : "c.queue")} = @which{NotOf}")
            .WithParameter("@which", reason is { } one ? Report.QueueOf(state, one) : state.ToString().ToLowerInvariant())
            .WithParameter("@moderator", moderator.Value);
        return containers.Reports.ReadListAsync(query, Order(reason is not null), after, count, reported?.Value, ct);
    }

    /// <summary>
    /// Reports as a moderator sees them, once the audit trail has every message that they show. One request for the members; one for each
    /// message that this moderator has not seen today.
    /// </summary>
    public async Task<IReadOnlyList<ModeratedReport>> ShowAsync(MemberId moderator, IReadOnlyList<Report> reports, CancellationToken ct)
    {
        var finding = members.FindManyAsync(reports.SelectMany(MembersOf), ct);
        await Parallel.ForEachAsync(
            reports.Where(report => report.Message is not null),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct },
            async (report, inner) => await NoteLookAsync(AuditEntry.OfLook(report, moderator, time.Now()), inner));
        var found = await finding;
        return
        [
            .. reports.Select(report => new ModeratedReport(
                report.Id,
                report.State,
                report.Reason,
                report.Details,
                report.ReportedAt,
                CardOf(report.ReportedId, report),
                CardOf(report.MemberId, report),
                report.Profile,
                report.Message,
                report.Decision,
                report.Decision is { By: var by } ? AuditStore.NameOf(found.GetValueOrDefault(by)) : null)),
        ];

        Card CardOf(MemberId id, Report report) => Card.OfOrFormer(found.GetValueOrDefault(id), id, report.ReportedAt);
    }

    /// <summary>
    /// A link to the copy of a file of the reported message, once the audit trail has that the moderator saw the message; null if it has no
    /// such file.
    /// </summary>
    public async Task<FileLink?> LinkAsync(MemberId moderator, Report report, string fileId, CancellationToken ct)
    {
        if (report.ShownFiles.SingleOrDefault(one => one.Id == fileId) is not { } file)
        {
            return null;
        }

        await NoteLookAsync(AuditEntry.OfLook(report, moderator, time.Now()), ct);
        var until = time.Now() + files.LinkFor;
        return new FileLink(await store.GetEvidenceAddressAsync(report.EvidenceOf(file), file.Type, file.Name, until, ct), until);
    }

    /// <summary>
    /// Counts the open reports that a moderator can see by reason, and the decisions in cases of one reason. Five requests, nine with a
    /// reason.
    /// </summary>
    /// <remarks>The index answers them; the cost of each grows slowly with what it counts.</remarks>
    public async Task<ReportCounts> CountAsync(MemberId moderator, ReportReason? reason, CancellationToken ct)
    {
        var open = await Task.WhenAll(Enum.GetValues<ReportReason>().Select(async one =>
            (Name: one.JsonName(), Count: await CountAsync(moderator, "queue", Report.QueueOf(ReportState.Open, one), ct))));
        var decisions = reason is not { } asked ? null : await Task.WhenAll(Enum.GetValues<DecisionKind>().Select(async one =>
            (Name: one.JsonName(), Count: await CountAsync(moderator, "outcome", Report.OutcomeOf(asked, one), ct))));
        return new ReportCounts(
            open.ToDictionary(count => count.Name, count => count.Count),
            decisions?.ToDictionary(count => count.Name, count => count.Count));
    }

    private static IEnumerable<MemberId> MembersOf(Report report) =>
        report.Decision is { By: var by } ? [report.MemberId, report.ReportedId, by] : [report.MemberId, report.ReportedId];

    private ValueTask<int> CountAsync(MemberId moderator, string field, string value, CancellationToken ct)
    {
        var query = new Microsoft.Azure.Cosmos.QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE c.{field} = @value{NotOf}")
            .WithParameter("@value", value)
            .WithParameter("@moderator", moderator.Value);
        return containers.Reports.ReadAllAsync<int>(query, ct).SumAsync(ct);
    }

    private async Task NoteLookAsync(AuditEntry look, CancellationToken ct)
    {
        if (_seen.ContainsKey(look.Id))
        {
            return;
        }

        await audit.AddAsync(look, ct);
        if (_seen.Count >= MaxSeen)
        {
            _seen.Clear();
        }

        _seen.TryAdd(look.Id, true);
    }
}
