using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Connections.Telemetry;

namespace Connections.Cosmos;

/// <summary>What change feed functions and sweeps share: one operation in telemetry, and every document handled by itself.</summary>
/// <remarks>
/// The Functions host runs a change feed function at most once: when it throws after its last retry, or the process dies, the batch is
/// lost. So one document that fails does not stop the others, and a sweep, every minute, finds what is still not dispatched.
/// </remarks>
public static partial class DocumentTrigger
{
    /// <summary>How long a change waits for the change feed, retries included, before a sweep dispatches it.</summary>
    public static readonly TimeSpan SweepAfter = TimeSpan.FromMinutes(2);

    private const int MaxSwept = 500;

    /// <summary>A change feed function: handles a batch.</summary>
    /// <param name="handle">
    /// Handles one document. The host runs the whole batch again after a failure, so it must be safe to repeat.
    /// </param>
    /// <exception cref="AggregateException">At least one document failed; the others are done.</exception>
    public static async Task FollowAsync<T>(
        IReadOnlyCollection<T> changed,
        Func<T, string> idOf,
        Func<T, CancellationToken, Task> handle,
        ILogger log,
        CancellationToken ct,
        int parallelism = 8,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        using var operation = Operation.Trigger(trace: null, file, method);
        await EachAsync(changed, idOf, handle, log, parallelism, ct);
    }

    /// <summary>A sweep: handles as many of the documents found as one run takes. The next run finds the rest.</summary>
    /// <param name="found">The documents, read only as far as they are taken.</param>
    /// <param name="log">Gets the number of documents, and each failure.</param>
    /// <param name="level">How the number of documents is logged: a warning where finding any means that something was lost.</param>
    /// <exception cref="AggregateException">At least one document failed; the others are done.</exception>
    public static async Task SweepAsync<T>(
        IAsyncEnumerable<T> found,
        Func<T, string> idOf,
        Func<T, CancellationToken, Task> handle,
        ILogger log,
        CancellationToken ct,
        int parallelism = 4,
        LogLevel level = LogLevel.Warning,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        using var operation = Operation.Trigger(trace: null, file, method);
        await EachAsync(await found.TakeSweptAsync(log, ct, level), idOf, handle, log, parallelism, ct);
    }

    /// <summary>As many documents as one run of a sweep takes.</summary>
    internal static async Task<IReadOnlyList<T>> TakeSweptAsync<T>(
        this IAsyncEnumerable<T> found, ILogger log, CancellationToken ct, LogLevel level = LogLevel.Warning)
    {
        var taken = await found.Take(MaxSwept).ToListAsync(ct);
        if (taken.Count > 0)
        {
            LogFound(log, level, Operation.Current?.Name, taken.Count, typeof(T).Name);
        }

        return taken;
    }

    /// <summary>Handles documents, some at once; logs each failure as it happens, and throws all of them at the end.</summary>
    internal static async Task EachAsync<T>(
        IReadOnlyCollection<T> documents,
        Func<T, string> idOf,
        Func<T, CancellationToken, Task> handle,
        ILogger log,
        int parallelism,
        CancellationToken ct)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(
            documents,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = ct },
            async (document, inner) =>
            {
                // Lets calls pass. The local database answers on the caller's thread, so a batch would keep that thread to its end.
                await Task.Yield();
                try
                {
                    await handle(document, inner);
                }
#pragma warning disable CA1031 // The other documents must have their turn whatever this one throws; all failures are thrown below.
                catch (Exception e) when (e is not OperationCanceledException || !inner.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFailed(log, e, Operation.Current?.Name, idOf(document));
                    failures.Enqueue(e);
                }
            });
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }

    [LoggerMessage(Message = "{Function} handles {Count} documents ({Kind})")]
    private static partial void LogFound(ILogger log, LogLevel level, string? function, int count, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed for document {Id}")]
    private static partial void LogFailed(ILogger log, Exception exception, string? function, string id);
}
