using Connections.Notices;

namespace Connections.Members;

/// <summary>What a member is here for. Set once.</summary>
public enum MemberKind
{
    /// <summary>Looks for creators.</summary>
    Brand,

    /// <summary>Can be listed, found and invited.</summary>
    Creator,
}

/// <summary>One of a creator's places on the web.</summary>
/// <param name="Name">From the published list, such as <c>instagram</c>.</param>
/// <param name="Handle">The creator's handle there.</param>
/// <param name="Url">Its address.</param>
/// <param name="Followers">How many follow it.</param>
/// <param name="Engagement">Interactions per follower and post, as a fraction: 0.034 is 3.4%.</param>
public sealed record Platform(string Name, string Handle, string? Url, long Followers, double Engagement);

/// <summary>A member's document in <c>members</c>: the profile, what search needs of it, and the email settings.</summary>
/// <remarks>
/// <see cref="ProfileContent.Listed"/> is only ever true for a creator with a complete profile, so that one equality finds whom search may show.
/// What is derived for search (<see cref="PlatformNames"/>, <see cref="LanguageRanges"/>, <see cref="Followers"/>,
/// <see cref="Engagement"/>, <see cref="Terms"/>) is written with every change of the profile, by <see cref="MemberIndex.Indexed"/>.
/// </remarks>
public sealed record Member : ProfileContent
{
    /// <summary>When the creator was first listed; what <c>sort=newest</c> sorts by.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The names of <see cref="CardContent.Platforms"/>, for the filter.</summary>
    public IReadOnlyList<string> PlatformNames { get; init; } = [];

    /// <summary>Each of <see cref="CardContent.Languages"/> and the languages that it is a kind of, for the filter: <c>pt</c> too for <c>pt-BR</c>.</summary>
    public IReadOnlyList<string> LanguageRanges { get; init; } = [];

    /// <summary>Followers on the largest platform.</summary>
    public long Followers { get; init; }

    /// <summary>Engagement on the largest platform.</summary>
    public double Engagement { get; init; }

    /// <summary>The words that text search finds this profile by: lower case, without accents.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Where notices go, as mail is sent to it; from the first token with an address that can be used. Personal: shown to nobody else, never logged.</summary>
    public string? Email { get; init; }

    /// <summary>Which notices the member does not want.</summary>
    public IReadOnlyList<NoticeKind> MutedNotices { get; init; } = [];

    /// <summary>Random; makes this member's unsubscribe links. Secret.</summary>
    public string UnsubscribeKey { get; init; } = "";

    /// <summary>When the profile was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows by one with every change of what the member's <see cref="Card"/> shows. A row never goes back to an older card.</summary>
    public long CardVersion { get; init; }

    /// <summary>The trace of the call that changed it last, which goes on in what follows.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when something follows from a change and is not done: cards on the rows of others, or the rest of an erasure.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>Until when no change of the card goes to the rows of others, because the last one went to many; absent when it may go at once.</summary>
    public DateTimeOffset? CardsNotBefore { get; init; }

    /// <summary>When the member erased their profile; absent for one who has a profile.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When the member made this profile after erasing the one before; absent for one who never did. What is older belongs to the erased profile.</summary>
    public DateTimeOffset? CameBackAt { get; init; }

    /// <summary>The member with exactly these kinds of notice muted; the same object if they are muted already.</summary>
    public Member Muting(IReadOnlySet<NoticeKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return kinds.SetEquals(MutedNotices) ? this : this with { MutedNotices = [.. kinds.Order()] };
    }

    /// <summary>Whether something of a moment is of an erased profile: the member has erased theirs, or has since made a new one.</summary>
    public bool HasErased(DateTimeOffset moment) => ErasedAt is not null || moment < CameBackAt;
}
