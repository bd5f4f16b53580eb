using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.FollowUp;

/// <summary>Looks once at every document of a container after its last change, without a mark in the document.</summary>
/// <remarks>
/// A run reads the container's change feed from where the last run ended, and stores how far it has come as it goes. So documents are
/// looked at again if a run dies. A conversation that fails is remembered, and the run goes on: the next runs try it again.
/// </remarks>
/// <param name="feed">The container.</param>
/// <param name="leases">Where the progress is stored.</param>
/// <param name="name">The id of the document with the progress.</param>
/// <param name="conversationOf">The id of the connection that a document is about. Those of some pages are handled together.</param>
internal sealed class FeedSweep<T>(Container feed, Container leases, string name, Func<T, string> conversationOf, ILogger log)
{
    // Small, so that a page takes a processor for a millisecond and its JSON is no large object for the garbage collector. A minute of
    // 30,000 messages is read in 600 requests, a few seconds in Azure.
    private const int PageSize = 50;
    private const int Parallelism = 4;

    // So many documents, or a page more, are in memory at once.
    private const int GroupSize = 10_000;

    // More failures than this are not those of single conversations: the sweep waits until it is better.
    private const int MaxFailed = 200;

    /// <summary>Looks at what has changed since the last run.</summary>
    /// <param name="isOldEnough">Whether the call that changed a document has surely ended; if not, a later run looks at it again.</param>
    /// <param name="handle">Handles documents of one conversation.</param>
    /// <param name="retry">Handles a conversation that failed in an earlier run.</param>
    /// <exception cref="AggregateException">Some conversations failed; all others are done.</exception>
    public async Task RunAsync(
        Func<T, bool> isOldEnough,
        Func<IReadOnlyList<T>, CancellationToken, Task> handle,
        Func<string, CancellationToken, Task> retry,
        CancellationToken ct)
    {
        var (progress, etag) = await ReadAsync(ct);
        var failures = new List<Exception>();
        var failed = await TryEachAsync(progress.Failed, id => id, retry, failures, ct);
        if (failed.Count < progress.Failed.Count && (etag = await TryWriteAsync(progress with { Failed = failed }, etag, ct)) is null)
        {
            return;
        }

        await foreach (var (some, after) in GroupsAsync(progress.After, isOldEnough, ct))
        {
            var conversations = some.GroupBy(conversationOf).Select(IReadOnlyList<T> (one) => [.. one]).ToList();
            failed.AddRange(await TryEachAsync(conversations, one => conversationOf(one[0]), handle, failures, ct));
            if (failed.Count > MaxFailed)
            {
                break;
            }

            // When another instance has come further meanwhile, it has looked at the same documents.
            var reached = new Progress(name, after, [.. failed.Distinct()]);
            if (after != progress.After && (etag = await TryWriteAsync(reached, etag, ct)) is null)
            {
                break;
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Whether there are changes that no run has looked at, or conversations that failed.</summary>
    public async Task<bool> IsBehindAsync(CancellationToken ct)
    {
        var (progress, _) = await ReadAsync(ct);
        return progress.Failed.Count > 0 || await PagesAsync(progress.After, ct).AnyAsync(ct);
    }

    /// <summary>Handles conversations, some at once; returns the ids of those that failed.</summary>
    private async Task<List<string>> TryEachAsync<TOne>(
        IReadOnlyCollection<TOne> conversations,
        Func<TOne, string> idOf,
        Func<TOne, CancellationToken, Task> handleOne,
        List<Exception> failures,
        CancellationToken ct)
    {
        var failed = new ConcurrentBag<string>();
        async Task HandleAsync(TOne conversation, CancellationToken inner)
        {
            try
            {
                await handleOne(conversation, inner);
            }
            catch
            {
                failed.Add(idOf(conversation));
                throw;
            }
        }

        try
        {
            await DocumentTrigger.EachAsync(conversations, idOf, HandleAsync, log, Parallelism, ct);
        }
        catch (AggregateException e)
        {
            failures.AddRange(e.InnerExceptions);
        }

        return [.. failed];
    }

    /// <summary>
    /// The documents of several pages at once that are old enough, so that a busy conversation is looked at once and not once a page, and
    /// how far they reach. A page with younger documents is the last, and the next run reads it again.
    /// </summary>
    private async IAsyncEnumerable<(IReadOnlyList<T> Some, string? After)> GroupsAsync(
        string? start, Func<T, bool> isOldEnough, [EnumeratorCancellation] CancellationToken ct)
    {
        var group = new List<T>();
        var reached = start;
        await foreach (var (page, after) in PagesAsync(start, ct))
        {
            var old = page.Where(isOldEnough).ToList();
            group.AddRange(old);
            if (old.Count < page.Count)
            {
                break;
            }

            reached = after;
            if (group.Count >= GroupSize)
            {
                yield return (group, reached);
                group = [];
            }
        }

        if (group.Count > 0)
        {
            yield return (group, reached);
        }
    }

    private async IAsyncEnumerable<(IReadOnlyList<T> Page, string After)> PagesAsync(
        string? after, [EnumeratorCancellation] CancellationToken ct)
    {
        using var pages = feed.GetChangeFeedIterator<T>(
            after is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(after),
            ChangeFeedMode.LatestVersion,
            new ChangeFeedRequestOptions { PageSizeHint = PageSize });
        while (pages.HasMoreResults && await pages.ReadNextAsync(ct) is { StatusCode: not HttpStatusCode.NotModified } page)
        {
            // Lets calls pass, as between documents.
            await Task.Yield();
            yield return ([.. page], page.ContinuationToken);
        }
    }

    private async Task<(Progress Progress, string? ETag)> ReadAsync(CancellationToken ct) =>
        await leases.FindAsync<Progress>(name, name, ct) is { } read ? (read.Value, read.ETag) : (new Progress(name, null, []), null);

    /// <summary>The new ETag; null when another instance has written since.</summary>
    private async Task<string?> TryWriteAsync(Progress progress, string? etag, CancellationToken ct) => etag is null
        ? await leases.TryCreateAsync(progress, name, ct) ? (await ReadAsync(ct)).ETag : null
        : await leases.TryReplaceAsync(progress, name, name, etag, ct);

    /// <summary>How far the change feed has been read.</summary>
    /// <param name="Id">The sweep's name.</param>
    /// <param name="After">The SDK's continuation; null for the beginning.</param>
    /// <param name="Failed">The conversations that could not be finished so far.</param>
    private sealed record Progress(string Id, string? After, List<string> Failed);
}
