using Connections.Tests.Faults.Life;
using Connections.Tests.Faults.Rig;

namespace Connections.Tests.Faults;

/// <summary>Something that members or the clock do, and what must be there before.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Prepare">Makes what must be there before.</param>
/// <param name="Act">Does it.</param>
/// <param name="IsFeedAway">Whether the change feed tells nothing meanwhile, so that the sweeper has it all to do.</param>
internal sealed record Scenario(string Name, Func<Pair, Task> Prepare, Func<FaultHost, Pair, Task> Act, bool IsFeedAway = false)
{
    /// <summary>Every scenario.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("invite", pair => pair.BeginAsync(), (_, pair) => pair.DoAsync(Deed.Invite, 0)),
        new("accept", InvitedAsync, (_, pair) => pair.DoAsync(Deed.Accept, 1)),
        new("accept by link", InvitedAsync, (_, pair) => pair.AcceptByLinkAsync(1)),
        new("decline", InvitedAsync, (_, pair) => pair.DoAsync(Deed.Decline, 1)),
        new("revoke", InvitedAsync, (_, pair) => pair.DoAsync(Deed.Revoke, 0)),
        new("remove", ConnectedAsync, (_, pair) => pair.DoAsync(Deed.Remove, 1)),
        new("block", ConnectedAsync, (_, pair) => pair.DoAsync(Deed.Block, 1)),
        new("send", ConnectedAsync, (_, pair) => pair.SayAsync(0, "Hello")),
        new("edit", TalkedAsync, (_, pair) => pair.ChangeAsync(pair.Ledger.Messages[^1], "Hello again")),
        new("delete", TalkedAsync, (_, pair) => pair.ChangeAsync(pair.Ledger.Messages[^1], null)),
        new("read mark", TalkedAsync, (_, pair) => pair.ReadAsync(1, pair.Ledger.Messages.Count)),
        new("erase", TalkedAsync, (_, pair) => pair.EraseAsync(1)),
        new("profile", ConnectedAsync, (_, pair) => pair.RenameAsync(1, "Bobby")),
        new("digest", TalkedAsync, (host, _) => host.PassAsync(TimeSpan.FromMinutes(16))),
        new("reminder", InvitedAsync, (host, _) => host.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1))),
        new("invite, swept", pair => pair.BeginAsync(), (_, pair) => pair.DoAsync(Deed.Invite, 0), IsFeedAway: true),
        new("send, swept", ConnectedAsync, (_, pair) => pair.SayAsync(0, "Hello"), IsFeedAway: true),
        new("erase, swept", TalkedAsync, (_, pair) => pair.EraseAsync(1), IsFeedAway: true),
        new("expiry", InvitedAsync, (host, pair) => ExpireAsync(host, pair)),
    ];

    private static async Task InvitedAsync(Pair pair)
    {
        await pair.BeginAsync();
        await pair.DoAsync(Deed.Invite, 0);
    }

    private static async Task ConnectedAsync(Pair pair)
    {
        await InvitedAsync(pair);
        await pair.DoAsync(Deed.Accept, 1);
        await pair.FavourAsync(1);
    }

    private static async Task TalkedAsync(Pair pair)
    {
        await ConnectedAsync(pair);
        await pair.SayAsync(1, "Hi");
        await pair.SayAsync(0, "Are you there?");
    }

    private static async Task ExpireAsync(FaultHost host, Pair pair)
    {
        await host.PassAsync(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        pair.Ledger.Did(Deed.Expire, 0, host.Time.GetUtcNow());
    }
}
