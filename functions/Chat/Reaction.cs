namespace Connections.Chat;

/// <summary>A member's reaction to a message.</summary>
/// <param name="By">The member.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
public sealed record Reaction(MemberId By, string Kind)
{
    /// <summary>The published list. Values may be added but never removed.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["thumbs-up", "heart", "laugh", "surprised", "sad", "celebrate"];
}
