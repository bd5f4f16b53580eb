using System.Net;

namespace Connections.Tests.Functions;

/// <summary>Parallel calls duplicate and lose nothing, and one of them wins.</summary>
public sealed class RacesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task Two_hundred_invites_at_once_make_one_connection_and_one_email()
    {
        var brand = host.ClientFor("race-brand", "Aurora Outdoor");
        await brand.BecomeBrandAsync();
        await host.ClientFor("race-creator").BecomeCreatorAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => brand.SendAsync("/api/invites", new { creatorId = "race-creator" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(199, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer["id"].ToString()).Distinct());
        Assert.Single((await brand.ReadAsync("/api/invites?direction=sent"))["value"].AsArray());

        await host.MailAsync("race-creator@example.com");
        await host.DrainAsync();
        Assert.Single(await host.OutboxAsync("race-creator@example.com"));
    }

    [Fact]
    public async Task Accept_against_revoke_has_one_winner_a_hundred_times()
    {
        var creator = host.ClientFor("tug-creator");
        await creator.BecomeCreatorAsync();
        var accepted = 0;
        for (var round = 0; round < 100; round++)
        {
            var brand = host.ClientFor($"tug-brand-{round}");
            await brand.BecomeBrandAsync();
            var id = (await brand.SendAsync("/api/invites", new { creatorId = "tug-creator" }))["id"].ToString();

            // Alternates the order of the two calls, so that each wins sometimes.
            Func<Task<Answer>> accept = () => creator.SendAsync($"/api/invites/{id}/accept");
            Func<Task<Answer>> revoke = () => brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}");
            var both = await Task.WhenAll((round % 2 == 0 ? new[] { accept, revoke } : [revoke, accept]).Select(call => call()));
            var (won, lost) = both[0].Status == HttpStatusCode.OK ? (both[0], both[1]) : (both[1], both[0]);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (won.Status, lost.Status));
            Assert.Equal("invite-not-pending", lost.Problem);
            Assert.Equal(won["state"].ToString(), lost["state"].ToString());
            var after = await Calls.EventuallyAsync(() => creator.ReadAsync($"/api/connections/{id}"), c =>
                c.Status == HttpStatusCode.OK && c["state"].ToString() == won["state"].ToString());
            Assert.Equal(won["state"].ToString(), after["state"].ToString());
            accepted += won["state"].ToString() == "connected" ? 1 : 0;
        }

        Assert.InRange(accepted, 1, 99);
    }

    [Fact]
    public async Task A_hundred_sends_at_once_get_a_hundred_numbers_without_a_gap()
    {
        await using var roomy = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = "100" } });
        var (brand, _, id) = await ConnectedAsync(roomy, "crowd");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = $"m{i}", text = $"Message {i}" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(Enumerable.Range(1, 100), answers.Select(answer => (int)answer["seq"]).Order());
        var history = await brand.ReadAsync($"/api/connections/{id}/messages?after=0&limit=100");
        Assert.Equal(Enumerable.Range(1, 100), history["value"].AsArray().Select(message => (int)message!["seq"]!));
    }

    [Fact]
    public async Task The_same_send_twenty_times_at_once_is_one_message()
    {
        var (brand, creator, id) = await ConnectedAsync(host, "echo");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "same", text = "Once" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Equal(1, (int)answer["seq"]));
        Assert.Single((await creator.ReadAsync($"/api/connections/{id}/messages"))["value"].AsArray());
        var contact = await Calls.EventuallyAsync(() => creator.ReadAsync($"/api/connections/{id}"), c => (int)c["unread"] > 0);
        Assert.Equal(1, (int)contact["unread"]);
    }

    [Fact]
    public async Task Invites_from_both_sides_at_once_connect_the_two()
    {
        for (var round = 0; round < 20; round++)
        {
            var one = host.ClientFor($"both-one-{round}");
            var two = host.ClientFor($"both-two-{round}");
            await one.BecomeCreatorAsync("One", $"one{round}");
            await two.BecomeCreatorAsync("Two", $"two{round}");

            var both = await Task.WhenAll(one.SendAsync("/api/invites", new { creatorId = $"both-two-{round}" }), two.SendAsync(
                "/api/invites", new { creatorId = $"both-one-{round}" }));

            Assert.Single(both, answer => answer.Status == HttpStatusCode.Created);
            Assert.Single(both, answer => answer.Status == HttpStatusCode.OK && answer["state"].ToString() == "connected");
        }
    }

    private static async Task<(HttpClient Brand, HttpClient Creator, string Id)> ConnectedAsync(LocalHostFixture host, string name)
    {
        var (brand, creator) = (host.ClientFor($"{name}-brand"), host.ClientFor($"{name}-creator"));
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        var id = (await brand.SendAsync("/api/invites", new { creatorId = $"{name}-creator" }))["id"].ToString();
        await creator.SendAsync($"/api/invites/{id}/accept");
        return (brand, creator, id);
    }
}
