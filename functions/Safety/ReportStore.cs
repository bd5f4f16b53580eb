using System.Net;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Safety;

/// <summary>Reads and writes reports. The reports about a member are one partition.</summary>
/// <remarks>
/// A report's id does not name its partition, the reported member, because it stands in logs and in emails. A caller who has only the id
/// or the reporter's key therefore asks every partition, by the index of ids. Both are rare, and a key must be found whomever it was used
/// for.
/// </remarks>
public sealed class ReportStore(Containers containers, IFileStore files, TimeProvider time) : IReportedFiles
{
    /// <inheritdoc/>
    public async Task<bool> AreOwedAsync(MemberId sender, CancellationToken ct) => await containers.Reports.CountAsync(
        new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.owedSince) AND IS_DEFINED(c.message.files)"),
        sender.Value,
        ct) > 0;

    /// <summary>Adds a report, with the email in its outbox; false when there is one with its id. One request.</summary>
    public Task<bool> TryCreateAsync(Report report, CancellationToken ct) =>
        containers.Reports.TryCreateAsync(report with { Trace = Signals.Trace }, report.ReportedId.Value, ct);

    /// <summary>A report about a member; null when there is none with this id. One request.</summary>
    public Task<Document<Report>?> FindAsync(MemberId reported, string id, CancellationToken ct) =>
        containers.Reports.FindAsync<Report>(id, reported.Value, ct);

    /// <summary>A report about anybody; null when there is none with this id. One query across partitions, by the index of ids.</summary>
    public async Task<Report?> FindAsync(string id, CancellationToken ct) => await containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", id), ct).FirstOrDefaultAsync(ct);

    /// <summary>The report of a notice; null when it is not there. One request.</summary>
    public async Task<Report?> FindAsync(Notice notice, CancellationToken ct) =>
        notice.AboutId is { } reported
            ? (await FindAsync(reported, notice.ReportId!, ct))?.Value
            : await FindAsync(notice.ReportId!, ct);

    /// <summary>The report that a member made with a key of their own; null when there is none. One query across partitions.</summary>
    public async Task<Report?> FindByKeyAsync(MemberId reporter, string key, CancellationToken ct) =>
        await containers.Reports.ReadAllAsync<Report>(
            new QueryDefinition("SELECT * FROM c WHERE STARTSWITH(c.id, @key) AND c.memberId = @reporter")
                .WithParameter("@key", Report.KeyOf(reporter, key))
                .WithParameter("@reporter", reporter.Value),
            ct).FirstOrDefaultAsync(ct);

    /// <summary>
    /// Decides a report under its ETag: of two decisions at once one wins, and the other is told which. Two requests.
    /// </summary>
    /// <returns>The report with the decision that stands, and whether it is this one; null when the report is gone.</returns>
    public async Task<(Report Report, bool IsNew)?> DecideAsync(Report report, ReportDecision decision, CancellationToken ct)
    {
        var (outcome, _) = await containers.Reports.ChangeAsync<Report, (Report Report, bool IsNew)?>(
            report.Id,
            report.ReportedId.Value,
            current =>
            {
                if (current is null or { Decision: not null })
                {
                    return (current is null ? null : (current, false), null);
                }

                var decided = current with
                {
                    Decision = decision,
                    OwedSince = current.OwedSince ?? decision.At,
                    Trace = Signals.Trace,
                };
                return ((decided, true), decided);
            },
            time,
            ct);
        return outcome;
    }

    /// <summary>Notes that what the report owed in its state is dispatched, unless it was decided since. One request.</summary>
    public Task MarkDispatchedAsync(Report report, CancellationToken ct) =>
        PatchAsync(
            report,
            [PatchOperation.Remove("/owedSince")],
            report.Decision is null ? "IS_DEFINED(c.owedSince) AND NOT IS_DEFINED(c.decision)" : "IS_DEFINED(c.owedSince)",
            ct);

    /// <summary>Notes that the reporter was told of the decision. One request.</summary>
    public Task MarkToldAsync(Report report, DateTimeOffset now, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Set("/toldAt", now)], "NOT IS_DEFINED(c.toldAt)", ct);

    /// <summary>Notes that the email service has the email. One request.</summary>
    public Task MarkMailedAsync(Report report, DateTimeOffset now, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Set("/mailedAt", now)], "NOT IS_DEFINED(c.mailedAt)", ct);

    /// <summary>
    /// The reports that a member made with the profile that they have now. A query across partitions, for exports and erasures only.
    /// </summary>
    public IAsyncEnumerable<Report> ByAsync(MemberId reporter, CancellationToken ct) => containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition("SELECT * FROM c WHERE c.memberId = @reporter AND NOT IS_DEFINED(c.reporterErased)")
            .WithParameter("@reporter", reporter.Value),
        ct);

    /// <summary>The reports about a member that were emailed and still hold what was reported. One request a page.</summary>
    public IAsyncEnumerable<Report> MailedAboutAsync(MemberId reported, CancellationToken ct) =>
        containers.Reports.ReadPartitionAsync<Report>(
            "SELECT * FROM c WHERE IS_DEFINED(c.mailedAt) AND NOT IS_DEFINED(c.reportedErased)", reported.Value, ct);

    /// <summary>Erases the reporter's name and words; the reported member or message stays. One request.</summary>
    public Task EraseReporterAsync(Report report, CancellationToken ct) => PatchAsync(
        report,
        [
            PatchOperation.Set<string?>("/memberName", null),
            PatchOperation.Set<string?>("/details", null),
            PatchOperation.Set("/reporterErased", true),
        ],
        "NOT IS_DEFINED(c.reporterErased)",
        ct);

    /// <summary>
    /// Erases the reported profile and message, first the copies of its files; the reporter, the reason and the details stay. One request.
    /// </summary>
    public async Task EraseReportedAsync(Report report, CancellationToken ct)
    {
        foreach (var file in report.ShownFiles)
        {
            await files.DeleteEvidenceAsync(report.EvidenceOf(file), ct);
        }

        await PatchAsync(
            report,
            [
                PatchOperation.Set<Profile?>("/profile", null),
                PatchOperation.Set<Chat.Message?>("/message", null),
                PatchOperation.Set("/reportedErased", true),
            ],
            "NOT IS_DEFINED(c.reportedErased)",
            ct);
    }

    /// <summary>The reports whose email has waited to be queued since before a time.</summary>
    public IAsyncEnumerable<Report> UndispatchedAsync(DateTimeOffset before, CancellationToken ct) =>
        containers.Reports.UndispatchedAsync<Report>(before, ct);

    /// <summary>How many reports about a member there are, by reason and state. One request a page.</summary>
    public async Task<IReadOnlyList<(ReportReason Reason, int Open, int Closed)>> CountAboutAsync(MemberId reported, CancellationToken ct)
    {
        var all = await containers.Reports.ReadPartitionAsync<Filed>("SELECT c.reason, c.state FROM c", reported.Value, ct).ToListAsync(ct);
        return
        [
            .. from report in all
               group report.State by report.Reason into states
               orderby states.Key
               let closed = states.Count(state => state == ReportState.Closed)
               select (states.Key, states.Count() - closed, closed),
        ];
    }

    /// <summary>The reports of an earlier version, which has no states and so no list shows.</summary>
    public IAsyncEnumerable<Report> UnfiledAsync(CancellationToken ct) => containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition("SELECT * FROM c WHERE NOT IS_DEFINED(c.state)"), ct);

    /// <summary>Gives a report of an earlier version its state. One request.</summary>
    public Task FileAsync(Report report, CancellationToken ct) =>
        PatchAsync(
            report,
            [PatchOperation.Set("/state", report.State), PatchOperation.Set("/queue", report.Queue)],
            "NOT IS_DEFINED(c.state)",
            ct);

    private async Task PatchAsync(Report report, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        // If the condition does not hold, another run has written it.
        var (status, _) = await containers.Reports.TryPatchAsync<Report>(report.Id, report.ReportedId.Value, operations, condition, ct);
        if (status == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException($"Report {report.Id} is gone.");
        }
    }

    private sealed record Filed(ReportReason Reason, ReportState State);
}
