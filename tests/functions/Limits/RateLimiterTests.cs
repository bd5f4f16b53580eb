using Connections.Http;
using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Limits;

/// <summary>A limit per period for each key, without memory for keys that have their full allowance.</summary>
public sealed class RateLimiterTests
{
    private static readonly Rate SixAMinute = new(6, TimeSpan.FromMinutes(1));
    private readonly SetTime _time = new();

    [Fact]
    public void Half_of_them_come_at_once_and_the_rest_evenly()
    {
        var limiter = new RateLimiter<string>(SixAMinute, _time);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal(TimeSpan.Zero, limiter.Use("a").Wait));

        Assert.Equal(TimeSpan.FromSeconds(10), limiter.Use("a").Wait);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), limiter.Use("a").Wait);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, limiter.Use("a").Wait);
        Assert.Equal(TimeSpan.FromSeconds(10), limiter.Use("a").Wait);
    }

    [Fact]
    public void Keys_do_not_share_and_a_forgotten_key_has_all_of_its_times()
    {
        var limiter = new RateLimiter<string>(new Rate(1, TimeSpan.FromMinutes(1)), _time);
        Assert.Equal(TimeSpan.Zero, limiter.Use("a").Wait);
        Assert.Equal(TimeSpan.FromMinutes(1), limiter.Use("a").Wait);
        Assert.Equal(TimeSpan.Zero, limiter.Use("b").Wait);
        limiter.Forget("a");
        Assert.Equal(TimeSpan.Zero, limiter.Use("a").Wait);
    }

    [Fact]
    public void Of_many_at_once_as_many_pass_as_there_are()
    {
        var (limiter, passed) = (new RateLimiter<string>(new Rate(200, TimeSpan.FromMinutes(1)), _time), 0);
        Parallel.For(0, 1000, _ =>
        {
            if (limiter.Use("a").Wait == TimeSpan.Zero)
            {
                Interlocked.Increment(ref passed);
            }
        });
        Assert.Equal(100, passed);
    }

    [Fact]
    public void A_clock_that_is_set_back_locks_nobody_out()
    {
        var limiter = new RateLimiter<string>(SixAMinute, _time);
        limiter.Use("a");
        _time.Advance(TimeSpan.FromHours(-5));
        Assert.InRange(limiter.Use("a").Wait, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_million_keys_are_not_kept()
    {
        var limiter = new RateLimiter<int>(SixAMinute, _time);
        for (var key = 0; key < 1_000_000; key++)
        {
            limiter.Use(key);
            Assert.True(limiter.Count <= RateLimiter<int>.MaxKeys);
        }
    }

    [Fact]
    public void Keys_that_have_all_of_their_times_again_are_not_kept()
    {
        var limiter = new RateLimiter<int>(SixAMinute, _time);
        for (var key = 0; key < 100_000; key++)
        {
            limiter.Use(key);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // One key a second, each full again after ten seconds: the sweep never has to keep more than its minimum.
        Assert.InRange(limiter.Count, 1, 1_000);
    }
}
