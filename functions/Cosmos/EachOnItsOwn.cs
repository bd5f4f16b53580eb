namespace Connections.Cosmos;

/// <summary>Handles each item of a batch on its own, so that one bad item cannot stop the others.</summary>
public static class EachOnItsOwn
{
    /// <summary>Runs all of them, some at once; tells of each failure as it happens, and throws them together at the end.</summary>
    /// <exception cref="AggregateException">At least one item failed; the others are done.</exception>
    public static async Task RunAsync<T>(
        IReadOnlyCollection<T> items, int atOnce, Func<T, CancellationToken, Task> handle, Action<T, Exception> failed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(failed);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct }, async (item, inner) =>
        {
            try
            {
                await handle(item, inner);
            }
#pragma warning disable CA1031 // Whatever it is, the other items must have their turn; all are thrown below.
            catch (Exception e) when (e is not OperationCanceledException || !inner.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failed(item, e);
                failures.Enqueue(e);
            }
        });
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }
}
