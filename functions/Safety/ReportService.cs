using Connections.Chat;
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

    /// <summary>Makes a report whose fields are valid. Five requests and the notice queue; seven for a message.</summary>
    /// <returns>The report, stored, or the error.</returns>
    public async Task<Result<Report>> ReportAsync(
        MemberId reporter, ReportRequest request, ReportReason reason, string? details, CancellationToken ct)
    {
        var subject = string.IsNullOrEmpty(request.MemberId)
            ? await MessageAsync(reporter, request.ConnectionId!, request.Seq!.Value, ct)
            : Member(reporter, request.MemberId);
        if (!subject.TryGet(out var found, out var error))
        {
            return error;
        }

        var (reported, message) = found;

        var both = await members.FindManyAsync([reporter, reported], ct);
        if (both.GetValueOrDefault(reporter) is { ErasedAt: not null } gone)
        {
            return new ProfileErased(gone);
        }

        // The answer is the same for every id, so that it does not reveal whether there is such a member.
        var member = both.GetValueOrDefault(reported) is { ErasedAt: null } present ? present : null;
        if (await allowances.AcquireAsync(_allowance, reporter, ct) is { IsAcquired: false } full)
        {
            return new ReportLimitDay(full);
        }

        var now = time.Now();
        var report = new Report
        {
            Id = Report.NewId(),
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
        await reports.CreateAsync(report, ct);
        await QueueAsync(report, ct);
        return report;
    }

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
        : member == reporter ? new InvalidInput("memberId", "You cannot report yourself.")
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
            ? new InvalidInput("seq", "You cannot report a message of your own.")
            : new Subject(message.From, message.ToMessage());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The email of report {ReportId} could not be queued; a sweep will queue it")]
    private partial void LogNotQueued(Exception exception, string reportId);

    /// <summary>The member who is reported, with the message if one is.</summary>
    private sealed record Subject(MemberId Reported, Message? Message);
}

/// <summary>
/// Dispatches a report: puts its email into the notice queue, and marks the report dispatched. Safe to repeat: an email queued twice is
/// sent once.
/// </summary>
public sealed class ReportFollowUp(ReportStore reports, INoticeQueue queue)
{
    /// <summary>Dispatches one report.</summary>
    public async Task RunAsync(Report report, CancellationToken ct)
    {
        using var span = Signals.Following(report.Trace);
        await queue.EnqueueAsync(report.ToNotice(), TimeSpan.Zero, ct);
        await reports.MarkDispatchedAsync(report, ct);
    }
}
