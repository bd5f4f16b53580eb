namespace Connections.Tests;

/// <summary>Percentiles are actual samples, by nearest rank.</summary>
public sealed class LatenciesTests
{
    [Theory]
    [InlineData(100, 50, 50)]
    [InlineData(100, 99, 99)]
    [InlineData(200, 99, 198)]
    [InlineData(1000, 99.9, 999)]
    [InlineData(100, 100, 100)]
    [InlineData(5, 50, 3)]
    [InlineData(5, 99, 5)]
    [InlineData(5, 1, 1)]
    [InlineData(1, 50, 1)]
    public void A_percentile_is_the_smallest_sample_that_covers_its_share(int samples, double percent, double expected)
    {
        var latencies = new Latencies();
        var shuffled = Enumerable.Range(1, samples).ToArray();
        new Random(7).Shuffle(shuffled);
        foreach (var milliseconds in shuffled)
        {
            latencies.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(samples, latencies.Count);
        Assert.Equal(expected, latencies.Percentile(percent));
    }

    [Fact]
    public void Samples_added_after_a_read_count_in_the_next()
    {
        var latencies = new Latencies();
        latencies.Add(TimeSpan.FromMilliseconds(2));
        Assert.Equal(2, latencies.P50);

        latencies.Add(TimeSpan.FromMilliseconds(1));

        Assert.Equal((1, 2), (latencies.P50, latencies.P99));
    }

    [Fact]
    public void Without_samples_there_is_no_percentile() => Assert.Throws<InvalidOperationException>(() => new Latencies().P50);

    [Theory]
    [InlineData(0)]
    [InlineData(100.1)]
    public void A_percentile_outside_its_range_is_refused(double percent)
    {
        var latencies = new Latencies();
        latencies.Add(TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => latencies.Percentile(percent));
    }
}
