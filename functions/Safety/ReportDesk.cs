using Connections.Chat;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Limits;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connections.Safety;

/// <summary>Where reports are made: what was reported is kept as it was, and the mail to support is owed by the same write.</summary>
/// <remarks>
/// Blocks do not matter here: who blocks somebody can report them, and so can who is blocked. A message can be reported by the
/// two of its conversation, also when they are no longer connected.
/// </remarks>
public sealed partial class ReportDesk(
    ReportStore reports,
    ReportFollowUp followUp,
    ConnectionStore connections,
    MessageStore messages,
    MemberStore members,
    AllowanceStore allowances,
    SafetySettings settings,
    TimeProvider time,
    ILogger<ReportDesk> log)
{
    private readonly Allowance _allowance = new("reports", settings.ReportsPerDay, TimeSpan.FromDays(1));

    /// <summary>Makes a report whose fields are valid. Five requests and the notice queue; seven for a message.</summary>
    /// <returns>The report, stored, or the error.</returns>
    public async Task<Result<Report>> ReportAsync(
        MemberId reporter, ReportRequest request, ReportReason reason, string? details, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
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

        // Whoever is reported, the answer is the same, so that it does not tell who exists.
        var member = both.GetValueOrDefault(reported) is { ErasedAt: null } present ? present : null;
        if (await allowances.TakeAsync(_allowance, reporter, ct) is { IsTaken: false } full)
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

    /// <summary>The report stands whatever becomes of this: what is not queued now, <see cref="SweepReports"/> queues.</summary>
    private async Task QueueAsync(Report report, CancellationToken ct)
    {
        try
        {
            await followUp.RunAsync(report, ct);
        }
#pragma warning disable CA1031 // Whatever went wrong, the member has reported, and must not do it again.
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
        if (!ConnectionId.IsOne(connectionId))
        {
            return new NotFound("message");
        }

        var opening = connections.FindAsync(connectionId, ct);
        var reading = messages.FindAsync(connectionId, seq, ct);
        await Task.WhenAll(opening, reading);
        if (await opening is not { Value: var connection } || !connection.Has(reporter) || await reading is not { } message || message.Seq <= connection.SealedSeq)
        {
            return new NotFound("message");
        }

        return message.From == reporter
            ? new InvalidInput("seq", "You cannot report a message of your own.")
            : new Subject(message.From, message.ToMessage());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Report {ReportId} could not be queued; the sweeper will")]
    private partial void LogNotQueued(Exception exception, string reportId);

    /// <summary>The member who is reported, with the message if one is.</summary>
    private sealed record Subject(MemberId Reported, Message? Message);
}
