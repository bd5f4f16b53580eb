using System.Text.Json.Nodes;
using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Members;

/// <summary>Search over several physical partitions, as in an account that has grown.</summary>
[Trait("Category", "Long")]
public sealed class RangedSearchTests
{
    [Fact]
    public async Task Every_order_and_filter_finds_the_same_over_three_partitions_as_over_one()
    {
        var (result, output, errors) = await Child.SearchRangesAsync();

        Assert.Empty(result.Mismatches);
        Assert.True(result.Found > 1000, $"Only {result.Found} creators were found: that proves too little.");
        Assert.All(result.Queries, queries => Assert.InRange(queries, 100, int.MaxValue));
        Assert.Equal((0, true), (result.PlanRequests, result.Merged));

        // The native planner prints a line each time that its first buffer is too small. The
        // Functions host would log these lines as errors.
        Assert.Equal("", output);
        Assert.All(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Matches("^FAILED at .*ServiceInteropImpl.*80020013", line));
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "host.json")))!;
        Assert.Equal("None", host["logging"]!["logLevel"]!["Host.Function.Console"]!.ToString());
    }
}
