using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Safety;

/// <summary>Reads and writes reports. Those that a member made are one partition.</summary>
public sealed class ReportStore(Containers containers)
{
    /// <summary>Adds a report, and with it the mail that it owes. One request.</summary>
    public Task CreateAsync(Report report, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(report);
        return containers.Reports.CreateItemAsync(report with { Trace = Signals.Trace }, new PartitionKey(report.MemberId.Value), cancellationToken: ct);
    }

    /// <summary>One report; null when there is none by that id. One request.</summary>
    public async Task<Report?> FindAsync(MemberId reporter, string id, CancellationToken ct) =>
        (await containers.Reports.FindAsync<Report>(id, reporter.Value, ct))?.Value;

    /// <summary>Notes that the mail is in the notice queue. One request.</summary>
    public Task SettleAsync(Report report, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Remove("/owedSince")], "FROM c WHERE IS_DEFINED(c.owedSince)", ct);

    /// <summary>Notes that the mail was handed over. One request.</summary>
    public Task MarkMailedAsync(Report report, DateTimeOffset now, CancellationToken ct) =>
        PatchAsync(report, [PatchOperation.Set("/mailedAt", now)], "FROM c WHERE NOT IS_DEFINED(c.mailedAt)", ct);

    /// <summary>The reports that a member made, unless they have erased the profile that they made them with. One request a page.</summary>
    public IAsyncEnumerable<Report> ByAsync(MemberId reporter, CancellationToken ct) => containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition("SELECT * FROM c WHERE NOT IS_DEFINED(c.reporterErased)"),
        ct,
        new QueryRequestOptions { PartitionKey = new PartitionKey(reporter.Value), MaxItemCount = PageRequest.MaxLimit });

    /// <summary>The reports about a member that support has, with what was reported. A query across partitions; an erasure alone asks it.</summary>
    public IAsyncEnumerable<Report> MailedAboutAsync(MemberId reported, CancellationToken ct) => containers.Reports.ReadAllAsync<Report>(
        new QueryDefinition("SELECT * FROM c WHERE c.reportedId = @reported AND IS_DEFINED(c.mailedAt) AND NOT IS_DEFINED(c.reportedErased)")
            .WithParameter("@reported", reported.Value),
        ct);

    /// <summary>Erases the reporter's name and what they said; whom and what they reported stays. One request.</summary>
    public Task EraseReporterAsync(Report report, CancellationToken ct) => PatchAsync(
        report,
        [PatchOperation.Set<string?>("/memberName", null), PatchOperation.Set<string?>("/details", null), PatchOperation.Set("/reporterErased", true)],
        "FROM c WHERE NOT IS_DEFINED(c.reporterErased)",
        ct);

    /// <summary>Erases what was reported; that it was, by whom and why stays. One request.</summary>
    public Task EraseReportedAsync(Report report, CancellationToken ct) => PatchAsync(
        report,
        [PatchOperation.Set<Profile?>("/profile", null), PatchOperation.Set<Chat.Message?>("/message", null), PatchOperation.Set("/reportedErased", true)],
        "FROM c WHERE NOT IS_DEFINED(c.reportedErased)",
        ct);

    /// <summary>The reports whose mail has been owed to the queue since before a moment.</summary>
    public IAsyncEnumerable<Report> OwingSinceBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        containers.Reports.OwingSinceBeforeAsync<Report>(moment, ct);

    private async Task PatchAsync(Report report, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(report);
        // When the condition does not hold, another run has noted it.
        var (status, _) = await containers.Reports.TryPatchAsync<Report>(
            report.Id, report.MemberId.Value, operations, new PatchItemRequestOptions { FilterPredicate = condition, EnableContentResponseOnWrite = false }, ct);
        if (status == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException($"Report {report.Id} is gone.");
        }
    }
}
