namespace Connections.Tests.Functions.Changes;

/// <summary>
/// For a random history with apps that sleep at random, the state of each app after <c>changes</c> is what one reads that starts anew.
/// <c>dotnet run -c Release --project tests/Soak -- changes</c> has a hundred histories.
/// </summary>
[Trait("Category", "Long")]
public sealed class CatchUpTests
{
    [Fact]
    public async Task An_app_that_slept_at_random_knows_afterwards_what_a_fresh_one_reads()
    {
        await using var walk = await CatchUpWalk.StartAsync(seed: 1);
        for (var round = 0; round < 8; round++)
        {
            await walk.RunAsync(steps: 40);
        }

        Assert.All(
            new[] { "invites", "accepts", "writes", "edits", "deletes", "reads", "removes", "blocks", "unblocks", "changes" },
            verb => Assert.True(walk.Done.GetValueOrDefault(verb) > 0, $"Nobody {verb}."));
    }
}
