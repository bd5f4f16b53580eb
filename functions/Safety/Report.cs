using System.Security.Cryptography;
using Connections.Chat;
using Connections.Members;
using Connections.Notices;

namespace Connections.Safety;

/// <summary>Why somebody reports: the published list.</summary>
public enum ReportReason
{
    /// <summary>Unwanted advertising.</summary>
    Spam,

    /// <summary>Threats, insults, pressure.</summary>
    Harassment,

    /// <summary>They are not who they say.</summary>
    Impersonation,

    /// <summary>What does not belong here.</summary>
    Inappropriate,

    /// <summary>Anything else; the details say what.</summary>
    Other,
}

/// <summary>A document in <c>reports</c>: a member or a message that somebody reported, as it was then. Personal: never logged.</summary>
/// <remarks>
/// The report and the mail that it owes are one write: <see cref="OwedSince"/> stands until the mail is in the notice queue,
/// <see cref="MailedAt"/> from when it was handed over on.
/// </remarks>
public sealed record Report
{
    private const int IdBytes = 16;

    /// <summary>Random.</summary>
    public required string Id { get; init; }

    /// <summary>Who reported; the partition key.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>The name that they had.</summary>
    public string? MemberName { get; init; }

    /// <summary>Who was reported, or wrote the message that was.</summary>
    public required MemberId ReportedId { get; init; }

    /// <summary>The profile of <see cref="ReportedId"/> as it was, also where a message was reported; absent when they had gone, or nobody has this id.</summary>
    public Profile? Profile { get; init; }

    /// <summary>The message that was reported, as it was; absent when the profile was.</summary>
    public Message? Message { get; init; }

    /// <summary>Whether <see cref="MemberId"/> has erased their profile since, and with it their name and what they said here; absent otherwise.</summary>
    public bool? ReporterErased { get; init; }

    /// <summary>Whether <see cref="ReportedId"/> has erased their profile since, and with it what was reported; absent otherwise.</summary>
    public bool? ReportedErased { get; init; }

    /// <summary>Why.</summary>
    public required ReportReason Reason { get; init; }

    /// <summary>What the reporter says about it.</summary>
    public string? Details { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>The trace of the call that made it, which goes on in its mail.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when the mail is owed to the notice queue; absent when it is there.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>When the mail was handed over, or refused for good; absent before.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>The mail that it owes. The id says which email this is, so that however often it is queued it is the same one.</summary>
    public Notice ToNotice() => new($"report.{Id}", NoticeKind.Report, "", 0, MemberId, ReportedAt, ReportId: Id);

    /// <summary>An id that no other report has.</summary>
    public static string NewId() => "r" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
}
