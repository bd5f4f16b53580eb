using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Safety;

/// <summary>Reads and writes reports. The reports that a member made are one partition.</summary>
public sealed class ReportStore(Containers containers)
{
    /// <summary>Adds a report, with the email in its outbox; false when there is one with its id. One request.</summary>
    public Task<bool> TryCreateAsync(Report report, CancellationToken ct) =>
        containers.Reports.TryCreateAsync(report with { Trace = Signals.Trace }, report.MemberId.Value, ct);

    /// <summary>A report; null when there is none with this id. One request.</summary>
    public async Task<Report?> FindAsync(MemberId reporter, string id, CancellationToken ct) =>
        (await containers.Reports.FindAsync<Report>(id, reporter.Value, ct))?.Value;

    /// <summary>Notes that the email is in the notice queue. One request.</summary>
    public Task MarkDispatchedAsync(Report report, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Remove("/owedSince")], "IS_DEFINED(c.owedSince)", ct);

    /// <summary>Notes that the email service has the email. One request.</summary>
    public Task MarkMailedAsync(Report report, DateTimeOffset now, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Set("/mailedAt", now)], "NOT IS_DEFINED(c.mailedAt)", ct);

    /// <summary>The reports that a member made with the profile that they have now. One request a page.</summary>
    public IAsyncEnumerable<Report> ByAsync(MemberId reporter, CancellationToken ct) =>
        containers.Reports.ReadPartitionAsync<Report>("SELECT * FROM c WHERE NOT IS_DEFINED(c.reporterErased)", reporter.Value, ct);

    /// <summary>
    /// The reports about a member that were emailed and still hold what was reported. A query across partitions, for erasures only.
    /// </summary>
    public IAsyncEnumerable<Report> MailedAboutAsync(MemberId reported, CancellationToken ct) => containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition(
            "SELECT * FROM c WHERE c.reportedId = @reported AND IS_DEFINED(c.mailedAt) AND NOT IS_DEFINED(c.reportedErased)")
            .WithParameter("@reported", reported.Value),
        ct);

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

    /// <summary>Erases the reported profile and message; the reporter, the reason and the details stay. One request.</summary>
    public Task EraseReportedAsync(Report report, CancellationToken ct) => PatchAsync(
        report,
        [
            PatchOperation.Set<Profile?>("/profile", null),
            PatchOperation.Set<Chat.Message?>("/message", null),
            PatchOperation.Set("/reportedErased", true),
        ],
        "NOT IS_DEFINED(c.reportedErased)",
        ct);

    /// <summary>The reports whose email has waited to be queued since before a time.</summary>
    public IAsyncEnumerable<Report> UndispatchedAsync(DateTimeOffset before, CancellationToken ct) =>
        containers.Reports.UndispatchedAsync<Report>(before, ct);

    private async Task PatchAsync(Report report, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        // If the condition does not hold, another run has written it.
        var (status, _) = await containers.Reports.TryPatchAsync<Report>(report.Id, report.MemberId.Value, operations, condition, ct);
        if (status == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException($"Report {report.Id} is gone.");
        }
    }
}
