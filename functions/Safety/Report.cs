using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connections.Chat;
using Connections.Files;
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

/// <summary>The names of reasons and decisions outside this process.</summary>
public static class ReportNames
{
    /// <summary>The reasons by their names, in the order in which forms offer them.</summary>
    internal static readonly Dictionary<string, ReportReason> Reasons = Enum.GetValues<ReportReason>().ToDictionary(
        reason => reason.JsonName(), StringComparer.Ordinal);

    private static readonly Dictionary<string, DecisionKind> Decisions = Enum.GetValues<DecisionKind>().ToDictionary(
        decision => decision.JsonName(), StringComparer.Ordinal);

    /// <summary>The reason's name in JSON, such as <c>spam</c>.</summary>
    public static string JsonName(this ReportReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());

    /// <summary>The decision's name in JSON, such as <c>warn</c>.</summary>
    public static string JsonName(this DecisionKind decision) => JsonNamingPolicy.CamelCase.ConvertName(decision.ToString());

    /// <summary>Reads a required reason; a fault goes to <paramref name="fields"/>.</summary>
    public static ReportReason ReadReason(string? text, Fields fields)
    {
        if (!Reasons.TryGetValue(text ?? "", out var reason))
        {
            fields.RefuseValue("reason", text, $"The reason must be one of {string.Join(", ", Reasons.Keys)}.");
        }

        return reason;
    }

    /// <summary>Reads a required decision; a fault goes to <paramref name="fields"/>.</summary>
    public static DecisionKind ReadDecision(string? text, Fields fields)
    {
        if (!Decisions.TryGetValue(text ?? "", out var decision))
        {
            fields.RefuseValue("decision", text, $"The decision must be one of {string.Join(", ", Decisions.Keys)}.");
        }

        return decision;
    }
}

/// <summary>Whether a report waits for a decision.</summary>
public enum ReportState
{
    /// <summary>No moderator has decided.</summary>
    Open,

    /// <summary>A moderator has decided.</summary>
    Closed,
}

/// <summary>What a moderator decides about a report.</summary>
public enum DecisionKind
{
    /// <summary>Nothing follows.</summary>
    Dismiss,

    /// <summary>The member is warned.</summary>
    Warn,

    /// <summary>The creator is taken out of search.</summary>
    Unlist,

    /// <summary>The member may not use the product, until a time or until it is lifted.</summary>
    Suspend,
}

/// <summary>The decision about a report. Personal: never logged.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Until">The end of a suspension that ends by itself.</param>
/// <param name="Statement">The statement of reasons, which the member concerned gets.</param>
/// <param name="By">The moderator.</param>
/// <param name="At">When it was decided.</param>
public sealed record ReportDecision(DecisionKind Decision, DateTimeOffset? Until, string Statement, MemberId By, DateTimeOffset At)
{
    /// <summary>Whether it is the same call again.</summary>
    public bool Repeats(ReportDecision first) => this with { At = first.At } == first;
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
/// and <see cref="MailedAt"/> is set when the email service has it. So are the decision and what follows from it.
/// </remarks>
public sealed record Report
{
    private const int IdBytes = 16;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Random.</summary>
    public required string Id { get; init; }

    /// <summary>The reporter.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>The reporter's name then.</summary>
    public string? MemberName { get; init; }

    /// <summary>The reported member, or the sender of the reported message; the partition key.</summary>
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

    /// <summary>The decision; absent while the report is open.</summary>
    public ReportDecision? Decision { get; init; }

    /// <summary>Whether it waits for a decision. The lists of moderators are sorted within it.</summary>
    public ReportState State => Decision is null ? ReportState.Open : ReportState.Closed;

    /// <summary>The state and the reason, which lists of one reason are sorted within: <c>open/spam</c>.</summary>
    public string Queue => QueueOf(State, Reason);

    /// <summary>The reason and the decision, by which like cases are counted: <c>spam/warn</c>; absent while the report is open.</summary>
    public string? Outcome => Decision is null ? null : OutcomeOf(Reason, Decision.Decision);

    /// <summary>The trace of the call that made it or decided it; its emails continue the trace.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when what it owes waits: the email to support, and what follows from a decision; absent once dispatched.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>When the email service took the email, or refused it for good; absent before.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>When the email service took the email to the reporter about the decision, or refused it for good; absent before.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The <see cref="Queue"/> of the reports in a state for a reason.</summary>
    public static string QueueOf(ReportState state, ReportReason reason) => $"{state}/{reason}".ToLowerInvariant();

    /// <summary>The <see cref="Outcome"/> of the reports for a reason that were decided so.</summary>
    public static string OutcomeOf(ReportReason reason, DecisionKind decision) => $"{reason}/{decision}".ToLowerInvariant();

    /// <summary>The email to support. Its id is fixed, so that however often it is queued, it is one email.</summary>
    public Notice ToNotice() => new($"report.{Id}", NoticeKind.Report, "", 0, MemberId, ReportedAt, ReportId: Id, AboutId: ReportedId);

    /// <summary>The email to the reporter about the decision.</summary>
    public Notice ToDecidedNotice() =>
        new($"decided.{Id}", NoticeKind.ReportDecided, "", 0, MemberId, Decision!.At, ReportId: Id, AboutId: ReportedId);

    /// <summary>The files of the reported message that others could see, of which the evidence has copies.</summary>
    [JsonIgnore]
    public IEnumerable<MessageFile> ShownFiles => Message?.Files?.Where(file => file.State == FileState.Ready) ?? [];

    /// <summary>Where the evidence has a file.</summary>
    public string EvidenceOf(MessageFile file)
    {
        return $"{Id}/{file.Id}";
    }

    /// <summary>Whether a member made the report or is reported in it.</summary>
    public bool Concerns(MemberId member) => member == MemberId || member == ReportedId;

    /// <summary>Whether it says the same as another report by the same member.</summary>
    public bool Repeats(Report first)
    {
        return first.ReporterErased is null
            && (ReportedId, Reason, Details) == (first.ReportedId, first.Reason, first.Details)
            && (first.ReportedErased is true || (Message?.ConnectionId, Message?.Seq) == (first.Message?.ConnectionId, first.Message?.Seq));
    }

    /// <summary>A new random id.</summary>
    public static string NewId() => "r" + RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true);

    /// <summary>
    /// The id of the report that a member makes with a key, so that a repeated call cannot make a second one. It begins with
    /// <see cref="KeyOf"/>. Reports about different members have different ids, because an id is unique only within a partition.
    /// </summary>
    public static string IdOf(MemberId reporter, string key, MemberId reported) => KeyOf(reporter, key) + HashOf(reported.Value);

    /// <summary>The beginning of the ids of all reports that a member makes with a key.</summary>
    public static string KeyOf(MemberId reporter, string key) => "r" + HashOf($"{reporter.Value} {key}");

    /// <summary>Whether a text can be a report's id.</summary>
    public static bool IsId(string text)
    {
        return text.Length == 1 + (IdBytes * 2) && text[0] == 'r' && text.AsSpan(1).IndexOfAnyExcept(Hex) < 0;
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes / 2));
}
