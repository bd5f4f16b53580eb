using Connections.FollowUp;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>A read mark whose call dies after the reader's row, and is never repeated, reaches the other member all the same.</summary>
public sealed class ReadMarkSweepTests : IAsyncLifetime
{
    private readonly FaultyDatabase _database = new();
    private LocalHostFixture _host = null!;
    private int _patches;

    public async Task InitializeAsync() => _host = await _database.StartHostWithoutTriggersAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_sweep_shows_it_and_tells_the_other_member()
    {
        var talk = await HalfReadAsync("dies");
        await using var other = await LiveClient.OpenAsync(talk.Brand);

        await SweepAsync();

        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
        var told = await other.EventAsync(e => e["type"]!.ToString() == "message.read");
        Assert.Equal((talk.Id, talk.CreatorId, 1), (told["connectionId"]!.ToString(), told["by"]!.ToString(), (int)told["seq"]!));
    }

    [Fact]
    public async Task It_is_tried_again_by_the_next_run_when_the_sweep_fails_too()
    {
        var (failing, healthy) = (await HalfReadAsync("fails"), await HalfReadAsync("healthy"));
        _database.Fails = (method, path) => method == HttpMethod.Patch && path.EndsWith(failing.Id, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AggregateException>(SweepAsync);
        Assert.Equal(1, (int)(await healthy.ContactAsync(healthy.Brand))["otherReadSeq"]);
        Assert.Equal(0, (int)(await failing.ContactAsync(failing.Brand))["otherReadSeq"]);

        _database.Fails = (_, _) => false;
        await SweepAsync();

        Assert.Equal(1, (int)(await failing.ContactAsync(failing.Brand))["otherReadSeq"]);
    }

    [Fact]
    public async Task It_is_shown_though_the_other_row_has_not_changed_since_the_last_run()
    {
        var talk = await Talk.BeginAsync(_host, "alone");
        await talk.SayAsync(talk.Brand, "Hello");
        await SweepAsync();
        await HalfReadAsync(talk);

        await SweepAsync();

        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
    }

    private Task SweepAsync() => _host.Services.GetRequiredService<ReadMarkSweep>().RunAsync(default);

    private async Task<Talk> HalfReadAsync(string name)
    {
        var talk = await Talk.BeginAsync(_host, $"half-{name}");
        await talk.SayAsync(talk.Brand, "Hello");
        await HalfReadAsync(talk);
        return talk;
    }

    private async Task HalfReadAsync(Talk talk)
    {
        // The first patch is that of the reader's row.
        _patches = 0;
        _database.Fails = (method, _) => method == HttpMethod.Patch && Interlocked.Increment(ref _patches) > 1;
        var answer = await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        _database.Fails = (_, _) => false;
        Assert.Equal("unavailable", answer.Problem);
        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Creator))["readSeq"]);
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
    }
}
