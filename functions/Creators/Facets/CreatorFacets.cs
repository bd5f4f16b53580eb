namespace Connections.Creators.Facets;

/// <summary>A value that creators can be filtered by.</summary>
/// <param name="Value">As profiles and filters have it.</param>
/// <param name="Count">How many listed creators have it.</param>
public sealed record FacetValue(string Value, int Count);

/// <summary>What listed creators can be filtered by, each list with the most frequent first.</summary>
/// <param name="CountedAt">When this was counted.</param>
/// <param name="Categories">The whole published list: also what nobody has yet, because profiles choose from it.</param>
/// <param name="Platforms">The whole published list too.</param>
/// <param name="Countries">Those that somebody has.</param>
/// <param name="Languages">Those that somebody has; <c>pt</c> counts <c>pt-BR</c> too, as the filter does.</param>
public sealed record CreatorFacets(
    DateTimeOffset CountedAt,
    IReadOnlyList<FacetValue> Categories,
    IReadOnlyList<FacetValue> Platforms,
    IReadOnlyList<FacetValue> Countries,
    IReadOnlyList<FacetValue> Languages);

/// <summary>The counts as they stand in <c>members</c>, so that every instance answers the same with one read.</summary>
/// <remarks>The colon keeps its id from being a member's, and without <c>listed</c> no search finds it.</remarks>
public sealed record FacetsDocument(string Id, CreatorFacets Facets)
{
    /// <summary>The id of the only one.</summary>
    public const string OnlyId = "facets:creators";
}
