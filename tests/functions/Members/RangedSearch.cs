using System.Text.Json;
using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Members;

/// <summary>The result of the searches over three physical partitions.</summary>
/// <param name="Mismatches">The searches with unexpected answers.</param>
/// <param name="Found">How many creators were found in all.</param>
/// <param name="Queries">How many queries each partition was sent.</param>
/// <param name="PlanRequests">How many plans the SDK asked for.</param>
/// <param name="Merged">Whether queries were sent as the SDK rewrites them to merge the answers in order.</param>
internal sealed record RangedSearchResult(
    IReadOnlyList<string> Mismatches, int Found, IReadOnlyList<int> Queries, int PlanRequests, bool Merged);

/// <summary>Searches over three physical partitions, in a process whose SDK plans queries natively.</summary>
internal static class RangedSearch
{
    private const int Creators = 60;
    private const int Searches = 60;

    /// <summary>Runs the searches.</summary>
    public static async Task<RangedSearchResult> RunAsync(string folder)
    {
        using var ranged = await RangedCosmos.CreateAsync(folder);
        var log = new RequestLog();
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync(
            o => o with { Services = services => services.AroundDatabase(log, _ => ranged) });
        var cast = SearchCast.Of(Creators);
        await Parallel.ForEachAsync(cast, async (member, ct) => Assert.True(await host.Members().TryCreateAsync(member, ct)));
        var brand = host.ClientFor("brand");

        var random = new Random(20261128);
        string[] sorts = ["followers", "engagement", "newest"];
        int[] limits = [1, 7, 50];
        var paths = sorts.SelectMany(sort => limits.Select(limit => $"/api/creators?sort={sort}&limit={limit}"))
            .Concat(Enumerable.Range(0, Searches).Select(i => SearchCast.AnyQuery(random).With($"limit={limits[i % limits.Length]}")));
        var (wrong, found) = (new List<string>(), 0);
        foreach (var path in paths)
        {
            var expected = SearchCast.Expected(cast, path);
            var (items, _) = await brand.AllAsync(path);
            found += expected.Length;
            if (!expected.SequenceEqual(items.Ids()))
            {
                wrong.Add($"{path}: {string.Join(' ', items.Ids())} and not {string.Join(' ', expected)}");
            }

            var filters = path.Split('?', '&').Skip(1).Where(parameter => parameter.Split('=')[0] is not ("sort" or "limit"));
            var total = (await brand.GetJsonAsync($"/api/creators/facets?{string.Join('&', filters)}"))
                .GetProperty("total").GetProperty("count").GetInt32();
            if (total != expected.Length)
            {
                wrong.Add($"{path}: {total} are counted and not {expected.Length}.");
            }
        }

        var facets = await brand.GetJsonAsync("/api/creators/facets");
        foreach (var facet in facets.GetProperty("categories").EnumerateArray())
        {
            var (value, count) = (facet.GetProperty("value").GetString()!, facet.GetProperty("count").GetInt32());
            if (count != cast.Count(member => member.Listed && member.Categories.Contains(value)))
            {
                wrong.Add($"The count of {value} is {count}.");
            }
        }

        var many = await host.Members().FindManyAsync(cast.Select(member => member.Id), default);
        if (!many.Keys.Select(id => id.Value).Order(StringComparer.Ordinal)
            .SequenceEqual(cast.Select(member => member.Id.Value).Order(StringComparer.Ordinal)))
        {
            wrong.Add($"{many.Count} members were found by their ids.");
        }

        return new RangedSearchResult(wrong, found, ranged.Queries, ranged.PlanRequests, log.Sent
            .Any(request => request.Query?.Contains("orderByItems", StringComparison.Ordinal) == true));
    }
}
