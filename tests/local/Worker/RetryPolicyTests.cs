using Connections.Local.Worker;

namespace Connections.Tests.Local.Worker;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_back_off_grows_from_the_first_wait_to_the_longest_and_ends_after_the_last_try()
    {
        var policy = new RetryPolicy(7, Second, TimeSpan.FromSeconds(15));

        Assert.Equal([1, 2, 3, 5, 9, 15, 15, null], Enumerable.Range(1, 8).Select(n => policy.WaitAfter(n)?.TotalSeconds));
    }

    [Fact]
    public void A_fixed_delay_is_always_the_same()
    {
        var policy = new RetryPolicy(3, Second, Second);

        Assert.Equal([1, 1, 1, null], Enumerable.Range(1, 4).Select(n => policy.WaitAfter(n)?.TotalSeconds));
    }

    [Fact]
    public void Minus_one_retries_for_ever()
    {
        var policy = new RetryPolicy(-1, Second, TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(1), policy.WaitAfter(int.MaxValue));
    }

    [Fact]
    public void No_retries_means_none()
    {
        Assert.Null(new RetryPolicy(0, Second, Second).WaitAfter(1));
    }
}
