using System.Text.Json;

namespace Connections.Safety;

/// <summary>
/// The body of a report: of a member, by <paramref name="MemberId"/>, or of a message, by <paramref name="ConnectionId"/> and <paramref
/// name="Seq"/>.
/// </summary>
/// <param name="MemberId">The member.</param>
/// <param name="ConnectionId">The conversation.</param>
/// <param name="Seq">The message's number in the conversation.</param>
/// <param name="Reason">One of the published list.</param>
/// <param name="Details">The reporter's own words.</param>
public sealed record ReportRequest(string? MemberId, string? ConnectionId, long? Seq, string? Reason, string? Details)
{
    private const string Either = "Give either memberId, or connectionId with seq.";

    /// <summary>The names of the reasons, in the order in which forms offer them.</summary>
    public static IEnumerable<string> ReasonNames => ReportNames.Reasons.Keys;

    /// <summary>The reason of a name; null for any other text.</summary>
    public static ReportReason? ReasonOf(string? name) =>
        ReportNames.Reasons.TryGetValue(name ?? "", out var reason) ? reason : null;

    /// <summary>Reads the reason and the details; every fault of the body goes to <paramref name="fields"/>.</summary>
    public (ReportReason Reason, string? Details) Read(Fields fields, SafetySettings settings)
    {
        if (string.IsNullOrEmpty(MemberId))
        {
            CheckMessage(fields);
        }
        else if (ConnectionId is not null || Seq is not null)
        {
            fields.Refuse("memberId", Either, FieldCode.Conflict);
        }

        return (ReportNames.ReadReason(Reason, fields), fields.Text("details", Details, settings.MaxDetails, lines: true));
    }

    private void CheckMessage(Fields fields)
    {
        if (string.IsNullOrEmpty(ConnectionId))
        {
            fields.Refuse(
                Seq is null ? "memberId" : "connectionId",
                Seq is null ? Either : "The connectionId of the conversation is required with seq.",
                FieldCode.Required);
        }
        else if (Seq is not >= 1)
        {
            fields.Refuse(
                "seq",
                "The seq of a message, from 1, is required with connectionId.",
                Seq is null ? FieldCode.Required : FieldCode.OutOfRange);
        }
    }
}
