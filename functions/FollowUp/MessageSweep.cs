using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Connections.Chat;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.FollowUp;

/// <summary>Looks once at every new or changed message, and finishes what the call that stored it may not have done.</summary>
/// <remarks>
/// It reads the change feed of <c>messages</c> itself, from where the last run ended, and stores how far it has come after each page. So
/// messages are looked at again if a run dies, and none needs a mark of its own, which would cost more than the message. A conversation
/// that fails is remembered, and the run goes on: the next runs try it again.
/// </remarks>
public sealed class MessageSweep(
    Containers containers, MessageStore messages, MessageFollowUp followUp, TimeProvider time, ILogger<MessageSweep> log)
{
    /// <summary>How old a message must be. The call that stored a younger one is most likely still at work.</summary>
    public static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(10);

    private const int PageSize = 500;
    private const int Parallelism = 8;

    // More failures than this are not those of single conversations: the sweep waits until it is better.
    private const int MaxFailed = 200;

    /// <summary>Looks at the messages since the last run.</summary>
    /// <exception cref="AggregateException">Some conversations failed; all others are done.</exception>
    public Task RunAsync(CancellationToken ct) => RunAsync(time.Now() - SettledAfter, ct);

    /// <summary>Looks at the messages since the last run that were stored before a time.</summary>
    public async Task RunAsync(DateTimeOffset before, CancellationToken ct)
    {
        var (progress, etag) = await ReadAsync(ct);
        var failures = new List<Exception>();
        var failed = await TryEachAsync(progress.Failed, id => id, FinishRecentAsync, failures, ct);
        if (failed.Count < progress.Failed.Count && (etag = await TryWriteAsync(progress with { Failed = failed }, etag, ct)) is null)
        {
            return;
        }

        await foreach (var (page, after) in PagesAsync(progress.After, ct))
        {
            var settled = page.Where(message => (message.EditedAt ?? message.SentAt) <= before).ToList();
            var conversations = settled.GroupBy(message => message.ConnectionId).Select(conversation => conversation.ToList()).ToList();
            failed.AddRange(await TryEachAsync(
                conversations, conversation => conversation[0].ConnectionId, followUp.RunAsync, failures, ct));
            // A page with younger messages is read again by the next run.
            if (settled.Count < page.Count || failed.Count > MaxFailed)
            {
                break;
            }

            // When another instance has come further meanwhile, it has looked at the same messages.
            if ((etag = await TryWriteAsync(new Progress(after, [.. failed.Distinct()]), etag, ct)) is null)
            {
                break;
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Whether there are messages that no run has looked at, or that failed.</summary>
    public async Task<bool> IsBehindAsync(CancellationToken ct)
    {
        var (progress, _) = await ReadAsync(ct);
        return progress.Failed.Count > 0 || await PagesAsync(progress.After, ct).AnyAsync(ct);
    }

    private async Task FinishRecentAsync(string connectionId, CancellationToken ct) =>
        await followUp.RunAsync(await messages.BackFromAsync(connectionId, before: null, PageRequest.MaxLimit, ct), ct);

    /// <summary>Handles conversations, some at once; returns the ids of those that failed.</summary>
    private async Task<List<string>> TryEachAsync<T>(
        IReadOnlyCollection<T> conversations,
        Func<T, string> idOf,
        Func<T, CancellationToken, Task> handle,
        List<Exception> failures,
        CancellationToken ct)
    {
        var failed = new ConcurrentBag<string>();
        async Task HandleAsync(T conversation, CancellationToken inner)
        {
            try
            {
                await handle(conversation, inner);
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

    private async IAsyncEnumerable<(IReadOnlyList<MessageDocument> Page, string After)> PagesAsync(
        string? after, [EnumeratorCancellation] CancellationToken ct)
    {
        using var feed = containers.Messages.GetChangeFeedIterator<MessageDocument>(
            after is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(after),
            ChangeFeedMode.LatestVersion,
            new ChangeFeedRequestOptions { PageSizeHint = PageSize });
        while (feed.HasMoreResults && await feed.ReadNextAsync(ct) is { StatusCode: not HttpStatusCode.NotModified } page)
        {
            yield return ([.. page], page.ContinuationToken);
        }
    }

    private async Task<(Progress Progress, string? ETag)> ReadAsync(CancellationToken ct) =>
        await containers.Leases.FindAsync<Progress>(Progress.DocumentId, Progress.DocumentId, ct) is { } read
            ? (read.Value, read.ETag)
            : (new Progress(null, []), null);

    /// <summary>The new ETag; null when another instance has written since.</summary>
    private async Task<string?> TryWriteAsync(Progress progress, string? etag, CancellationToken ct) => etag is null
        ? await containers.Leases.TryCreateAsync(progress, progress.Id, ct) ? (await ReadAsync(ct)).ETag : null
        : await containers.Leases.TryReplaceAsync(progress, progress.Id, progress.Id, etag, ct);

    /// <summary>How far the change feed has been read.</summary>
    /// <param name="After">The SDK's continuation; null for the beginning.</param>
    /// <param name="Failed">The conversations that could not be finished so far.</param>
    private sealed record Progress(string? After, List<string> Failed)
    {
        public const string DocumentId = "message-sweep";

        public string Id { get; init; } = DocumentId;
    }
}
