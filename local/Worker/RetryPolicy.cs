using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Local.Worker;

/// <summary>When a failed run is tried again.</summary>
/// <param name="MaxRetryCount">Tries after the first; -1 means for ever.</param>
/// <param name="First">The first wait.</param>
/// <param name="Longest">The longest wait; the same as <paramref name="First"/> for a fixed delay.</param>
internal sealed record RetryPolicy(int MaxRetryCount, TimeSpan First, TimeSpan Longest)
{
    /// <summary>The policy of a function's retry attribute; null when it has none.</summary>
    /// <exception cref="FunctionBindingException">The attribute is malformed, or there are two.</exception>
    public static RetryPolicy? Of(string function, MethodInfo method)
    {
        try
        {
            var @fixed = method.GetCustomAttribute<FixedDelayRetryAttribute>();
            var exponential = method.GetCustomAttribute<ExponentialBackoffRetryAttribute>();
            return (@fixed, exponential) switch
            {
                (null, null) => null,
                ({ } f, null) => Checked(function, f.MaxRetryCount, f.DelayInterval, f.DelayInterval),
                (null, { } e) => Checked(function, e.MaxRetryCount, e.MinimumInterval, e.MaximumInterval),
                _ => throw new FunctionBindingException(function, "it has two retry attributes."),
            };
        }
        catch (ArgumentException e)
        {
            throw new FunctionBindingException(function, $"its retry attribute is malformed: {e.Message}", e);
        }
    }

    /// <summary>How long to wait after a failed run, the first being number 1; null when there is no further try.</summary>
    /// <remarks>
    /// The Functions host's back-off: the first wait, then that plus itself times 1, 2, 4 and so on. It adds up to a fifth of
    /// jitter either way; here there are no other instances to stay clear of.
    /// </remarks>
    public TimeSpan? WaitAfter(int failedRun)
    {
        if (MaxRetryCount >= 0 && failedRun > MaxRetryCount)
        {
            return null;
        }

        var wait = failedRun == 1 ? First.TotalMilliseconds : First.TotalMilliseconds * (1 + Math.Pow(2, Math.Min(failedRun - 2, 60)));
        return wait < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : Longest;
    }

    private static RetryPolicy Checked(string function, int count, string first, string longest)
    {
        if (count < -1)
        {
            throw new FunctionBindingException(function, $"its retry attribute allows {count} retries; give 0 or more, or -1 for ever.");
        }

        return new RetryPolicy(count, Interval(first), Interval(longest));
    }

    // The attribute has checked them, and that the first is not longer than the longest.
    private static TimeSpan Interval(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
