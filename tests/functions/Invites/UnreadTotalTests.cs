using System.Net;
using Connections.Tests.Functions.Chat;

namespace Connections.Tests.Functions.Invites;

/// <summary>The unread total is the sum of what all connections show.</summary>
public sealed class UnreadTotalTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task It_follows_sends_deletions_read_marks_and_ends()
    {
        var brand = host.ClientFor("total-brand");
        await brand.BecomeBrandAsync();
        var ids = new List<string>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            var creator = host.ClientFor($"total-{name}");
            await creator.BecomeCreatorAsync(name, $"total{name}");
            ids.Add((await brand.SendAsync("/api/invites", new { creatorId = $"total-{name}" }))["id"].ToString());
            await creator.SendAsync($"/api/invites/{ids[^1]}/accept");
            foreach (var text in new[] { "First", "Second" })
            {
                Assert.Equal(
                    HttpStatusCode.Created,
                    (await creator.SendAsync($"/api/connections/{ids[^1]}/messages", new { clientId = text, text })).Status);
            }
        }

        await brand.SendAsync($"/api/connections/{ids[0]}/messages", new { clientId = "own", text = "My own are read" });
        await IsAsync(brand, 6);
        await brand.PutAsync($"/api/connections/{ids[0]}/read", new { seq = 1 });
        await IsAsync(brand, 5);
        await host.ClientFor("total-two").CallAsync(HttpMethod.Delete, $"/api/connections/{ids[1]}/messages/2");
        await IsAsync(brand, 4);
        await host.ClientFor("total-three").CallAsync(HttpMethod.Delete, $"/api/connections/{ids[2]}");
        await IsAsync(brand, 2);
        await brand.PutAsync($"/api/connections/{ids[0]}/read", new { seq = 2 });
        await brand.PutAsync($"/api/connections/{ids[1]}/read", new { seq = 2 });
        await IsAsync(brand, 0);
        await IsAsync(host.ClientFor("total-one"), 1);
    }

    [Fact]
    public async Task It_is_asked_for_again_by_its_ETag()
    {
        var talk = await Talk.BeginAsync(host, "total-etag");
        var member = host.ClientFor(talk.CreatorId);
        var etag = (await member.ReadAsync("/api/connections/unread")).Headers.ETag!;
        member.DefaultRequestHeaders.IfNoneMatch.Add(etag);
        Assert.Equal(HttpStatusCode.NotModified, (await member.ReadAsync("/api/connections/unread")).Status);

        await talk.SayAsync(talk.Brand, "News");
        await host.DrainAsync();
        Assert.Equal(HttpStatusCode.OK, (await member.ReadAsync("/api/connections/unread")).Status);
    }

    private async Task IsAsync(HttpClient member, long total)
    {
        await host.DrainAsync();
        Assert.Equal(total, (long)(await member.ReadAsync("/api/connections/unread"))["unread"]);
        var shown = (await member.ReadAsync("/api/connections?limit=100"))["value"].AsArray();
        Assert.Equal(total, shown.Sum(contact => (long)contact!["unread"]!));
    }
}
