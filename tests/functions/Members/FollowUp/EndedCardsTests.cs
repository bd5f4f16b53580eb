using Connections.Tests.Local.Worker;

namespace Connections.Tests.Functions.Members.FollowUp;

/// <summary>Once an invite or a connection has ended, no later change of a profile reaches the other side.</summary>
public sealed class EndedCardsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData("declined")]
    [InlineData("revoked")]
    [InlineData("removed")]
    [InlineData("removed-by-brand")]
    [InlineData("blocked")]
    public async Task Both_stay_as_they_were_last_seen_until_they_invite_again(string end)
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, end);
        await host.DrainAsync();
        await (end switch
        {
            "declined" => creator.SendAsync($"/api/invites/{id}/decline"),
            "revoked" => brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}"),
            "blocked" => BlockAndLiftAsync(creator, $"{end}-brand"),
            _ => RemoveAsync(creator, end == "removed" ? creator : brand, id),
        });

        // At once, so that the change may be followed up before the end is.
        await HideAsync(creator, "New creator");
        await brand.BecomeBrandAsync("New brand");
        await host.DrainAsync();

        Assert.Equal("Mira Lund", await NameAsync(brand, id));
        Assert.Equal("Aurora Outdoor", await NameAsync(creator, id));
        Assert.Equal("not-found", (await brand.ReadAsync($"/api/creators/{end}-creator")).Problem);

        if (end == "removed")
        {
            await creator.BecomeCreatorAsync("Back", "back");
            var again = await brand.SendAsync("/api/invites", new { creatorId = $"{end}-creator" });
            Assert.Equal(("pending", "Back"), (again["state"].ToString(), again["other"]["displayName"]!.ToString()));
            await host.DrainAsync();
            Assert.Equal("New brand", await NameAsync(creator, id));
            await creator.SendAsync($"/api/invites/{id}/accept");
            await HideAsync(creator, "Seen again");
            await host.DrainAsync();
            Assert.Equal("Seen again", await NameAsync(brand, id));
        }
    }

    [Fact]
    public async Task An_invite_that_is_revoked_at_once_shows_who_asked_as_they_were_then()
    {
        await using var still = await LocalHostFixture.StartWithoutTriggersAsync();
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(still, "unseen");
        await brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}");
        await brand.BecomeBrandAsync("New brand");

        await CardChangesTests.FollowConnectionAsync(still, id);

        Assert.Equal("Aurora Outdoor", await NameAsync(creator, id));
    }

    [Fact]
    public async Task An_invite_whose_time_is_over_follows_no_profile()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var later = await LocalHostFixture.StartAsync(o => o with { Time = time, Creators = 0 });
        var (_, _, id) = await CardChangesTests.InvitedAsync(later, "over");
        await later.DrainAsync();
        time.Advance(TimeSpan.FromDays(30));

        await HideAsync(later.ClientFor("over-creator"), "New");
        await later.DrainAsync();

        Assert.Equal("Mira Lund", await NameAsync(later.ClientFor("over-brand"), id));
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("blocked")]
    public async Task A_member_who_erases_their_profile_is_a_former_member_whatever_the_state(string end)
    {
        var name = $"gone-{end}";
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, name);
        await (end == "declined" ? creator.SendAsync($"/api/invites/{id}/decline") : BlockAndLiftAsync(creator, $"{name}-brand"));
        await host.DrainAsync();

        Assert.Null((await creator.CallAsync(HttpMethod.Delete, "/api/me")).Problem);
        await host.DrainAsync();

        Assert.Equal("Former member", await NameAsync(brand, id));
    }

    private static async Task<Answer> RemoveAsync(HttpClient invitee, HttpClient remover, string id)
    {
        await invitee.SendAsync($"/api/invites/{id}/accept");
        return await remover.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");
    }

    private static async Task<Answer> BlockAndLiftAsync(HttpClient blocker, string other)
    {
        await blocker.PutAsync($"/api/blocks/{other}", new { });
        return await blocker.CallAsync(HttpMethod.Delete, $"/api/blocks/{other}");
    }

    private static async Task<string> NameAsync(HttpClient member, string id) =>
        (await member.ReadAsync($"/api/connections/{id}"))["other"]["displayName"]!.ToString();

    private static async Task HideAsync(HttpClient creator, string name) =>
        Assert.Null((await creator.PutAsync("/api/me", new { kind = "creator", displayName = name, listed = false })).Problem);
}
