using System.Text.Json.Nodes;
using Connections.Changes;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Changes;

/// <content>Pages of what changed.</content>
public sealed partial class ListChangesTests
{
    [Fact]
    public async Task Pages_have_every_change_once_and_an_app_can_stop_at_any_of_them()
    {
        const int Count = 60;
        var me = new MemberId("pages-creator");
        await host.ClientFor(me.Value).BecomeCreatorAsync();
        var phone = new Phone(() => host.ClientFor(me.Value));
        await phone.StartAsync();
        host.Pass(Away);
        var ids = await AddRowsAsync(me, Count);

        var first = await phone.CatchUpAsync(limit: 7, pages: 2);
        Assert.Equal(14, first.Count);
        host.Pass(Away);
        var rest = await phone.CatchUpAsync(limit: 7);

        // Those that were new when it stopped may come again, as far as the token does not remember them.
        Assert.Equal(ids, Ids(first.Concat(rest)));
        host.Pass(Away);
        Assert.Empty(await phone.CatchUpAsync(limit: 7));

        var again = await AddRowsAsync(new MemberId("pages-creator"), Count, "again");
        Assert.Equal(again, Ids(await phone.CatchUpAsync(limit: 7)));
    }

    [Fact]
    public async Task What_was_written_moments_ago_comes_once_and_what_becomes_visible_late_is_not_missed()
    {
        var me = new MemberId("late-rows");
        await host.ClientFor(me.Value).BecomeCreatorAsync();
        var phone = new Phone(() => host.ClientFor(me.Value));
        await phone.StartAsync();
        host.Pass(Away);
        var first = await AddRowsAsync(me, 3, "first");
        Assert.Equal(3, (await phone.CatchUpAsync()).Count);
        Assert.Empty(await phone.CatchUpAsync());

        // Written after the first ones were read, as if another replica had them since.
        var second = await AddRowsAsync(me, 2, "second");
        Assert.Equal(second, Ids(await phone.CatchUpAsync()));
        host.Pass(Away);
        Assert.Empty(await phone.CatchUpAsync());
        Assert.Equal(first.Concat(second).Order(StringComparer.Ordinal), phone.Contacts.Keys);
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonNode> changes) =>
        changes.Select(change => change["contact"]!["id"]!.ToString()).Order(StringComparer.Ordinal);

    /// <summary>Writes rows of a member at once; returns their ids in order.</summary>
    private async Task<IReadOnlyList<string>> AddRowsAsync(MemberId me, int count, string name = "row")
    {
        var containers = host.Services.GetRequiredService<Containers>();
        var now = host.Services.GetRequiredService<TimeProvider>().Now();
        var others = Enumerable.Range(0, count).Select(i => new MemberId($"{name}-{i}")).ToList();
        await Parallel.ForEachAsync(others, async (other, ct) => await containers.Contacts.CreateItemAsync(
            new ContactRow
            {
                Id = ConnectionId.Of(me, other),
                MemberId = me,
                OtherId = other,
                Other = new Connections.Members.Card { Id = other, DisplayName = "Other" },
                Pair = new PairView(
                    1, ConnectionState.Pending, Direction.Received, null, now, now.AddDays(7), null, null, new ReadMark(0, 0), 0),
            },
            cancellationToken: ct));
        return [.. others.Select(other => ConnectionId.Of(me, other)).Order(StringComparer.Ordinal)];
    }
}
