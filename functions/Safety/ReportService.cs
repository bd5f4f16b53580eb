using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Http;
using Connections.Invites;
using Connections.Limits;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Safety;

/// <summary>Makes reports: one write keeps what was reported as it was, with the email to support in its outbox.</summary>
/// <remarks>
/// Blocks do not matter here: a member can report a member who blocks them or whom they block. Both members of a conversation can report
/// its messages, also when they are no longer connected.
/// </remarks>
public sealed partial class ReportService(
    ReportStore reports,
    ReportFollowUp followUp,
    ConnectionStore connections,
    MessageStore messages,
    MemberStore members,
    AllowanceStore allowances,
    SafetySettings settings,
    TimeProvider time,
    ILogger<ReportService> log)
{
    private readonly Allowance _allowance = new("reports", settings.ReportsPerDay, TimeSpan.FromDays(1));

    /// <summary>Makes a report with valid fields. Five requests and the notice queue; two more for a message, one with a key.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="reason">Why.</param>
    /// <param name="details">The reporter's own words.</param>
    /// <param name="key">The reporter's own key for the report: a repeated call with it gets the first report. Null for none.</param>
    /// <returns>The report, stored, and whether this call stored it; or the error.</returns>
    public async Task<Result<Reported>> ReportAsync(
        MemberId reporter, ReportRequest request, ReportReason reason, string? details, string? key, CancellationToken ct)
    {
        var subject = string.IsNullOrEmpty(request.MemberId)
            ? await MessageAsync(reporter, request.ConnectionId!, request.Seq!.Value, ct)
            : Member(reporter, request.MemberId);
        if (!subject.TryGet(out var found, out var error))
        {
            return error;
        }

        var (reported, message) = found;

        var earlier = key is null ? Task.FromResult<Report?>(null) : reports.FindByKeyAsync(reporter, key, ct);
        var reading = members.FindManyAsync([reporter, reported], ct);
        await Task.WhenAll(earlier, reading);
        var both = await reading;
        if (both.GetValueOrDefault(reporter) is { ErasedAt: not null } gone)
        {
            return new ProfileErased(gone);
        }

        // The answer is the same for every id, so that it does not reveal whether there is such a member.
        var member = both.GetValueOrDefault(reported) is { ErasedAt: null } present ? present : null;
        var now = time.Now();
        var report = new Report
        {
            Id = key is null ? Report.NewId() : Report.IdOf(reporter, key, reported),
            MemberId = reporter,
            MemberName = both.GetValueOrDefault(reporter)?.DisplayName,
            ReportedId = reported,
            Profile = member is null ? null : Profile.Of(member),
            Message = message,
            Reason = reason,
            Details = details,
            ReportedAt = now,
            OwedSince = now,
        };
        if (await earlier is { } before)
        {
            return Again(report, before);
        }

        var permit = await allowances.AcquireAsync(_allowance, reporter, ct);
        if (permit.IsAcquired && await reports.TryCreateAsync(report, ct))
        {
            await QueueAsync(report, ct);
            return new Reported(report, IsNew: true);
        }

        // The same call, made twice at once, uses no second permit.
        await allowances.ReleaseAsync(permit, ct);
        return key is not null && await reports.FindAsync(reported, report.Id, ct) is { Value: var first }
            ? Again(report, first)
            : new ReportLimitDay(permit);
    }

    /// <summary>
    /// Stores a report that was made with an email's link and queues its email, once however often it is called. Four requests and the
    /// notice queue.
    /// </summary>
    /// <remarks>It takes no permit: nobody can make more of these than the invites that they get.</remarks>
    public async Task StoreAsync(Connection connection, OwedReport owed, CancellationToken ct)
    {
        var (reporter, reported) = (owed.Reporter, connection.Other(owed.Reporter));
        var both = await members.FindManyAsync([reporter, reported], ct);
        StaleReadException.ThrowIf(both.Count < 2, "A member");
        var member = both[reported];
        var report = new Report
        {
            // No key of a call has a line break.
            Id = Report.IdOf(reporter, $"link\n{connection.Id}.{owed.InviteNumber}", reported),
            MemberId = reporter,
            // The email leaves out what a member who erased their profile wrote, and erases it here.
            MemberName = both[reporter].DisplayName,
            ReportedId = reported,
            Profile = member.HasErased(connection.InvitedAt) ? null : Profile.Of(member),
            Reason = ReportRequest.ReasonOf(owed.Reason) ?? ReportReason.Other,
            Details = owed.Details,
            ReportedAt = owed.ReportedAt,
            OwedSince = owed.ReportedAt,
        };
        if (await reports.TryCreateAsync(report, ct))
        {
            await QueueAsync(report, ct);
        }
    }

    private static Result<Reported> Again(Report report, Report first) =>
        report.Repeats(first) ? new Reported(first, IsNew: false) : new KeyReused(SendReport.KeyHeader);

    /// <summary>Queues the email. The report stands if this fails: a sweep queues the email later.</summary>
    private async Task QueueAsync(Report report, CancellationToken ct)
    {
        try
        {
            await followUp.RunAsync(report, ct);
        }
#pragma warning disable CA1031 // The report is stored whatever this throws, and the member must not make it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotQueued(e, report.Id);
        }
    }

    private static Result<Subject> Member(MemberId reporter, string id) =>
        !MemberId.TryParse(id, out var member) ? new NotFound("member")
        : member == reporter ? new InvalidInput("memberId", "You cannot report yourself.", FieldCode.Yourself)
        : new Subject(member, null);

    private async Task<Result<Subject>> MessageAsync(MemberId reporter, string connectionId, long seq, CancellationToken ct)
    {
        if (!ConnectionId.IsValid(connectionId))
        {
            return new NotFound("message");
        }

        var opening = connections.FindAsync(connectionId, ct);
        var reading = messages.FindAsync(connectionId, seq, ct);
        await Task.WhenAll(opening, reading);
        if (await opening is not { Value: var connection }
            || !connection.Has(reporter)
            || await reading is not { } message
            || message.Seq <= connection.SealedSeq)
        {
            return new NotFound("message");
        }

        return message.From == reporter
            ? new InvalidInput("seq", "You cannot report a message of your own.", FieldCode.Yourself)
            : new Subject(message.From, message.ToMessage() with { Reactions = null });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The email of report {ReportId} could not be queued; a sweep will queue it")]
    private partial void LogNotQueued(Exception exception, string reportId);

    /// <summary>The member who is reported, with the message if one is.</summary>
    private sealed record Subject(MemberId Reported, Message? Message);
}

/// <summary>A stored report.</summary>
/// <param name="Report">The report.</param>
/// <param name="IsNew">Whether this call stored it.</param>
public sealed record Reported(Report Report, bool IsNew);

/// <summary>
/// Dispatches a report: keeps the files of what was reported, puts its email into the notice queue, and marks the report dispatched. Safe
/// to repeat: an email queued twice is sent once.
/// </summary>
public sealed class ReportFollowUp(ReportStore reports, INoticeQueue queue, IFileStore store)
{
    /// <summary>Dispatches one report: first copies the files of the message, whose deletion waits for that.</summary>
    public async Task RunAsync(Report report, CancellationToken ct)
    {
        using var span = Signals.Following(report.Trace);
        await KeepFilesAsync(report, ct);
        await queue.EnqueueAsync(report.ToNotice(), TimeSpan.Zero, ct);
        await reports.MarkDispatchedAsync(report, ct);
    }

    /// <summary>Copies the files of the reported message. One request to the store for each.</summary>
    public async Task KeepFilesAsync(Report report, CancellationToken ct)
    {
        foreach (var file in report.ShownFiles)
        {
            await store.KeepAsync($"{new FilePath(FilePath.FolderOf(report.ReportedId), file.Id)}", report.EvidenceOf(file), ct);
        }
    }
}
