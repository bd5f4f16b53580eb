using Connections.Changes;
using Connections.Tests.Functions.Moderation;
using Connections.Tests.Functions.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Changes;

/// <summary>Pending invites whose senders are suspended, for an app that catches up.</summary>
public sealed class SuspendedInvitesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private readonly HttpClient _moderator = host.ModeratorOf();

    private DateTimeOffset Now => host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task An_invite_of_a_suspended_member_is_left_out_and_comes_once_when_the_suspension_is_lifted()
    {
        var pair = await Pair.StrangersAsync(host, "heldback");
        var phone = await SleepingAsync(pair);
        await InviteAsync(pair.One, pair.TwoId);
        Assert.Null((await _moderator.SuspendAsync(pair.OneId)).Problem);

        Assert.Empty(await phone.CatchUpAsync());
        // Nothing is new, so the token stays as it is.
        host.Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(await phone.CatchUpAsync());
        var before = phone.Next;
        Assert.Empty(await phone.CatchUpAsync());
        Assert.Equal(before, phone.Next);

        Assert.Null((await _moderator.LiftAsync(pair.OneId)).Problem);
        var change = Assert.Single(await phone.CatchUpAsync());
        Assert.Equal(("pending", pair.ConnectionId), ($"{change["contact"]!["state"]}", $"{change["contact"]!["id"]}"));
        Assert.Empty(await phone.CatchUpAsync());
    }

    [Fact]
    public async Task It_comes_also_to_an_app_that_started_during_the_suspension_and_when_that_ends_by_itself()
    {
        var pair = await Pair.InvitedAsync(host, "heldstart");
        await host.DrainAsync();
        Assert.Null((await _moderator.SuspendAsync(pair.OneId, until: Now.AddHours(1))).Problem);
        var phone = await SleepingAsync(pair);
        Assert.Empty(phone.Contacts);

        host.Pass(TimeSpan.FromHours(2));

        Assert.Single(await phone.CatchUpAsync());
        Assert.Equal([pair.ConnectionId], phone.Contacts.Keys);
    }

    [Fact]
    public async Task What_becomes_of_it_meanwhile_comes_at_once_and_it_does_not_come_back()
    {
        var pair = await Pair.InvitedAsync(host, "heldgone");
        await host.DrainAsync();
        Assert.Null((await _moderator.SuspendAsync(pair.OneId)).Problem);
        var phone = await SleepingAsync(pair);
        Assert.Null((await pair.TwoBlocksAsync()).Problem);
        await host.DrainAsync();
        Assert.Equal("removed", $"{Assert.Single(await phone.CatchUpAsync())["contact"]!["state"]}");

        Assert.Null((await _moderator.LiftAsync(pair.OneId)).Problem);

        Assert.Empty(await phone.CatchUpAsync());
    }

    [Fact]
    public async Task As_many_come_back_as_a_token_holds_and_a_page_has_room_for()
    {
        var pair = await Pair.StrangersAsync(host, "heldmany");
        var phone = await SleepingAsync(pair);
        string[] senders = [.. Enumerable.Range(0, ChangesToken.MaxHeld).Select(i => $"heldmany-{i}")];
        foreach (var sender in senders)
        {
            var client = host.ClientFor(sender);
            await client.BecomeBrandAsync();
            await InviteAsync(client, pair.TwoId);
            Assert.Null((await _moderator.SuspendAsync(sender)).Problem);
        }

        // One that is not suspended comes all the same, page by page.
        await InviteAsync(pair.One, pair.TwoId);
        Assert.Single(await phone.CatchUpAsync(limit: 1));

        foreach (var sender in senders)
        {
            Assert.Null((await _moderator.LiftAsync(sender)).Problem);
        }

        foreach (var _ in senders)
        {
            Assert.Single(await phone.CatchUpAsync(limit: 1));
        }

        Assert.Empty(await phone.CatchUpAsync(limit: 1));
        Assert.Equal(senders.Length + 1, phone.Contacts.Count);
    }

    private async Task InviteAsync(HttpClient inviter, string creatorId)
    {
        Assert.Null((await inviter.SendAsync("/api/invites", new { creatorId })).Problem);
        await host.DrainAsync();
    }

    private async Task<Phone> SleepingAsync(Pair pair)
    {
        host.Pass(TimeSpan.FromMinutes(5));
        var phone = new Phone(() => host.ClientFor(pair.TwoId));
        await phone.StartAsync();
        Assert.Empty(await phone.CatchUpAsync());
        return phone;
    }
}
