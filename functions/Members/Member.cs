using System.Text.Json.Serialization;
using Connections.Files;
using Connections.Members.Standing;
using Connections.Notices;

namespace Connections.Members;

/// <summary>The kind of member. It never changes once set.</summary>
public enum MemberKind
{
    /// <summary>Looks for creators.</summary>
    Brand,

    /// <summary>Can be listed, found and invited.</summary>
    Creator,
}

/// <summary>A platform where a creator publishes.</summary>
/// <param name="Name">From the published list, such as <c>instagram</c>.</param>
/// <param name="Handle">The creator's handle there.</param>
/// <param name="Url">The URL of the creator's page there.</param>
/// <param name="Followers">The number of followers.</param>
/// <param name="Engagement">Interactions per follower and post, as a fraction: 0.034 is 3.4%.</param>
/// <param name="Source">Who states the numbers.</param>
/// <param name="CheckedAt">When the source checked the numbers; absent where the member states them.</param>
public sealed record Platform(
    string Name,
    string Handle,
    string? Url,
    long Followers,
    double Engagement,
    PlatformSource Source = PlatformSource.Self,
    DateTimeOffset? CheckedAt = null);

/// <summary>A member's numbers on one platform: those of their larger account, if they have two there.</summary>
public sealed record PlatformReach(long Followers, double Engagement);

/// <summary>Who states the numbers of a platform.</summary>
public enum PlatformSource
{
    /// <summary>The member.</summary>
    Self,

    /// <summary>The bulk load of an administrator.</summary>
    Import,
}

/// <summary>A member's document in <c>members</c>: the profile, its search fields, and email settings.</summary>
/// <remarks>
/// <see cref="ProfileContent.Listed"/> is true only for a creator with a complete profile, so search needs no other condition. Every change
/// of the profile or of <see cref="Email"/> also writes the fields that follow from them (<see cref="PlatformNames"/>,
/// <see cref="Reach"/>, <see cref="LanguageRanges"/>, <see cref="Followers"/>, <see cref="Engagement"/>, <see cref="Terms"/>,
/// <see cref="CardContent.ConfirmedDomain"/>, <see cref="CardContent.AnswersWithin"/>), by <see cref="MemberIndex.Indexed"/>.
/// </remarks>
public sealed record Member : ProfileContent
{
    /// <summary>When the creator was first listed; the order of <c>sort=newest</c>.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The names of <see cref="CardContent.Platforms"/>, for the filter.</summary>
    public IReadOnlyList<string> PlatformNames { get; init; } = [];

    /// <summary>
    /// The numbers by platform, for a search by platform: a property for each has an index for each order. Null in a document that an
    /// earlier version wrote, until the reindexing reaches it.
    /// </summary>
    public IReadOnlyDictionary<string, PlatformReach>? Reach { get; init; }

    /// <summary>The ranges of <see cref="CardContent.Languages"/>, for the filter: <c>pt-BR</c> has <c>pt</c> too.</summary>
    public IReadOnlyList<string> LanguageRanges { get; init; } = [];

    /// <summary>Followers on the largest platform.</summary>
    public long Followers { get; init; }

    /// <summary>Engagement on the largest platform.</summary>
    public double Engagement { get; init; }

    /// <summary>The words for text search: lower case, without accents.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>The address for notices, from the first token with a usable one. Personal data: never shown to others or logged.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the member has shown that <see cref="Email"/> is theirs. An address that an administrator loaded is not.</summary>
    public bool EmailConfirmed { get; init; }

    /// <summary>
    /// How many changes of address the member asked for. It stays when the profile is erased, so that the emails of a new profile have
    /// other ids.
    /// </summary>
    public int EmailChanges { get; init; }

    /// <summary>The change of address that waits to be confirmed.</summary>
    public EmailChange? EmailChange { get; init; }

    /// <summary>
    /// The warnings about changes of address that are not sent yet. They are sent also when the change is confirmed first.
    /// </summary>
    public IReadOnlyList<EmailWarning> EmailWarnings { get; init; } = [];

    /// <summary>The link that confirmed the address last; absent when another change was asked for since.</summary>
    public EmailConfirmation? EmailConfirmation { get; init; }

    /// <summary>Since when the emails of <see cref="EmailChange"/> and <see cref="EmailWarnings"/> wait to be queued.</summary>
    public DateTimeOffset? EmailOwedSince { get; init; }

    /// <summary>The address that emails did not reach, by the email service's report; it says nothing of another address.</summary>
    public string? BouncedEmail { get; init; }

    /// <summary>Whether emails to the member's address come back.</summary>
    [JsonIgnore]
    public bool EmailBounces => BouncedEmail is not null && BouncedEmail == Email;

    /// <summary>The kinds of notices that the member has turned off.</summary>
    public IReadOnlyList<NoticeKind> MutedNotices { get; init; } = [];

    /// <summary>What the member's contacts see of them in the messenger. A change of it goes to their rows as a new card does.</summary>
    public Privacy Privacy { get; init; } = Privacy.Open;

    /// <summary>A random secret key for this member's unsubscribe links.</summary>
    public string UnsubscribeKey { get; init; } = "";

    /// <summary>How soon the member answered lately; absent before the first answer.</summary>
    public AnswerTimes? Answers { get; init; }

    /// <summary>The ids of pictures that the profile had before, whose bytes are to be removed; absent for none.</summary>
    public IReadOnlyList<string>? FormerAvatars { get; init; }

    /// <summary>When the profile was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows by one whenever the member's <see cref="Card"/> changes. A contact row never goes back to an older card.</summary>
    public long CardVersion { get; init; }

    /// <summary>The trace of the last call that changed the member; the follow-up continues it.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when dispatch has been due: of the card to the rows of others, or of the rest of an erasure.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>The earliest time for the next dispatch of the card, after one to many rows; absent for no wait.</summary>
    public DateTimeOffset? CardsNotBefore { get; init; }

    /// <summary>What moderators did about the member; absent if they never did anything.</summary>
    public MemberStanding? Standing { get; init; }

    /// <summary>When the member erased their profile; absent for a member with a profile.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When the member created this profile, if they erased one before. Anything older belongs to the erased one.</summary>
    public DateTimeOffset? CameBackAt { get; init; }

    /// <summary>The member with exactly these kinds of notice muted; the same object if they are muted already.</summary>
    public Member Muting(IReadOnlySet<NoticeKind> kinds) =>
        kinds.SetEquals(MutedNotices) ? this : this with { MutedNotices = [.. kinds.Order()] };

    /// <summary>The member, of whom the picture at an address is to be removed unless it is the one that they have now.</summary>
    public Member Dropping(string? address)
    {
        var (before, now) = (Avatars.IdOf(address), Avatars.IdOf(AvatarUrl));
        var former = (FormerAvatars ?? []).Append(before).OfType<string>().Where(id => id != now).Distinct().ToList();
        return this with { FormerAvatars = former.Count > 0 ? former : null };
    }

    /// <summary>Whether the profile that the member had at a moment has been erased.</summary>
    public bool HasErased(DateTimeOffset moment) => ErasedAt is not null || moment < CameBackAt;

    /// <summary>The member without profile, address and keys. The follow-up erases the rest. A suspension goes on.</summary>
    public Member Erase(DateTimeOffset now) => new()
    {
        Id = Id,
        CardVersion = CardVersion + 1,
        EmailChanges = EmailChanges,
        OwedSince = now,
        ErasedAt = now,
        Standing = Standing?.Erased(),
    };
}

/// <summary>Derives the fields that follow from others: those for search, the confirmed domain and how soon the member answers.</summary>
public static class MemberIndex
{
    /// <summary>The most search words of a profile. It bounds the document; few profiles reach it.</summary>
    public const int MaxTerms = 512;

    /// <summary>The member with new derived fields. Call it before every write of a profile or an address.</summary>
    /// <remarks>Pure and idempotent.</remarks>
    public static Member Indexed(this Member member)
    {
        var largest = member.Platforms.MaxBy(p => p.Followers);
        return member with
        {
            PlatformNames = member.Platforms.Select(p => p.Name).Distinct(StringComparer.Ordinal).ToArray(),
            Reach = ReachOf(member.Platforms),
            Followers = largest?.Followers ?? 0,
            Engagement = largest?.Engagement ?? 0,
            AnswersWithin = member.Answers?.Within,
            ConfirmedDomain = member.EmailConfirmed ? ConfirmedDomain.Of(member.Email, member.Website) : null,
            LanguageRanges = member.Languages.SelectMany(LanguageTag.Ranges).Distinct(StringComparer.Ordinal).ToArray(),
            Terms = Texts(member).SelectMany(SearchWords.OfProfile).Distinct(StringComparer.Ordinal).Take(MaxTerms).ToArray(),
        };
    }

    /// <summary>The numbers by platform.</summary>
    /// <remarks>An old profile can have negative zero, which sorts as zero.</remarks>
    public static IReadOnlyDictionary<string, PlatformReach> ReachOf(IEnumerable<Platform> platforms) => platforms
        .GroupBy(platform => platform.Name, StringComparer.Ordinal)
        .Select(accounts => accounts.MaxBy(account => account.Followers)!)
        .ToDictionary(
            account => account.Name,
            account => new PlatformReach(account.Followers, Math.Max(account.Engagement, 0)),
            StringComparer.Ordinal);

    private static IEnumerable<string?> Texts(Member member) =>
        [member.DisplayName, member.Handle, .. member.Categories, .. member.Tags, member.Headline];
}
