using Connections.Invites;
using Connections.Invites.Contacts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Invites;

/// <summary>An invite without an answer expires after 30 days, with a record and without an email.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task After_30_days_an_invite_is_expired_in_the_record_and_in_both_rows_and_both_sides_hear_of_it()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.InviteAsync();
        await clocked.PassAsync(Month - Minutes);
        Assert.Equal(ConnectionState.Pending, (await FindAsync(clocked, id)).State);

        await using var brand = await LiveClient.OpenAsync(clocked.Host.ClientFor("brand"));
        await using var creator = await LiveClient.OpenAsync(clocked.Host.ClientFor("creator"));
        await clocked.PassAsync(Minutes);

        var connection = await FindAsync(clocked, id);
        Assert.Equal((ConnectionState.Expired, connection.ExpiresAt), (connection.State, connection.AnsweredAt));
        Assert.Empty(connection.LinkHashes);
        foreach (var (member, live) in new[] { ("brand", brand), ("creator", creator) })
        {
            var row = await clocked.Host.Services.GetRequiredService<ContactStore>().FindAsync(new MemberId(member), id, default);
            Assert.Equal(ConnectionState.Expired, row!.Pair.State);
            var changed = await live.EventAsync(e => e["type"]!.ToString() == "connection.changed");
            Assert.Equal("expired", changed["contact"]!["state"]!.ToString());
            Assert.Empty((await clocked.Host.ClientFor(
                member).ReadAsync($"/api/invites?direction={(member == "brand" ? "sent" : "received")}&state=pending"))["value"].AsArray());
        }
    }

    [Fact]
    public async Task Expiry_sends_no_email()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await clocked.InviteAsync();
        await clocked.PassAsync(Month - Minutes);
        var before = (await clocked.Host.OutboxAsync()).Count;
        await clocked.PassAsync(Minutes);
        await clocked.PassAsync(Month);
        Assert.Equal(before, (await clocked.Host.OutboxAsync()).Count);
    }

    [Fact]
    public async Task What_expires_while_the_host_is_down_is_ended_once_by_the_next_start()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await clocked.InviteAsync($"creator{i}"));
        }

        Assert.Null((await clocked.Host.ClientFor("creator0").SendAsync($"/api/invites/{ids[0]}/accept")).Problem);
        await clocked.PassAsync(Minutes);
        await clocked.RestartAfterAsync(Month);
        var after = await Task.WhenAll(ids.Select(id => FindAsync(clocked, id)));
        Assert.Equal(
            [ConnectionState.Connected, .. Enumerable.Repeat(ConnectionState.Expired, 4)], after.Select(connection => connection.State));

        // Repeated and parallel runs find nothing to do, and change nothing.
        var clock = ActivatorUtilities.CreateInstance<ExpireInvites>(clocked.Host.Services);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clock.Run(new TimerInfo(), default)));
        Assert.Equal(
            after.Select(connection => connection.Version),
            (await Task.WhenAll(ids.Select(id => FindAsync(clocked, id)))).Select(connection => connection.Version));
    }

    [Fact]
    public async Task An_invite_that_is_made_anew_after_its_end_is_not_ended_with_it()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.InviteAsync();
        // A new invite before the timer runs.
        clocked.Time.Advance(Month);
        Assert.Equal(id, await clocked.InviteAsync());
        await clocked.PassAsync(Minutes);
        var connection = await FindAsync(clocked, id);
        Assert.Equal((ConnectionState.Pending, 2), (connection.State, connection.InviteNumber));
    }

    private static async Task<Connection> FindAsync(ClockedHost clocked, string id) =>
        (await clocked.Host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
}
