using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Facets;

/// <summary>Counts the listed creators by every value that they can be filtered by, and keeps the counts.</summary>
/// <remarks>
/// One count a value, some hundred in all, each answered from the index: the cost grows with the values and not with what the
/// profiles hold. The languages that most often nobody has are counted many at once, and apart only where somebody has one of them. A count in the meantime of another instance is overwritten by an equal one, which harms nobody.
/// </remarks>
public sealed class FacetCounter(Containers containers, FacetSettings settings, TimeProvider time) : IDisposable
{
    private const int AtOnce = 8;

    /// <summary>How many languages one query looks for that may be nobody's.</summary>
    private const int Group = 32;

    // Of many calls that find the counts too old, one counts and the others wait for it.
    private readonly SemaphoreSlim _counting = new(1);

    /// <summary>Counts no older than the setting says. One request when there are such, which is always but after a pause of everybody.</summary>
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

    /// <summary>Counts again before the counts are too old, so that no call waits for it. Counts nothing while nobody has ever asked.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } known && !IsFresh(known, settings.MaxAge / 2))
        {
            await CountAsync(ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _counting.Dispose();

    private bool IsFresh(CreatorFacets facets, TimeSpan age) => time.Now() - facets.CountedAt < age;

    private async Task<CreatorFacets?> FindAsync(CancellationToken ct) =>
        (await containers.Members.FindAsync<FacetsDocument>(FacetsDocument.OnlyId, FacetsDocument.OnlyId, ct))?.Value.Facets;

    private async Task<CreatorFacets> CountAsync(CancellationToken ct)
    {
        // The time before the first count: what is listed from now on may be missing.
        var now = time.Now();
        var facets = new CreatorFacets(
            now,
            await CountAsync(PublishedLists.Categories, "ARRAY_CONTAINS(c.categories, @value)", ct),
            await CountAsync(PublishedLists.Platforms, "ARRAY_CONTAINS(c.platformNames, @value)", ct),
            Present(await CountAsync(Countries.All, "c.country = @value", ct)),
            Present(await CountLanguagesAsync(ct)));
        await containers.Members.UpsertItemAsync(new FacetsDocument(FacetsDocument.OnlyId, facets), new PartitionKey(FacetsDocument.OnlyId), cancellationToken: ct);
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
        string[][] groups = [.. Languages.All.Select(code => new[] { code }), .. Languages.Further.Chunk(Group)];
        var counts = new IReadOnlyList<FacetValue>[groups.Length];
        await Parallel.ForAsync(0, groups.Length, Options(ct), async (i, inner) => counts[i] = await CountLanguagesAsync(groups[i], inner));
        return Ordered(counts.SelectMany(count => count));
    }

    /// <summary>The counts of those languages that somebody has: a group that nobody has is one query, any other is halved.</summary>
    private async Task<IReadOnlyList<FacetValue>> CountLanguagesAsync(string[] codes, CancellationToken ct)
    {
        var values = codes.SelectMany(LanguageTag.Stored).Select((value, i) => ($"@value{i}", value)).ToArray();
        var count = await CountAsync($"({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.languageRanges, {v.Item1})"))})", values, ct);
        return (count, codes) switch
        {
            (0, _) => [],
            (_, [var code]) => [new FacetValue(code, count)],
            _ => [.. await CountLanguagesAsync(codes[..(codes.Length / 2)], ct), .. await CountLanguagesAsync(codes[(codes.Length / 2)..], ct)],
        };
    }

    private ValueTask<int> CountAsync(string has, IEnumerable<(string Name, string Value)> values, CancellationToken ct)
    {
        var query = values.Aggregate(
            new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE c.listed = true AND {has}"), (query, value) => query.WithParameter(value.Name, value.Value));
        return containers.Members.ReadAllAsync<int>(query, ct).SumAsync(ct);
    }

    private static ParallelOptions Options(CancellationToken ct) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };

    private static FacetValue[] Ordered(IEnumerable<FacetValue> counts) =>
        [.. counts.OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)];

    private static FacetValue[] Present(FacetValue[] values) => [.. values.Where(facet => facet.Count > 0)];
}
