using Microsoft.Azure.Cosmos;

namespace Connections.Members.Facets;

/// <summary>Counts the listed creators by every value that they can be filtered by, and keeps the counts.</summary>
/// <remarks>
/// One count a value, some hundred in all, each answered from the index: the cost grows with the values and not with what the
/// profiles hold. A count in the meantime of another instance is overwritten by an equal one, which harms nobody.
/// </remarks>
public sealed class FacetCounter(Database database, FacetSettings settings, TimeProvider time) : IDisposable
{
    private const int AtOnce = 8;

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
        (await database.Members.FindAsync<FacetsDocument>(FacetsDocument.OnlyId, FacetsDocument.OnlyId, ct))?.Value.Facets;

    private async Task<CreatorFacets> CountAsync(CancellationToken ct)
    {
        // The time before the first count: what is listed from now on may be missing.
        var now = time.Now();
        var facets = new CreatorFacets(
            now,
            await CountAsync(PublishedLists.Categories, "ARRAY_CONTAINS(c.categories, @value)", ct),
            await CountAsync(PublishedLists.Platforms, "ARRAY_CONTAINS(c.platformNames, @value)", ct),
            Present(await CountAsync(Countries.All, "c.country = @value", ct)),
            Present(await CountAsync(Languages.All, "ARRAY_CONTAINS(c.languageRanges, @value)", ct)));
        await database.Members.UpsertItemAsync(new FacetsDocument(FacetsDocument.OnlyId, facets), new PartitionKey(FacetsDocument.OnlyId), cancellationToken: ct);
        return facets;
    }

    private async Task<FacetValue[]> CountAsync(IReadOnlyList<string> values, string has, CancellationToken ct)
    {
        var counts = new FacetValue[values.Count];
        await Parallel.ForAsync(0, values.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, inner) =>
        {
            var query = new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE c.listed = true AND {has}").WithParameter("@value", values[i]);
            using var pages = database.Members.GetItemQueryIterator<int>(query);
            var count = 0;
            while (pages.HasMoreResults)
            {
                count += (await pages.ReadNextAsync(inner)).Sum();
            }

            counts[i] = new FacetValue(values[i], count);
        });
        return [.. counts.OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)];
    }

    private static FacetValue[] Present(FacetValue[] values) => [.. values.Where(facet => facet.Count > 0)];
}
