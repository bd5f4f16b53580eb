namespace Connections.Members;

/// <summary>How long and how many. Texts are counted in Unicode code points. A profile at every limit is below 64 KB, the largest body.</summary>
public static class ProfileLimits
{
    /// <summary>The longest name; the shortest has 1.</summary>
    public const int DisplayName = 80;

    /// <summary>The longest handle.</summary>
    public const int Handle = 40;

    /// <summary>The longest headline.</summary>
    public const int Headline = 120;

    /// <summary>The longest bio.</summary>
    public const int Bio = 2000;

    /// <summary>The longest name of an organisation.</summary>
    public const int Organisation = 80;

    /// <summary>The longest address.</summary>
    public const int Url = 500;

    /// <summary>The most categories.</summary>
    public const int Categories = 5;

    /// <summary>The most tags.</summary>
    public const int Tags = 20;

    /// <summary>The longest tag.</summary>
    public const int Tag = 30;

    /// <summary>The most platforms.</summary>
    public const int Platforms = 10;

    /// <summary>The longest handle on a platform; some allow any script.</summary>
    public const int PlatformHandle = 100;

    /// <summary>The most followers: more than there are people.</summary>
    public const long Followers = 10_000_000_000;

    /// <summary>The most languages.</summary>
    public const int Languages = 10;
}
