using Connections.Invites;
using Connections.Members;
using Connections.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Safety;

/// <summary>The list of blocks always converges to the connections that it is derived from.</summary>
public sealed class BlockStoreTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    private BlockStore Blocks => host.Services.GetRequiredService<BlockStore>();

    [Fact]
    public async Task An_older_version_never_overwrites_a_newer_one_in_whatever_order_they_are_followed()
    {
        var versions = new List<Connection> { ConnectionLife.BeginBlocked(new MemberId("order-a"), new MemberId("order-b"), Now) };
        foreach (var action in new InviteAction[] { new InviteAction.Unblock(), new InviteAction.Block(), new InviteAction.Unblock() })
        {
            var moved = (Transition.Moved)ConnectionLife.Apply(versions[^1], action, new MemberId("order-a"), Now, Settings());
            versions.Add(moved.After);
        }

        var chance = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(versions.Concat(versions).OrderBy(_ => chance.Next())
                .Select(connection => Blocks.FollowAsync(connection, CancellationToken.None)));
            Assert.Empty(await ListAsync("order-a"));
        }
    }

    [Fact]
    public async Task What_the_call_did_not_write_the_change_feed_writes()
    {
        // The record of a call that died right after its only write.
        var connection = ConnectionLife.BeginBlocked(new MemberId("dies-a"), new MemberId("dies-b"), Now);
        Assert.True(await host.Services.GetRequiredService<ConnectionStore>().TryCreateAsync(connection, CancellationToken.None));

        await host.DrainAsync();

        Assert.Equal([new MemberId("dies-b")], (await ListAsync("dies-a")).Select(block => block.Id));
        Assert.Empty(await ListAsync("dies-b"));
        Assert.Equal(RelationState.Blocked, await RelationAsync("dies-a", "dies-b"));
        Assert.Equal(RelationState.Blocked, await RelationAsync("dies-b", "dies-a"));
    }

    private async Task<RelationState> RelationAsync(string member, string other) =>
        (await host.Services.GetRequiredService<IRelations>()
            .FindAsync(new MemberId(member), [new MemberId(other)], CancellationToken.None))[new MemberId(other)].State;

    private async Task<IReadOnlyList<Block>> ListAsync(string member) =>
        await Blocks.AllAsync(new MemberId(member), CancellationToken.None).ToListAsync();

    private InviteSettings Settings() => host.Services.GetRequiredService<InviteSettings>();
}
