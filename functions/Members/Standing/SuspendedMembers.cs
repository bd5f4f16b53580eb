namespace Connections.Members.Standing;

/// <summary>The document in <c>members</c> that lists the suspended members, so that an instance learns of all with one read.</summary>
/// <remarks>
/// A member's own document decides; this follows it. No member can have its id, because of the colon, and no search finds it, because it
/// has no <c>listed</c>. With 150 bytes a member, thousands fit into one document. What has ended stays for a while, so that a late write
/// of what was before does not suspend again.
/// </remarks>
/// <param name="Id">The id of the only document.</param>
/// <param name="Version">Grows with every change. An instance never goes back to an older version.</param>
/// <param name="Members">The members who are suspended, or were until lately.</param>
public sealed record SuspendedMembers(string Id, long Version, IReadOnlyDictionary<MemberId, SuspendedMember> Members)
{
    /// <summary>The id of the only document.</summary>
    public const string OnlyId = "suspended:members";

    /// <summary>Far longer than any write takes.</summary>
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(7);

    /// <summary>Nobody is suspended.</summary>
    public static SuspendedMembers Nobody { get; } = new(OnlyId, 0, new Dictionary<MemberId, SuspendedMember>());

    /// <summary>The suspension of a member at a moment; null for none.</summary>
    public SuspendedMember? Find(MemberId member, DateTimeOffset now) =>
        Members.TryGetValue(member, out var found) && found.HoldsAt(now) ? found : null;

    /// <summary>Whether a member is suspended at a moment.</summary>
    public bool Has(MemberId member, DateTimeOffset now) => Find(member, now) is not null;

    /// <summary>All members who are suspended at a moment.</summary>
    public IReadOnlySet<MemberId> At(DateTimeOffset now) =>
        Members.Where(entry => entry.Value.HoldsAt(now)).Select(entry => entry.Key).ToHashSet();

    /// <summary>The list with a member's standing; the same object if it has that, or a later one.</summary>
    public SuspendedMembers With(MemberId member, MemberStanding standing, DateTimeOffset now)
    {
        var known = Members.GetValueOrDefault(member);
        // A lift can come here before the suspension that it lifts, which must find it when it comes late.
        var isLift = standing.Acts.Any(act => act.Kind == ModerationActKind.LiftSuspension);
        if (known?.Act >= standing.Count || (known is null && standing.Suspension is null && !isLift))
        {
            return this;
        }

        var kept = Members.Where(entry => !entry.Value.EndedBefore(now - KeepEnded)).ToDictionary();
        kept[member] = standing.Suspension is { } suspension
            ? new SuspendedMember(standing.Count, suspension.Since, suspension.Until, suspension.Reason)
            : new SuspendedMember(standing.Count, now, now, known?.Reason ?? "");
        return new SuspendedMembers(OnlyId, Version + 1, kept);
    }
}

/// <summary>A suspended member in the list.</summary>
/// <param name="Act">The number of the act that this is of. An earlier one never overwrites a later one.</param>
/// <param name="Since">When the suspension began.</param>
/// <param name="Until">When it ends by itself, or was lifted.</param>
/// <param name="Reason">The reason from the published list.</param>
public sealed record SuspendedMember(long Act, DateTimeOffset Since, DateTimeOffset? Until, string Reason)
{
    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => !(Until <= now);

    /// <summary>Whether it ended before a moment.</summary>
    public bool EndedBefore(DateTimeOffset moment) => Until < moment;
}
