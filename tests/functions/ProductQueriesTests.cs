using Connections.Chat;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Connections.Tests.Local.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>Cosmos DB accepts every query of the product, according to the planner in the SDK.</summary>
public sealed class ProductQueriesTests
{
    private const string Filters =
        "q=sl%C3%B6w%20trails&category=travel&category=food&platform=instagram&platform=youtube&country=NO&country=SE&language=nb"
            + "&language=fil&openTo=paid&openTo=gifted&format=story"
            + "&available=2026-12-01&minFollowers=1&maxFollowers=9999999&minEngagement=0.001";

    [Fact]
    public async Task The_planner_of_the_SDK_accepts_each_of_them()
    {
        var log = new RequestLog();
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Services = log.Watch, Settings = new Dictionary<string, string?> { ["Invites:PendingAtMost"] = "1" } });
        var brand = host.ClientFor("brand");
        var creator = host.ClientFor("creator");
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        await host.ClientFor("other").BecomeCreatorAsync("Other", "other");

        foreach (var sort in new[] { "followers", "engagement", "newest" })
        {
            await brand.ReadAsync($"/api/creators?{Filters}&sort={sort}");
            await FollowAsync(brand, $"/api/creators?sort={sort}&limit=1");
            foreach (var platform in PublishedLists.Platforms)
            {
                await brand.ReadAsync($"/api/creators?sort={sort}&platform={platform}&minFollowers=1");
            }
        }

        await brand.ReadAsync("/api/creators/facets");
        foreach (var filter in new[] { Filters, "q=slow", "category=travel", "category=travel&country=NO", "minFollowers=1&platform=x" })
        {
            await brand.ReadAsync($"/api/creators/facets?{filter}");
        }

        await brand.PutAsync("/api/favourites/creator", new { });
        await brand.ReadAsync("/api/favourites");
        await brand.ReadAsync("/api/favourites?list=Spring");
        await brand.ReadAsync("/api/favourite-lists");
        // The first is counted.
        await brand.PutAsync("/api/dismissed/other", new { });
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();
        Assert.Equal("invite-limit-pending", (await brand.SendAsync("/api/invites", new { creatorId = "other" })).Problem);
        foreach (var state in new[] { "", "&state=pending", "&state=connected", "&state=declined", "&state=revoked", "&state=expired" })
        {
            await brand.ReadAsync($"/api/invites?direction=sent{state}");
        }

        await creator.SendAsync($"/api/invites/{id}/accept");
        await brand.ReadAsync("/api/connections");
        await brand.ReadAsync("/api/connections?state=ended");
        foreach (var part in new[] { "inbox", "unread", "pinned", "archived" })
        {
            await brand.ReadAsync($"/api/connections?show={part}");
        }

        await brand.ReadAsync("/api/connections/unread");
        await brand.ReadAsync($"/api/connections?id={id}&id=c{new string('0', 30)}");
        await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "same", text = "One" })));
        var batch = new[] { "same", "same", "2" }.Select(clientId => new { clientId, text = "One" });
        await brand.SendAsync($"/api/connections/{id}/messages/batch", new { messages = batch });
        // More than one quote is found by a query.
        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "3", text = "Three", replyTo = 1 });
        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "4", text = "Four", replyTo = 2 });
        await brand.ReadAsync($"/api/connections/{id}/messages?after=2");
        foreach (var query in new[] { "", "?before=2", "?after=0", "?q=one", "?q=one&before=2" })
        {
            await brand.ReadAsync($"/api/connections/{id}/messages{query}");
        }

        var since = (await brand.ReadAsync("/api/changes"))["next"];
        await brand.CallAsync(HttpMethod.Patch, $"/api/connections/{id}/messages/1", new { text = "Two" });
        await brand.ReadAsync($"/api/changes?since={since}");

        await brand.PutAsync("/api/blocks/other", new { });
        await brand.ReadAsync("/api/blocks");
        await brand.ReadAsync("/api/me/export");
        await creator.CallAsync(HttpMethod.Delete, "/api/me");
        await ActivatorUtilities.CreateInstance<SweepOwedMembers>(host.Services).Run(new(), CancellationToken.None);
        await brand.SendAsync("/api/reports", new { memberId = "other", reason = "spam" });
        await ActivatorUtilities.CreateInstance<SweepReports>(host.Services).Run(new(), CancellationToken.None);
        await ActivatorUtilities.CreateInstance<SweepOwed>(host.Services).Run(new(), CancellationToken.None);
        await ActivatorUtilities.CreateInstance<ExpireInvites>(host.Services).Run(new(), CancellationToken.None);
        foreach (var newestFirst in new[] { false, true })
        {
            var messages = host.Services.GetRequiredService<MessageStore>();
            Assert.Equal(4, (await messages.FromAfterAsync(id, new("brand"), 0, 100, newestFirst, default)).Count);
        }

        await host.FillAsync("pager", 6, alike: 3);
        foreach (var list in Lists.Paths)
        {
            await FollowAsync(host.ClientFor("pager"), list.With("limit=2"));
        }

        await host.DrainAsync();

        var queries = log.Sent.Where(request => request.Query is not null)
            .Select(request => (request.Container, Query: request.Query!)).Distinct().ToList();
        Assert.Superset(
            new HashSet<string>(["blocks", "connections", "contacts", "favourites", "leases", "members", "messages", "reports"]),
            queries.Select(query => query.Container).ToHashSet());
        Assert.InRange(queries.Count, 50, 250);
        Assert.All(queries, query => Assert.Null(NativePlanner.ErrorOf(query.Query)));
    }

    private static async Task FollowAsync(HttpClient client, string? link)
    {
        while (link is not null)
        {
            link = (await client.ReadAsync(link)).Body!["nextLink"]?.ToString();
        }
    }
}
