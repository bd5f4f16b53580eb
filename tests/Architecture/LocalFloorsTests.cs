using Connections.Local;

namespace Connections.Tests.Architecture;

public sealed class LocalFloorsTests
{
    [Fact]
    public void The_reader_sees_signatures_fields_attributes_and_method_bodies()
    {
        var arrows = Floors.Of(typeof(LocalHost).Assembly, "Connections.Local", "LocalApp", "LocalHost");

        Assert.Contains(arrows, arrow => arrow is { From: Floors.Composition, To: "Worker" });
        Assert.Contains(arrows, arrow => arrow is { From: "Dev", To: "Worker" });
    }

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
