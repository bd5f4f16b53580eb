using System.Buffers;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>A report as its reporter sees it.</summary>
/// <param name="Id">The report's id, which support sees too.</param>
/// <param name="MemberId">The reported member, or the sender of the reported message.</param>
/// <param name="Message">The reported message as it was; absent when a profile is reported.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Details">The reporter's own words.</param>
/// <param name="ReportedAt">When the report was made.</param>
public sealed record SentReport(
    string Id, MemberId MemberId, Message? Message, ReportReason Reason, string? Details, DateTimeOffset ReportedAt)
{
    /// <summary>A report.</summary>
    public static SentReport Of(Report report)
    {
        return new(report.Id, report.ReportedId, report.Message, report.Reason, report.Details, report.ReportedAt);
    }
}

/// <summary>A document in <c>reports</c>: a reported member or message, as it was then. Personal: never logged.</summary>
/// <remarks>
/// The report and its outbox, one email to support, are one write: <see cref="OwedSince"/> stays until the email is in the notice queue,
/// and <see cref="MailedAt"/> is set when the email service has it.
/// </remarks>
public sealed record Report
{
    private const int IdBytes = 16;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

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

    /// <summary>Whether it says the same as another report by the same member.</summary>
    public bool Repeats(Report first)
    {
        return first.ReporterErased is null
            && (ReportedId, Reason, Details) == (first.ReportedId, first.Reason, first.Details)
            && (first.ReportedErased is true || (Message?.ConnectionId, Message?.Seq) == (first.Message?.ConnectionId, first.Message?.Seq));
    }

    /// <summary>A new random id.</summary>
    public static string NewId() => IdOf(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The id of the report that a member makes with a key, so that a repeated call cannot make a second one.</summary>
    public static string IdOf(MemberId reporter, string key) =>
        IdOf(SHA256.HashData(Encoding.UTF8.GetBytes($"{reporter.Value} {key}")).AsSpan(0, IdBytes));

    /// <summary>Whether a text can be a report's id.</summary>
    public static bool IsId(string text)
    {
        return text.Length == 1 + (IdBytes * 2) && text[0] == 'r' && text.AsSpan(1).IndexOfAnyExcept(Hex) < 0;
    }

    private static string IdOf(ReadOnlySpan<byte> bytes) => "r" + Convert.ToHexStringLower(bytes);
}
