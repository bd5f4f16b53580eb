using System.Security.Cryptography;
using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>Reads a document, decides, and writes it under its ETag; again when another write superseded the read.</summary>
/// <remarks>
/// An attempt is superseded only because another writer succeeded, so however many writers meet at one document, they make progress.
/// The second attempt follows at once; every further one waits a random time, so that writers do not keep meeting in step.
/// </remarks>
public static class OptimisticWrite
{
    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(200);

    // More than writers ever meet at one document: a hundred messages sent to one conversation at once are all stored.
    private const int MaxAttempts = 100;

    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(8);

    /// <summary>Runs attempts until one is not superseded.</summary>
    /// <param name="attempt">One attempt, given its number from 0. It must read anew when the number is not 0.</param>
    /// <exception cref="ContentionException">Every attempt was superseded.</exception>
    public static async Task<T> RunAsync<T>(TimeProvider time, Func<int, Task<Attempt<T>>> attempt, CancellationToken ct)
    {
        for (var number = 0; number < MaxAttempts; number++)
        {
            if (number > 1)
            {
                var longest = Math.Min(number * WaitStep.TotalMilliseconds, MaxWait.TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, (int)longest)), time, ct);
            }

            if (await attempt(number) is { IsSuperseded: false } made)
            {
                return made.Outcome!;
            }
        }

        throw new ContentionException();
    }

    /// <summary>
    /// Changes a document, or creates it. Two requests unless another writer supersedes the read; one when nothing is to be written.
    /// </summary>
    /// <param name="decide">
    /// Decides on the document as it is, null when there is none: the outcome, and the document to write, null for no write. Called again
    /// whenever the read was superseded.
    /// </param>
    /// <param name="read">The document as it was just read, where it was: one request less.</param>
    /// <returns>The decision that stands.</returns>
    /// <exception cref="ContentionException">The document kept changing; nothing was written.</exception>
    public static Task<(TOutcome Outcome, T? Written)> ChangeAsync<T, TOutcome>(
        this Container container,
        string id,
        string partitionKey,
        Func<T?, (TOutcome Outcome, T? Written)> decide,
        TimeProvider time,
        CancellationToken ct,
        Document<T>? read = null)
        where T : class => RunAsync<(TOutcome, T?)>(
        time,
        async number =>
        {
            var current = number == 0 && read is not null ? read : await container.FindAsync<T>(id, partitionKey, ct);
            var decision = decide(current?.Value);
            return decision.Written is null || await container.TryWriteAsync(decision.Written, id, partitionKey, current?.ETag, ct)
                ? decision
                : new Superseded();
        },
        ct);
}

/// <summary>What one attempt of an optimistic write came to: an outcome, or another writer was faster.</summary>
public readonly record struct Attempt<T>
{
    private Attempt(T? outcome, bool isSuperseded) => (Outcome, IsSuperseded) = (outcome, isSuperseded);

    /// <summary>The outcome; default when superseded.</summary>
    public T? Outcome { get; }

    /// <summary>Whether the change must be decided again.</summary>
    public bool IsSuperseded { get; }

    /// <summary>The attempt succeeded, or found nothing to write.</summary>
    public static implicit operator Attempt<T>(T outcome) => new(outcome, isSuperseded: false);

    /// <summary>The attempt was superseded.</summary>
    public static implicit operator Attempt<T>(Superseded superseded) => new(default, isSuperseded: true);
}

/// <summary>Another write came between an attempt's read and its write.</summary>
public readonly record struct Superseded;

/// <summary>A document had too many writers at once. The same call can be tried again.</summary>
public sealed class ContentionException() : Exception("A document was changed by too many writers at once.");

/// <summary>A document was read as it was before a change that the reader already knows of.</summary>
/// <remarks>
/// Cosmos DB's session consistency belongs to one client. Another instance can read a document as it was some milliseconds ago, or not find
/// one that was just created. The change feed, a notice and a message each prove how new a document must be; an older one is read again
/// later.
/// </remarks>
/// <param name="document">The document's kind, for the log: no personal data.</param>
public sealed class StaleReadException(string document)
    : Exception($"{document} was read as it was before a change that is already known. Read it again.")
{
    /// <summary>Throws when a document is older than it must be.</summary>
    public static void ThrowIf(bool isStale, string document)
    {
        if (isStale)
        {
            throw new StaleReadException(document);
        }
    }
}
