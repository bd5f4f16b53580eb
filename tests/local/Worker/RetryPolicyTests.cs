using Connections.Local.Worker;

namespace Connections.Tests.Local.Worker;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_backoff_grows_from_the_minimum_to_the_maximum_and_ends_after_the_last_retry()
    {
        var policy = new RetryPolicy(7, Second, TimeSpan.FromSeconds(15));

        Assert.Equal([1, 2, 3, 5, 9, 15, 15, null], Enumerable.Range(1, 8).Select(n => policy.WaitAfter(n)?.TotalSeconds));
    }

    [Fact]
    public void A_fixed_delay_is_constant()
    {
        var policy = new RetryPolicy(3, Second, Second);

        Assert.Equal([1, 1, 1, null], Enumerable.Range(1, 4).Select(n => policy.WaitAfter(n)?.TotalSeconds));
    }

    [Fact]
    public void A_count_of_minus_one_retries_forever()
    {
        var policy = new RetryPolicy(-1, Second, TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(1), policy.WaitAfter(int.MaxValue));
    }

    [Fact]
    public void A_count_of_zero_never_retries()
    {
        Assert.Null(new RetryPolicy(0, Second, Second).WaitAfter(1));
    }
}
