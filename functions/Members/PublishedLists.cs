namespace Connections.Members;

/// <summary>The values that a profile's categories and platform names are taken from. Only ever added to.</summary>
/// <remarks>Values, not labels: a client shows its own text for each. Countries are in <see cref="Countries"/>.</remarks>
public static class PublishedLists
{
    /// <summary>What a creator publishes about.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "art", "automotive", "beauty", "books", "business", "comedy", "diy", "education", "family", "fashion", "finance", "fitness",
        "food", "gaming", "home", "lifestyle", "music", "outdoors", "pets", "photography", "sports", "sustainability", "technology",
        "travel", "wellness",
    ];

    /// <summary>Where a creator is followed.</summary>
    public static IReadOnlyList<string> Platforms { get; } =
    [
        "blog", "bluesky", "facebook", "instagram", "linkedin", "newsletter", "pinterest", "podcast", "snapchat", "threads", "tiktok",
        "twitch", "x", "youtube",
    ];

    /// <summary>Reads a value of a list in any case. Null when it is not on the list.</summary>
    public static string? Find(IReadOnlyList<string> list, string? value)
    {
        var lower = value?.Trim().ToLowerInvariant();
        return lower is not null && list.Contains(lower) ? lower : null;
    }
}
