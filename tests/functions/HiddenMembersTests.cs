using System.Net;
using System.Text;
using Connections.Cosmos;
using Connections.Creators.Favourites;
using Connections.Members;
using Connections.Tests.Functions.Members;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>Pages reveal nothing of hidden members, neither by their number nor by a link.</summary>
public sealed class HiddenMembersTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const int Creators = 5;

    [Fact]
    public async Task A_search_with_hidden_creators_looks_like_one_without_them()
    {
        var all = await AddAsync("searched", Creators);
        for (var hidden = 0; hidden < 1 << Creators; hidden++)
        {
            var caller = host.ClientFor($"searcher-{hidden}");
            await caller.BecomeBrandAsync();
            foreach (var i in Enumerable.Range(0, Creators).Where(i => IsIn(hidden, i)))
            {
                var (blocker, blocked) = i % 2 == 0 ? (caller, all[i]) : (host.ClientFor(all[i]), $"searcher-{hidden}");
                Assert.Equal(HttpStatusCode.NoContent, (await blocker.PutAsync($"/api/blocks/{blocked}", new { })).Status);
            }

            await LooksLikeAsync(
                caller, "/api/creators?q=searched", [.. all.Where((_, i) => !IsIn(hidden, i))], [.. all.Where((_, i) => IsIn(hidden, i))]);
        }
    }

    [Fact]
    public async Task Favourites_who_are_no_longer_listed_leave_no_trace()
    {
        var all = await AddAsync("marked", Creators);
        var caller = host.ClientFor("marker");
        foreach (var id in all)
        {
            using var marked = await caller.PutAsync($"/api/favourites/{id}", null);
            // Favourites of the same millisecond are sorted by id.
            host.Pass(TimeSpan.FromMilliseconds(1));
        }

        for (var hidden = 0; hidden < 1 << Creators; hidden++)
        {
            foreach (var (i, id) in all.Index())
            {
                await SetListedAsync(id, !IsIn(hidden, i));
            }

            await LooksLikeAsync(
                caller, "/api/favourites", [.. all.Where((_, i) => !IsIn(hidden, i)).Reverse()], [.. all.Where((_, i) => IsIn(hidden, i))]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public async Task However_many_are_hidden_in_a_row_those_behind_them_are_on_the_page(int limit)
    {
        const int Count = 400;
        var name = $"many{limit}";
        var all = await AddAsync(name, Count, i => i is 0 or Count - 1);
        var containers = host.Services.GetRequiredService<Containers>();
        foreach (var (i, id) in all.Index())
        {
            await containers.Favourites.CreateItemAsync(new Connections.Creators.Favourites.Favourite(
                new MemberId(id), new MemberId($"{name}-caller"), DateTimeOffset.UnixEpoch.AddSeconds(i)));
        }

        await LooksLikeAsync(host.ClientFor($"{name}-caller"), "/api/favourites", [all[^1], all[0]], [], limit);
    }

    private static bool IsIn(int set, int i) => (set >> i & 1) == 1;

    private static async Task LooksLikeAsync(HttpClient caller, string path, string[] seen, string[] hidden, params int[] limits)
    {
        foreach (var limit in limits.Length > 0 ? limits : [1, 2, 3, 4, 5])
        {
            var pages = seen.Chunk(limit).DefaultIfEmpty([]).ToList();
            var link = path.With($"limit={limit}");
            foreach (var (i, expected) in pages.Index())
            {
                var page = await caller.GetJsonAsync(link);
                Assert.Equal(expected, page.GetProperty("value").EnumerateArray().Ids());
                Assert.True(
                    page.TryGetProperty("nextLink", out var next) == i < pages.Count - 1,
                    $"{link} of {string.Join(' ', seen)} without {string.Join(' ', hidden)}");
                link = next.ValueKind == System.Text.Json.JsonValueKind.String ? next.GetString()! : "";
                var named =
                    link.Length == 0 ? "" : Encoding.Latin1.GetString(WebEncoders.Base64UrlDecode(link[(link.LastIndexOf('=') + 1)..]));
                Assert.All(hidden, id => Assert.DoesNotContain(id, named, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Adds creators with equal reach, to be found by their name; returns their ids in order.</summary>
    private async Task<string[]> AddAsync(string name, int count, Func<int, bool>? listed = null)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{name}-{i:000}").ToArray();
        await Parallel.ForEachAsync(
            ids.Index(), async (creator, _) => await host.AddCreatorAsync(creator.Item, listed?.Invoke(creator.Index) ?? true, name));
        return ids;
    }

    private Task<Member> SetListedAsync(string id, bool listed) => host.ChangeMemberAsync(id, member => member with { Listed = listed });
}
