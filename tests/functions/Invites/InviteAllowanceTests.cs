using System.Net;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Tests.Local.Worker;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests.Functions.Invites;

/// <summary>Every invite that owes an email takes one of the daily allowance, and nothing else does.</summary>
public sealed class InviteAllowanceTests
{
    [Fact]
    public async Task Inviting_blocking_lifting_and_inviting_again_sends_one_email_and_is_locked()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var (brand, _) = await PairAsync(host);
        var answers = new List<string?>();
        for (var round = 0; round < 10; round++)
        {
            answers.Add((await brand.SendAsync("/api/invites", new { creatorId = "creator", note = $"Note {round}" })).Problem);
            await brand.PutAsync("/api/blocks/creator", new { });
            await brand.CallAsync(HttpMethod.Delete, "/api/blocks/creator");
        }

        Assert.Equal([null, .. Enumerable.Repeat("invite-locked", 9)], answers);
        await host.DrainAsync();
        Assert.InRange((await host.OutboxAsync("creator@example.com")).Count, 0, 1);
    }

    [Fact]
    public async Task A_second_invite_of_a_pair_on_one_day_takes_a_place_of_its_own()
    {
        await using var host = await StartAsync(perDay: 2);
        var (brand, creator) = await PairAsync(host);
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(HttpStatusCode.OK, (await creator.SendAsync($"/api/invites/{id}/accept")).Status);
            Assert.Equal(HttpStatusCode.OK, (await brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}")).Status);
            var again = await brand.SendAsync("/api/invites", new { creatorId = "creator" });
            Assert.Equal(round == 0 ? null : "invite-limit-day", again.Problem);
        }

        Assert.Equal(2, (await RecordAsync(host)).InviteNumber);
    }

    [Fact]
    public async Task What_makes_no_invite_takes_no_place()
    {
        await using var host = await StartAsync(perDay: 1);
        var (brand, creator) = await PairAsync(host);
        var other = host.ClientFor("other");
        await other.BecomeCreatorAsync("Other", "other");
        foreach (var id in new[] { "blocks", "free" })
        {
            await host.ClientFor(id).BecomeCreatorAsync(id, id);
        }

        await host.ClientFor("blocks").PutAsync("/api/blocks/creator", new { });
        await host.ClientFor("unlisted").BecomeBrandAsync("A brand");

        // The creator has an allowance of one. None of these takes it: accepting by inviting back, a repeat,
        // a connected member, uninvitable members.
        await other.SendAsync("/api/invites", new { creatorId = "creator" });
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("connected", (await creator.SendAsync("/api/invites", new { creatorId = "other" }))["state"].ToString());
        }

        foreach (var id in new[] { "nobody-by-this-id", "blocks", "unlisted" })
        {
            Assert.Equal("not-found", (await creator.SendAsync("/api/invites", new { creatorId = id })).Problem);
        }

        Assert.Equal(HttpStatusCode.Created, (await creator.SendAsync("/api/invites", new { creatorId = "free" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await creator.SendAsync("/api/invites", new { creatorId = "free" })).Status);
        Assert.Equal("invite-limit-day", (await creator.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Problem);
        Assert.Null((await brand.SendAsync("/api/invites", new { creatorId = "creator" })).Problem);
    }

    [Fact]
    public async Task Invites_from_both_sides_at_once_take_one_place_of_the_two()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Settings = Settings(perDay: 1), Creators = 0 });
        for (var round = 0; round < 20; round++)
        {
            var (one, two) = (host.ClientFor($"one-{round}"), host.ClientFor($"two-{round}"));
            await one.BecomeCreatorAsync("One", $"one{round}");
            await two.BecomeCreatorAsync("Two", $"two{round}");
            await host.ClientFor($"three-{round}").BecomeCreatorAsync("Three", $"three{round}");

            var both = await Task.WhenAll(
                one.SendAsync("/api/invites", new { creatorId = $"two-{round}" }),
                two.SendAsync("/api/invites", new { creatorId = $"one-{round}" }));

            // Accepting takes no allowance; inviting takes one.
            Assert.Single(both, answer => answer.Status == HttpStatusCode.Created);
            foreach (var (member, answer) in new[] { (one, both[0]), (two, both[1]) })
            {
                var next = await member.SendAsync("/api/invites", new { creatorId = $"three-{round}" });
                Assert.Equal(answer.Status == HttpStatusCode.Created ? "invite-limit-day" : null, next.Problem);
            }
        }
    }

    [Fact]
    public async Task The_same_second_invite_twenty_times_at_once_takes_one_place()
    {
        await using var host = await StartAsync(perDay: 3);
        var (brand, creator) = await PairAsync(host);
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();
        await creator.SendAsync($"/api/invites/{id}/accept");
        await creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");
        await host.ClientFor("third").BecomeCreatorAsync("Third", "third");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => brand.SendAsync("/api/invites", new { creatorId = "creator" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Null(answer.Problem));
        Assert.Equal(2, (await RecordAsync(host)).InviteNumber);
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "third" })).Status);
        Assert.Equal("invite-limit-day", (await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Problem);
    }

    [Fact]
    public async Task A_new_day_has_all_its_places()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 23, 0, 0, TimeSpan.Zero));
        await using var host = await LocalHostFixture.StartAsync(o => o with { Time = time, Settings = Settings(perDay: 1) });
        var (brand, _) = await PairAsync(host);
        Assert.Null((await brand.SendAsync("/api/invites", new { creatorId = "creator" })).Problem);
        Assert.Equal("invite-limit-day", (await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Problem);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await host.ClientFor("brand").SendAsync("/api/invites", new { creatorId = "demo-creator" })).Problem);
    }

    [Fact]
    public async Task Invites_that_were_counted_in_the_earlier_document_count()
    {
        await using var host = await StartAsync(perDay: 3);
        var (brand, _) = await PairAsync(host);
        var now = DateTimeOffset.UtcNow;
        await host.Services.GetRequiredService<Containers>().Contacts.CreateItemAsync(
            new
            {
                id = "allowance",
                memberId = "brand",
                day = $"{now:yyyy-MM-dd}",
                count = 2,
                pendingAtMost = 1,
                pairs = new Dictionary<string, DateTimeOffset>
                {
                    [$"{ConnectionId.Of(new MemberId("brand"), new MemberId("creator"))}_1"] = now,
                },
            },
            new PartitionKey("brand"));

        // The permit of this invite was taken before.
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "creator" })).Status);
        await host.ClientFor("other").BecomeCreatorAsync("Other", "other");
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "other" })).Status);
        Assert.Equal("invite-limit-day", (await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Problem);
    }

    private static Dictionary<string, string?> Settings(int perDay) => new() { ["Invites:PerDay"] = $"{perDay}" };

    private static Task<LocalHostFixture> StartAsync(int perDay) =>
        LocalHostFixture.StartWithoutTriggersAsync(o => o with { Creators = 10, Settings = Settings(perDay) });

    private static async Task<(HttpClient Brand, HttpClient Creator)> PairAsync(LocalHostFixture host)
    {
        var (brand, creator) = (host.ClientFor("brand"), host.ClientFor("creator"));
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        return (brand, creator);
    }

    private static async Task<Connection> RecordAsync(LocalHostFixture host) =>
        (await host.Services.GetRequiredService<ConnectionStore>()
            .FindAsync(ConnectionId.Of(new MemberId("brand"), new MemberId("creator")), default))!.Value;
}
