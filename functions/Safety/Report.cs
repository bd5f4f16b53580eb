using System.Security.Cryptography;
using Connections.Chat;
using Connections.Members;
using Connections.Notices;

namespace Connections.Safety;

/// <summary>Why a member reports: the published list.</summary>
public enum ReportReason
{
    /// <summary>Unwanted advertising.</summary>
    Spam,

    /// <summary>Threats, insults, pressure.</summary>
    Harassment,

    /// <summary>The member pretends to be somebody else.</summary>
    Impersonation,

    /// <summary>Content that does not belong here.</summary>
    Inappropriate,

    /// <summary>Anything else, explained in the details.</summary>
    Other,
}

/// <summary>A document in <c>reports</c>: a reported member or message, as it was then. Personal: never logged.</summary>
/// <remarks>
/// The report and its outbox, one email to support, are one write: <see cref="OwedSince"/> stays until the email is in the notice queue,
/// and <see cref="MailedAt"/> is set when the email service has it.
/// </remarks>
public sealed record Report
{
    private const int IdBytes = 16;

    /// <summary>Random.</summary>
    public required string Id { get; init; }

    /// <summary>The reporter; the partition key.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>The reporter's name then.</summary>
    public string? MemberName { get; init; }

    /// <summary>The reported member, or the sender of the reported message.</summary>
    public required MemberId ReportedId { get; init; }

    /// <summary>
    /// The profile of <see cref="ReportedId"/> then, also where a message is reported; absent when there was no such member.
    /// </summary>
    public Profile? Profile { get; init; }

    /// <summary>The reported message as it was; absent when a profile is reported.</summary>
    public Message? Message { get; init; }

    /// <summary>
    /// Whether <see cref="MemberId"/> has since erased their profile, and with it their name and details here; absent otherwise.
    /// </summary>
    public bool? ReporterErased { get; init; }

    /// <summary>
    /// Whether <see cref="ReportedId"/> has since erased their profile, and with it the profile and message here; absent otherwise.
    /// </summary>
    public bool? ReportedErased { get; init; }

    /// <summary>The reason.</summary>
    public required ReportReason Reason { get; init; }

    /// <summary>The reporter's own words.</summary>
    public string? Details { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>The trace of the call that made it; its email continues the trace.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when the email waits to be queued; absent once it is dispatched.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>When the email service took the email, or refused it for good; absent before.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>The email to support. Its id is fixed, so that however often it is queued, it is one email.</summary>
    public Notice ToNotice() => new($"report.{Id}", NoticeKind.Report, "", 0, MemberId, ReportedAt, ReportId: Id);

    /// <summary>A new random id.</summary>
    public static string NewId() => "r" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
}
