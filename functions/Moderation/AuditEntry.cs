using System.Security.Cryptography;
using System.Text;
using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Safety;

namespace Connections.Moderation;

/// <summary>What the audit trail tells of.</summary>
public enum AuditedKind
{
    /// <summary>A report was decided.</summary>
    Decided,

    /// <summary>The member was suspended without a report.</summary>
    Suspended,

    /// <summary>The suspension was lifted.</summary>
    SuspensionLifted,

    /// <summary>The unlisting was lifted.</summary>
    UnlistingLifted,

    /// <summary>A moderator looked at a message of the member. Told once for each report, moderator and UTC day.</summary>
    MessageSeen,
}

/// <summary>A document in <c>audit</c>: who did what, about whom, when and why. Never changed. Personal: never logged.</summary>
/// <param name="Id">The same however often the act is carried out.</param>
/// <param name="MemberId">The member whom it is about; the partition key.</param>
/// <param name="What">What was done.</param>
/// <param name="By">The moderator.</param>
/// <param name="At">When.</param>
/// <param name="ReportId">The report, if it is about one.</param>
/// <param name="Decision">The decision about the report.</param>
/// <param name="Reason">The reason from the published list.</param>
/// <param name="Statement">The statement of reasons.</param>
/// <param name="Until">The end of a suspension that ends by itself.</param>
/// <param name="Ttl">After how many seconds the database deletes the entry.</param>
/// <param name="ByName">The moderator's name now; absent in the document, and for a moderator without a profile.</param>
public sealed record AuditEntry(
    string Id,
    MemberId MemberId,
    AuditedKind What,
    MemberId By,
    DateTimeOffset At,
    string? ReportId = null,
    DecisionKind? Decision = null,
    string? Reason = null,
    string? Statement = null,
    DateTimeOffset? Until = null,
    int? Ttl = null,
    string? ByName = null)
{
    private const int MaxId = 128;

    /// <summary>The entry of an act about a member.</summary>
    public static AuditEntry Of(MemberId member, ModerationAct act) => new(
        act.Id,
        member,
        act.Kind switch
        {
            ModerationActKind.LiftSuspension => AuditedKind.SuspensionLifted,
            ModerationActKind.LiftUnlisting => AuditedKind.UnlistingLifted,
            _ when act.ReportId is not null => AuditedKind.Decided,
            _ => AuditedKind.Suspended,
        },
        act.By,
        act.At,
        act.ReportId,
        act.ReportId is null ? null : act.Kind switch
        {
            ModerationActKind.Warn => DecisionKind.Warn,
            ModerationActKind.Unlist => DecisionKind.Unlist,
            _ => DecisionKind.Suspend,
        },
        act.Reason,
        act.Statement,
        act.Until);

    /// <summary>The entry of a decided report, whatever the decision.</summary>
    public static AuditEntry Of(Report report, ReportDecision decision) => new(
        DecisionId(report.Id),
        report.ReportedId,
        AuditedKind.Decided,
        decision.By,
        decision.At,
        report.Id,
        decision.Decision,
        report.Reason.JsonName(),
        decision.Statement,
        decision.Until);

    /// <summary>The entry of a look at the message of a report.</summary>
    public static AuditEntry OfLook(Report report, MemberId by, DateTimeOffset at)
    {
        var looked = SHA256.HashData(Encoding.UTF8.GetBytes($"{report.Id} {by.Value} {at.UtcDateTime:yyyyMMdd}"));
        return new AuditEntry(
            "look." + Convert.ToHexStringLower(looked.AsSpan(0, 16)), report.ReportedId, AuditedKind.MessageSeen, by, at, report.Id);
    }

    /// <summary>The id of the entry of a decision.</summary>
    public static string DecisionId(string reportId) => "decision." + reportId;

    /// <summary>A new id for an act without a report.</summary>
    public static string NewId(string kind) => $"{kind}.{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>Whether a text can be an entry's id.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxId && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');
}

/// <summary>Adds to the audit trail and reads it. What there is about a member is one partition.</summary>
public sealed class AuditStore(Containers containers, MemberStore members, ModerationSettings settings)
{
    /// <summary>The latest entry first.</summary>
    public static ListOrder<AuditEntry> Order { get; } = new("c.at", SortKind.Time, entry => entry.At, entry => entry.Id, AuditEntry.IsId);

    /// <summary>Adds an entry, unless it is there. One request.</summary>
    public Task AddAsync(AuditEntry entry, CancellationToken ct) => containers.Audit.TryCreateAsync(
        entry with { Ttl = (int)settings.KeepAudit.TotalSeconds }, entry.MemberId.Value, ct);

    /// <summary>
    /// The next entries about a member after a position, as moderators see them; fewer than asked for only where the list ends. One
    /// request, and one for the names of the moderators.
    /// </summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct)
    {
        var entries = await containers.Audit.ReadListAsync(
            new Microsoft.Azure.Cosmos.QueryDefinition("SELECT * FROM c WHERE IS_DEFINED(c.at)"), Order, after, count, member.Value, ct);
        var moderators = await members.FindManyAsync(entries.Select(entry => entry.By), ct);
        return [.. entries.Select(entry => entry with { Ttl = null, ByName = NameOf(moderators.GetValueOrDefault(entry.By)) })];
    }

    /// <summary>All entries about a member, in no order. One request a page.</summary>
    public IAsyncEnumerable<AuditEntry> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Audit.ReadPartitionAsync<AuditEntry>("SELECT * FROM c", member.Value, ct);

    /// <summary>The name of a moderator now; null for one without a profile.</summary>
    public static string? NameOf(Member? moderator) => moderator is { ErasedAt: null } ? moderator.DisplayName : null;
}
