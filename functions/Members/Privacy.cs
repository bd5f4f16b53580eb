namespace Connections.Members;

/// <summary>What a member lets their contacts see of how they use the messenger. What they hide, they do not see of others.</summary>
/// <param name="ReadMarks">Whether contacts see how far the member has read, and the member how far they have.</param>
/// <param name="Online">Whether contacts see when the member is online or typing, and the member when they are.</param>
public sealed record Privacy(bool ReadMarks, bool Online)
{
    /// <summary>Nothing is hidden: the state until the member chooses.</summary>
    public static Privacy Open { get; } = new(ReadMarks: true, Online: true);

    /// <summary>What two members see of each other.</summary>
    public Privacy With(Privacy? other) => new(ReadMarks && other?.ReadMarks is not false, Online && other?.Online is not false);
}

/// <summary>The body of a call that changes the privacy. What is left out stays as it is.</summary>
public sealed record PrivacyChange(bool? ReadMarks, bool? Online)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => this is { ReadMarks: null, Online: null };

    /// <summary>The privacy after the change.</summary>
    public Privacy Apply(Privacy current) => new(ReadMarks ?? current.ReadMarks, Online ?? current.Online);
}
