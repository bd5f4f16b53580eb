using Connections.Tests.Faults.Chat;
using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults;

/// <summary>Short versions of what <c>dotnet run -c Release --project tests/Soak</c> runs. A failure
/// names the seed that reproduces it.</summary>
public sealed class SoakTests
{
    [Fact]
    public void Walks_through_a_connections_life_go_as_the_specification_says() => AssertClean(LifeWalks.Run(TestSeed.Value, 500));

    [Fact]
    public async Task A_fault_on_the_way_from_a_call_to_its_last_effect_loses_and_doubles_nothing() =>
        AssertClean(await FaultRuns.RunAsync(TestSeed.Value, most: 6, atOnce: 4, TextWriter.Null));

    [Fact]
    public async Task While_one_request_in_twenty_fails_callers_are_told_what_is_so_and_nothing_is_lost_or_doubled() =>
        AssertClean(await Storm.RunAsync(TestSeed.Value, storms: 1, pairs: 4, steps: 12, TextWriter.Null));

    [Fact]
    public async Task Of_all_that_can_end_an_invite_at_once_one_wins() =>
        AssertClean(await Races.RunAsync(TestSeed.Value, rounds: 25, TextWriter.Null));

    [Fact]
    public async Task Of_what_meets_in_a_conversation_nothing_is_lost_or_done_twice() =>
        AssertClean(await ChatRaces.RunAsync(TestSeed.Value, rounds: 6, TextWriter.Null));

    [Fact]
    public async Task A_reader_who_loses_sockets_reads_every_message_once_and_in_order() =>
        AssertClean(await ChatSoak.RunAsync(TestSeed.Value, pairs: 4, messages: 200, TextWriter.Null));

    private static void AssertClean(SoakRow row) =>
        Assert.True(row.IsClean, $"TEST_SEED={row.Seed}, {row.Runs} runs: {string.Join('\n', row.Violations)}");
}
