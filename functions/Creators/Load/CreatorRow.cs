using Connections.Members;

namespace Connections.Creators.Load;

/// <summary>A row of a load as it was sent: whose profile, and the profile.</summary>
public sealed record CreatorRow : ProfileChange
{
    /// <summary>The id that the creator signs in with.</summary>
    public string? Id { get; init; }

    /// <summary>Where notices go. Used for a member who has no address; one that stands is never changed.</summary>
    public string? Email { get; init; }
}

/// <summary>A line of the answer: a row that was not loaded.</summary>
/// <param name="Line">The row's line in the body, from 1.</param>
/// <param name="Id">The row's id, where it could be read.</param>
/// <param name="Errors">What is wrong, by field; <c>row</c> for what is wrong with all of it.</param>
public sealed record RejectedRow(int Line, string? Id, IReadOnlyDictionary<string, string[]> Errors);
