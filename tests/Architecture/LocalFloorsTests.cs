using System.Reflection;
using Connections.Emulators.Storage;
using Connections.Local;

namespace Connections.Tests.Architecture;

public sealed class LocalFloorsTests
{
    /// <summary>The types of the root folder that put the parts of the local host together.</summary>
    private static readonly string[] Composition = ["LocalApp", "LocalAzure", "LocalHost", "EmulatorsApp", "EmulatorSettings"];

    // Each folder, and the folders that it may use.
    private const string Host = """
        Commands: (composition) (root) Poison Web Worker
        (composition): (root) Adapters DemoData Dev Identity Mail Pages Web Worker
        Dev: DemoData Identity Pages Worker
        Identity: (root) DemoData Pages
        Mail: Pages
        Poison: (root)
        Web: Pages
        (root): Web
        """;

    private const string Emulators = """
        Blobs: Storage
        Cosmos: Storage
        Email: Queues Storage
        Queues: Storage
        WebPubSub: Storage
        """;

    [Fact]
    public void The_emulators_know_nothing_of_the_application() =>
        Assert.DoesNotContain(typeof(SqliteFile).Assembly.GetReferencedAssemblies(), name =>
            name.Name!.StartsWith("Connections.", StringComparison.Ordinal) || name.Name.Contains("Functions", StringComparison.Ordinal));

    [Fact]
    public void The_folders_of_the_local_host_use_each_other_as_the_table_says() =>
        Assert.Empty(Floors.Differences(Floors.Of(typeof(LocalHost).Assembly, "Connections.Local", Composition), Floors.Table(Host)));

    [Fact]
    public void The_folders_of_the_emulators_use_each_other_as_the_table_says() =>
        Assert.Empty(Floors.Differences(Floors.Of(typeof(SqliteFile).Assembly, "Connections.Emulators"), Floors.Table(Emulators)));

    [Theory]
    [InlineData(Host)]
    [InlineData(Emulators)]
    public void No_table_has_a_cycle(string table) =>
        Assert.Empty(Floors.OnCycles(Floors.Table(table).SelectMany(row => row.Value, (row, to) => (row.Key, to))));

    [Fact]
    public void A_cycle_is_found_with_the_folders_above_it()
    {
        Assert.Empty(Floors.OnCycles([("a", "b"), ("b", "c"), ("a", "c")]));
        Assert.Equal(["a", "b", "c"], Floors.OnCycles([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]));
    }

    [Fact]
    public void An_arrow_that_the_table_does_not_allow_and_a_row_without_an_arrow_are_differences()
    {
        var allowed = Floors.Table("a: b c");
        Arrow[] arrows = [new("a", "b", ["X uses Y"]), new("b", "a", ["Y uses X"])];

        Assert.Equal(["not allowed: b -> a: Y uses X", "allowed, but not there: a -> c"], Floors.Differences(arrows, allowed));
    }
}
