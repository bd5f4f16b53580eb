namespace Connections.Members;

/// <summary>Derives what search needs of a profile.</summary>
public static class MemberIndex
{
    /// <summary>The most words that a profile is found by. Few profiles come near it, even where every letter begins a word; it keeps a document small.</summary>
    public const int MaxTerms = 512;

    /// <summary>The member with everything derived from the profile written anew. Call it before every write of a profile.</summary>
    /// <remarks>Pure, and the same again for what it returns.</remarks>
    public static Member Indexed(this Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var largest = member.Platforms.MaxBy(p => p.Followers);
        return member with
        {
            PlatformNames = member.Platforms.Select(p => p.Name).Distinct(StringComparer.Ordinal).ToArray(),
            Followers = largest?.Followers ?? 0,
            Engagement = largest?.Engagement ?? 0,
            LanguageRanges = member.Languages.SelectMany(LanguageTag.Ranges).Distinct(StringComparer.Ordinal).ToArray(),
            Terms = Texts(member).SelectMany(SearchWords.OfProfile).Distinct(StringComparer.Ordinal).Take(MaxTerms).ToArray(),
        };
    }

    private static IEnumerable<string?> Texts(Member member) =>
        [member.DisplayName, member.Handle, .. member.Categories, .. member.Tags, member.Headline];
}
