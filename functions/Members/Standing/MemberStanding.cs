namespace Connections.Members.Standing;

/// <summary>What a moderator did about a member.</summary>
public enum ModerationActKind
{
    /// <summary>The member was warned. Nothing else follows from it.</summary>
    Warn,

    /// <summary>The creator was taken out of search, and cannot list themselves.</summary>
    Unlist,

    /// <summary>The member may not use the product, until a time or until it is lifted.</summary>
    Suspend,

    /// <summary>The suspension was lifted.</summary>
    LiftSuspension,

    /// <summary>The creator may list themselves again.</summary>
    LiftUnlisting,
}

/// <summary>An act of a moderator about a member. Personal: never logged.</summary>
/// <param name="Id">The id of its entry in the audit trail. The same however often the act is carried out.</param>
/// <param name="Number">The number of the member's acts up to this one.</param>
/// <param name="Kind">What was done.</param>
/// <param name="At">When.</param>
/// <param name="By">The moderator.</param>
/// <param name="Reason">The reason from the published list; absent where a measure was lifted.</param>
/// <param name="Statement">The statement of reasons for the member, in the moderator's words; a measure can be lifted without one.</param>
/// <param name="Until">The end of a suspension that ends by itself.</param>
/// <param name="ReportId">The report that was decided, if any.</param>
public sealed record ModerationAct(
    string Id,
    long Number,
    ModerationActKind Kind,
    DateTimeOffset At,
    MemberId By,
    string? Reason,
    string? Statement,
    DateTimeOffset? Until = null,
    string? ReportId = null);

/// <summary>A suspension or an unlisting.</summary>
/// <param name="Since">When it began.</param>
/// <param name="By">The moderator.</param>
/// <param name="Reason">The reason from the published list.</param>
/// <param name="Statement">The statement of reasons; absent once the member has erased their profile.</param>
/// <param name="Until">When it ends by itself; absent where only a moderator can lift it.</param>
public sealed record Measure(DateTimeOffset Since, MemberId By, string Reason, string? Statement, DateTimeOffset? Until = null)
{
    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => !(Until <= now);
}

/// <summary>A member's standing with the moderators: the part of their document that only moderators change.</summary>
/// <remarks>
/// An act is one write of the member's document: what it changes, the act itself and <see cref="OwedSince"/>, which stays until the audit
/// trail, the set of suspended members and the notice queue have it. An act stays in <see cref="Acts"/> until its email was sent.
/// <para>It survives the erasure of a profile, so that nobody ends a suspension by erasing themselves and coming back.</para>
/// </remarks>
public sealed record MemberStanding
{
    // A decision is carried out again within minutes, if at all; nobody has so many acts within them.
    private const int MaxDone = 50;

    /// <summary>The standing of a member whom no moderator has dealt with.</summary>
    public static MemberStanding Untouched { get; } = new();

    /// <summary>The last suspension, unless it was lifted; it may have ended.</summary>
    public Measure? Suspension { get; init; }

    /// <summary>The unlisting that holds; absent for none.</summary>
    public Measure? Unlisting { get; init; }

    /// <summary>How many acts there have been.</summary>
    public long Count { get; init; }

    /// <summary>The acts whose emails were not sent yet, in their order.</summary>
    public IReadOnlyList<ModerationAct> Acts { get; init; } = [];

    /// <summary>The ids of the last acts, so that carrying one out again does nothing.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>Since when an act waits to be dispatched; absent once all are.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>The trace of the call of the last act, which its email continues.</summary>
    public string? Trace { get; init; }

    /// <summary>The suspension that holds at a moment; null for none.</summary>
    public Measure? SuspensionAt(DateTimeOffset now) => Suspension?.HoldsAt(now) == true ? Suspension : null;

    /// <summary>The standing after an act; the same object if the act was carried out before, or would lift what does not hold.</summary>
    /// <remarks>
    /// A decision never ends a suspension earlier than it would have ended; only a moderator who changes the suspension itself does.
    /// </remarks>
    public MemberStanding After(ModerationAct act, DateTimeOffset now)
    {
        if (Done.Contains(act.Id)
            || (act.Kind == ModerationActKind.LiftSuspension && SuspensionAt(act.At) is null)
            || (act.Kind == ModerationActKind.LiftUnlisting && Unlisting is null))
        {
            return this;
        }

        var isShorter = act.ReportId is not null && act.Until is not null && !(SuspensionAt(act.At)?.Until < act.Until);
        var until = isShorter && SuspensionAt(act.At) is { } held ? held.Until : act.Until;
        var numbered = act with { Number = Count + 1, Until = act.Kind == ModerationActKind.Suspend ? until : null };
        var measure = new Measure(act.At, act.By, act.Reason ?? "", act.Statement, numbered.Until);
        return this with
        {
            Suspension = act.Kind switch
            {
                ModerationActKind.Suspend => measure,
                ModerationActKind.LiftSuspension => null,
                _ => Suspension,
            },
            Unlisting = act.Kind switch
            {
                ModerationActKind.Unlist => Unlisting ?? measure,
                ModerationActKind.LiftUnlisting => null,
                _ => Unlisting,
            },
            Count = numbered.Number,
            Acts = [.. Acts, numbered],
            Done = [.. Done.Append(act.Id).TakeLast(MaxDone)],
            OwedSince = OwedSince ?? now,
        };
    }

    /// <summary>The standing of a member who erases their profile: what holds goes on, without the words about them.</summary>
    public MemberStanding Erased() => this with
    {
        Suspension = Suspension is null ? null : Suspension with { Statement = null },
        Unlisting = Unlisting is null ? null : Unlisting with { Statement = null },
    };
}
