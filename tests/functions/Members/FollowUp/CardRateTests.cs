using Connections.FollowUp;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members.FollowUp;

/// <summary>A changed profile reaches many contacts at a bounded rate, and every one of them.</summary>
public sealed class CardRateTests : IAsyncLifetime
{
    private const int Contacts = MemberFollowUp.RowsAtOnce + 60;
    private static readonly MemberId Star = new("star");
    private readonly ManualTime _time = new();
    private LocalHostFixture _host = null!;

    private MemberFollowUp FollowUp => _host.Services.GetRequiredService<MemberFollowUp>();

    // The triggers do not run: the test runs what they would.
    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync(
        o => o with { Time = _time });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Few_contacts_see_every_change_at_once()
    {
        await BeginAsync(MemberFollowUp.FreeRows);
        foreach (var name in new[] { "Second", "Third", "Fourth" })
        {
            await RenameAsync(name);
            await FollowUp.RunAsync(Star, default);
            Assert.Equal(MemberFollowUp.FreeRows, await ShownAsync(name));
        }
    }

    [Fact]
    public async Task The_rows_are_written_so_many_a_second_and_a_long_list_is_left_to_the_sweep()
    {
        await BeginAsync(Contacts);
        await RenameAsync("Second");

        var running = FollowUp.RunAsync(Star, default);
        await _time.WaitsAsync(1);
        Assert.Equal(MemberFollowUp.RowsWithinSecond, await ShownAsync("Second"));
        await _time.LeapUntilAsync(Done(running));
        Assert.Equal(MemberFollowUp.RowsAtOnce, await ShownAsync("Second"));

        // Noting that is a change too, which the change feed tells of.
        await FollowUp.RunAsync(Star, default);
        Assert.Equal(MemberFollowUp.RowsAtOnce, await ShownAsync("Second"));
        await SweepAsync();
        Assert.Equal(Contacts, await ShownAsync("Second"));
        Assert.Null((await StoredAsync()).OwedSince);
    }

    [Fact]
    public async Task Changes_that_follow_soon_reach_many_contacts_as_one_and_are_not_lost()
    {
        const int Rows = 2 * MemberFollowUp.FreeRows;
        await BeginAsync(Rows);
        await RenameAsync("Second");
        await _time.LeapUntilAsync(Done(FollowUp.RunAsync(Star, default)));
        Assert.Equal(Rows, await ShownAsync("Second"));

        for (var i = 0; i < 20; i++)
        {
            await RenameAsync($"Name {i}");
            await FollowUp.RunAsync(Star, default);
        }

        Assert.Equal(Rows, await ShownAsync("Second"));
        Assert.Equal(
            TimeSpan.FromSeconds((Rows - MemberFollowUp.FreeRows) / MemberFollowUp.RowsPerSecond),
            (await StoredAsync()).CardsNotBefore - _time.GetUtcNow());
        await SweepAsync();
        Assert.Equal(Rows, await ShownAsync("Name 19"));
    }

    [Fact]
    public async Task Who_goes_on_changing_is_shown_to_all_of_many_contacts_all_the_same()
    {
        await BeginAsync(Contacts);
        for (var i = 0; i < 4; i++)
        {
            await RenameAsync($"Name {i}");
            await _time.LeapUntilAsync(Done(FollowUp.RunAsync(Star, default)));
            _time.Advance(TimeSpan.FromSeconds(61));
        }

        await _time.LeapUntilAsync(
            Done(ActivatorUtilities.CreateInstance<SweepOwedMembers>(_host.Services, (TimeProvider)_time).Run(new(), default)));
        Assert.Equal(Contacts, await ShownAsync("Name 3"));
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private async Task SweepAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(3));
        await _time.LeapUntilAsync(
            Done(ActivatorUtilities.CreateInstance<SweepOwedMembers>(_host.Services, (TimeProvider)_time).Run(new(), default)));
    }

    private async Task BeginAsync(int contacts)
    {
        await _host.ClientFor(Star.Value).BecomeCreatorAsync("First", "star");
        await FollowUp.RunAsync(Star, default);
        var (rows, settings, card) = (
            _host.Services.GetRequiredService<ContactStore>(), _host.Services.GetRequiredService<InviteSettings>(),
            Card.Of(await StoredAsync()));
        await Parallel.ForAsync(0, contacts, async (i, ct) =>
        {
            var fan = new MemberId($"fan-{i}");
            var connection = ConnectionLife.Begin(fan, Star, new InviteAction.Invite(null), _time.GetUtcNow(), settings);
            await rows.BeginAsync(connection, fan, card, ct);
            await rows.BeginAsync(connection, Star, card, ct);
        });
    }

    private async Task RenameAsync(string name) =>
        Assert.Null((await _host.ClientFor(Star.Value).BecomeCreatorAsync(name, "star")).Problem);

    private async Task<Member> StoredAsync() => await CardChangesTests.StoredAsync(_host, Star.Value);

    /// <summary>How many of the others' rows show a name.</summary>
    private async Task<int> ShownAsync(string name)
    {
        var contacts = _host.Services.GetRequiredService<ContactStore>();
        var others = await contacts.RowsAsync(Star, default).ToListAsync();
        var shown = await Task.WhenAll(others.Select(own => contacts.FindAsync(own.OtherId, own.Id, default)));
        return shown.Count(row => row!.Other.DisplayName == name);
    }
}
