using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Settings;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Facets;

/// <summary>Counts all listed creators, in all and for every filter value, and stores the counts.</summary>
/// <remarks>
/// One query per value, a few hundred in all, each answered from the index: the cost grows with the number of values and not with the
/// profiles. Suspended creators, who are few, are read and subtracted. Languages that are probably unused are counted in groups, and one by
/// one only if a group is used. Another instance may count at the same time; it overwrites the counts with equal ones.
/// </remarks>
public sealed class FacetCounter(
    Containers containers, CreatorSearch search, Suspensions suspensions, FacetSettings settings, TimeProvider time) : IDisposable
{
    private const int MaxParallel = 8;

    /// <summary>How many rare languages one query counts together.</summary>
    private const int GroupSize = 32;

    // When many calls find the counts too old, one counts and the others wait for it.
    private readonly SemaphoreSlim _counting = new(1);

    /// <summary>Counts no older than the setting allows. One request, unless this is the first call for a long time.</summary>
    public async Task<CreatorFacets> ReadAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } known && IsFresh(known, settings.MaxAge))
        {
            return known;
        }

        await _counting.WaitAsync(ct);
        try
        {
            return await FindAsync(ct) is { } counted && IsFresh(counted, settings.MaxAge) ? counted : await CountAsync(ct);
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>Counts again before the counts are too old, so that no call has to wait. Does nothing until the first call.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } known && !IsFresh(known, settings.MaxAge / 2))
        {
            await CountAsync(ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _counting.Dispose();

    // Counts of an earlier version have no total, or no formats.
    private bool IsFresh(CreatorFacets facets, TimeSpan age) =>
        facets is { Total: not null, Formats: not null } && time.Now() - facets.CountedAt < age;

    private async Task<CreatorFacets?> FindAsync(CancellationToken ct) =>
        (await containers.Members.FindAsync<FacetsDocument>(FacetsDocument.OnlyId, FacetsDocument.OnlyId, ct))?.Value.Facets;

    private async Task<CreatorFacets> CountAsync(CancellationToken ct)
    {
        // The time before the first count, because a creator who is listed from now on may be missing.
        var now = time.Now();
        var facets = new CreatorFacets(
            now,
            new FacetTotal(await CountAsync("", [], ct), CountPrecision.About),
            await CountAsync(PublishedLists.Categories, " AND ARRAY_CONTAINS(c.categories, @value)", ct),
            await CountAsync(PublishedLists.Platforms, " AND ARRAY_CONTAINS(c.platformNames, @value)", ct),
            Present(await CountAsync(Countries.All, " AND c.country = @value", ct)),
            Present(await CountLanguagesAsync(ct)),
            await CountAsync(PublishedLists.Collaborations, " AND ARRAY_CONTAINS(c.openTo, @value)", ct),
            await CountAsync(PublishedLists.Formats, " AND ARRAY_CONTAINS(c.formats, @value)", ct))
            .Without(await search.FindListedAmongAsync(await suspensions.NowAsync(ct), ct));
        await containers.Members.UpsertItemAsync(
            new FacetsDocument(FacetsDocument.OnlyId, facets), new PartitionKey(FacetsDocument.OnlyId), cancellationToken: ct);
        return facets;
    }

    private async Task<FacetValue[]> CountAsync(IReadOnlyList<string> values, string has, CancellationToken ct)
    {
        var counts = new FacetValue[values.Count];
        await Parallel.ForAsync(0, values.Count, Options(ct), async (i, inner) =>
            counts[i] = new FacetValue(values[i], await CountAsync(has, [("@value", values[i])], inner)));
        return Ordered(counts);
    }

    private async Task<FacetValue[]> CountLanguagesAsync(CancellationToken ct)
    {
        string[][] groups = [.. Languages.All.Select(code => new[] { code }), .. Languages.Further.Chunk(GroupSize)];
        var counts = new IReadOnlyList<FacetValue>[groups.Length];
        await Parallel.ForAsync(0, groups.Length, Options(ct), async (i, inner) => counts[i] = await CountLanguagesAsync(groups[i], inner));
        return Ordered(counts.SelectMany(count => count));
    }

    /// <summary>Counts of the languages in use. An unused group costs one query; a used one is split in half.</summary>
    private async Task<IReadOnlyList<FacetValue>> CountLanguagesAsync(string[] codes, CancellationToken ct)
    {
        var values = codes.SelectMany(LanguageTag.Stored).Select((value, i) => ($"@value{i}", value)).ToArray();
        var count = await CountAsync(
            $" AND ({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.languageRanges, {v.Item1})"))})", values, ct);
        return (count, codes) switch
        {
            (0, _) => [],
            (_, [var code]) => [new FacetValue(code, count)],
            _ => [
                .. await CountLanguagesAsync(codes[..(codes.Length / 2)], ct),
                .. await CountLanguagesAsync(codes[(codes.Length / 2)..], ct)],
        };
    }

    private ValueTask<int> CountAsync(string has, IEnumerable<(string Name, string Value)> values, CancellationToken ct)
    {
        var query = values.Aggregate(
            new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE c.listed = true{has}"),
            (query, value) => query.WithParameter(value.Name, value.Value));
        return containers.Members.ReadAllAsync<int>(query, ct).SumAsync(ct);
    }

    private static ParallelOptions Options(CancellationToken ct) => new() { MaxDegreeOfParallelism = MaxParallel, CancellationToken = ct };

    /// <summary>The values, the most frequent first.</summary>
    internal static FacetValue[] Ordered(IEnumerable<FacetValue> counts) =>
        [.. counts.OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)];

    private static FacetValue[] Present(FacetValue[] values) => [.. values.Where(facet => facet.Count > 0)];
}

/// <summary>A filter value.</summary>
/// <param name="Value">The value in profiles and filters.</param>
/// <param name="Count">The number of creators with this value; null where more match the filters than are counted.</param>
public sealed record FacetValue(string Value, int? Count);

/// <summary>How near a count is to the number of creators.</summary>
public enum CountPrecision
{
    /// <summary>It is the number.</summary>
    Exact,

    /// <summary>It was the number at most an hour ago, unless configured otherwise.</summary>
    About,

    /// <summary>There are more.</summary>
    Over,
}

/// <summary>How many creators there are.</summary>
public sealed record FacetTotal(int Count, CountPrecision Precision);

/// <summary>The filter values of listed creators, each list with the most frequent value first.</summary>
/// <param name="CountedAt">When the creators were counted.</param>
/// <param name="Total">How many creators there are; absent in counts that an earlier version stored.</param>
/// <param name="Categories">The whole published list, including unused values, because profiles choose from it.</param>
/// <param name="Platforms">The whole published list.</param>
/// <param name="Countries">The countries in use.</param>
/// <param name="Languages">The languages in use. As in the filter, <c>pt</c> includes <c>pt-BR</c>.</param>
/// <param name="OpenTo">The whole published list of kinds of collaboration.</param>
/// <param name="Formats">The whole published list.</param>
public sealed record CreatorFacets(
    DateTimeOffset CountedAt,
    FacetTotal? Total,
    IReadOnlyList<FacetValue> Categories,
    IReadOnlyList<FacetValue> Platforms,
    IReadOnlyList<FacetValue> Countries,
    IReadOnlyList<FacetValue> Languages,
    IReadOnlyList<FacetValue> OpenTo,
    IReadOnlyList<FacetValue> Formats)
{
    /// <summary>The counts without some creators, who were counted.</summary>
    public CreatorFacets Without(IReadOnlyList<FilterValues> creators) => creators.Count == 0 ? this : this with
    {
        Total = Total! with { Count = Math.Max(0, Total.Count - creators.Count) },
        Categories = Less(FilterList.Category, creators, keepsAll: true),
        Platforms = Less(FilterList.Platform, creators, keepsAll: true),
        Countries = Less(FilterList.Country, creators, keepsAll: false),
        Languages = Less(FilterList.Language, creators, keepsAll: false),
        OpenTo = Less(FilterList.OpenTo, creators, keepsAll: true),
        Formats = Less(FilterList.Format, creators, keepsAll: true),
    };

    private FacetValue[] Less(FilterList list, IReadOnlyList<FilterValues> creators, bool keepsAll)
    {
        var gone = creators.SelectMany(creator => FilteredFacetCounter.Shown(list, creator.Of(list))).CountBy(value => value)
            .ToDictionary(count => count.Key, count => count.Value, StringComparer.Ordinal);
        return FacetCounter.Ordered(Of(list)
            .Select(facet => facet with { Count = Math.Max(0, facet.Count!.Value - gone.GetValueOrDefault(facet.Value)) })
            .Where(facet => keepsAll || facet.Count > 0));
    }

    /// <summary>The values of one list.</summary>
    public IReadOnlyList<FacetValue> Of(FilterList list) => list switch
    {
        FilterList.Category => Categories,
        FilterList.Platform => Platforms,
        FilterList.Country => Countries,
        FilterList.OpenTo => OpenTo,
        FilterList.Format => Formats,
        _ => Languages,
    };
}

/// <summary>The counts as a document in <c>members</c>, so that every instance answers the same with one read.</summary>
/// <remarks>No member can have its id, because of the colon, and no search finds it, because it has no <c>listed</c>.</remarks>
public sealed record FacetsDocument(string Id, CreatorFacets Facets)
{
    /// <summary>The id of the only document.</summary>
    public const string OnlyId = "facets:creators";
}

/// <summary>The settings of facets.</summary>
/// <param name="MaxAge">The maximum age of stored counts. <c>Facets__MaxAge</c>, one hour.</param>
/// <param name="CountAtMost">
/// How many creators a count for a filter looks at; it says no more than that there are more. <c>Facets__CountAtMost</c>, 1,000.
/// </param>
public sealed record FacetSettings(TimeSpan MaxAge, int CountAtMost)
{
    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static FacetSettings Read(IConfiguration configuration) => new(
        configuration.Duration("Facets:MaxAge", TimeSpan.FromHours(1)), configuration.Number("Facets:CountAtMost", 1000, 1, 10_000));
}
