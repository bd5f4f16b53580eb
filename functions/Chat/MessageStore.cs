using System.Net;
using System.Security.Cryptography;
using Connections.Cosmos;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Chat;

/// <summary>Reads and appends messages. A conversation is one partition.</summary>
public sealed class MessageStore(Containers containers, TimeProvider time)
{
    // Every round that loses a number, somebody else's message was stored; so a send among a hundred others still ends.
    private const int MaxRaces = 300;

    private const int SealedAtOnce = 8;

    // The largest page and one more, which tells whether there is another page.
    private const int MaxPage = PageRequest.MaxLimit + 1;

    /// <summary>The last message; null when there is none. One request.</summary>
    public async Task<MessageDocument?> LastAsync(string connectionId, CancellationToken ct) =>
        (await QueryAsync(connectionId, new QueryDefinition("SELECT TOP 1 * FROM c ORDER BY c.seq DESC"), ct)).SingleOrDefault();

    /// <summary>One message; null when there is none by that number. One request.</summary>
    public async Task<MessageDocument?> FindAsync(string connectionId, long seq, CancellationToken ct) =>
        (await containers.Messages.FindAsync<MessageDocument>(MessageDocument.IdOf(seq), connectionId, ct))?.Value;

    /// <summary>One message with the ETag that guards its next change; null when there is none by that number. One request.</summary>
    public Task<Document<MessageDocument>?> FindForChangeAsync(string connectionId, long seq, CancellationToken ct) =>
        containers.Messages.FindAsync<MessageDocument>(MessageDocument.IdOf(seq), connectionId, ct);

    /// <summary>A member's message by the id that their client gave it; null when it was not stored. One request.</summary>
    public async Task<MessageDocument?> FindByClientIdAsync(string connectionId, MemberId from, string clientId, CancellationToken ct) =>
        (await QueryAsync(
            connectionId,
            new QueryDefinition("SELECT * FROM c WHERE c[\"from\"] = @from AND c.clientId = @clientId")
                .WithParameter("@from", from.Value).WithParameter("@clientId", clientId),
            ct)).SingleOrDefault();

    /// <summary>Newest first, below <paramref name="before"/>, or from the newest on. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> BackFromAsync(string connectionId, long? before, int limit, CancellationToken ct) => QueryAsync(
        connectionId,
        before is { } seq
            ? new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c.seq < @before ORDER BY c.seq DESC").WithParameter("@before", seq)
            : new QueryDefinition($"SELECT TOP {limit} * FROM c ORDER BY c.seq DESC"),
        ct);

    /// <summary>Oldest first, above <paramref name="after"/>: fills a gap. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> ForwardFromAsync(string connectionId, long after, int limit, CancellationToken ct) => QueryAsync(
        connectionId,
        new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c.seq > @after ORDER BY c.seq ASC").WithParameter("@after", after),
        ct);

    /// <summary>One side's messages above a number, deleted ones included: the oldest of them, or the newest, in that order. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> FromAfterAsync(
        string connectionId, MemberId from, long after, int limit, bool newestFirst, CancellationToken ct) => QueryAsync(
        connectionId,
        new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c[\"from\"] = @from AND c.seq > @after ORDER BY c.seq {(newestFirst ? "DESC" : "ASC")}")
            .WithParameter("@from", from.Value).WithParameter("@after", after),
        ct);

    /// <summary>How many messages of one side there are above a number, without the deleted ones. One request, whose cost grows with them.</summary>
    public Task<int> CountFromAfterAsync(string connectionId, MemberId from, long after, CancellationToken ct) =>
        containers.Messages.CountAsync(
            new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c[\"from\"] = @from AND c.seq > @after AND NOT IS_DEFINED(c.deleted)")
                .WithParameter("@from", from.Value).WithParameter("@after", after),
            connectionId,
            ct);

    /// <summary>Appends a message under the next number. One request when what is known of the end is so still.</summary>
    /// <param name="connectionId">The conversation.</param>
    /// <param name="from">Who writes.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="clientId">The sender's own id for it.</param>
    /// <param name="text">What.</param>
    /// <param name="end">The conversation's end, or what was its end once; it costs more requests then, and no more than that.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The message, and whether this call stored it: a repeated <paramref name="clientId"/> gets the first one.</returns>
    public async Task<(MessageDocument Message, bool IsNew)> AppendAsync(
        string connectionId, MemberId from, MemberId to, string clientId, string text, ConversationEnd end, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var seq = end.Seq + 1;
            var now = time.Now();
            var message = new MessageDocument
            {
                Id = MessageDocument.IdOf(seq),
                ConnectionId = connectionId,
                Seq = seq,
                ClientId = clientId,
                From = from,
                To = to,
                Text = text,
                // Two instances' clocks can differ; a later number is never earlier.
                SentAt = end.SentAt > now ? end.SentAt.Value : now,
                FromCount = end.ReceivedBy(to) + 1,
                ToCount = end.ReceivedBy(from),
                OwedSince = now,
                Trace = Signals.Trace,
            };
            if (await containers.Messages.TryCreateAsync(message, connectionId, ct))
            {
                return (message, true);
            }

            // Either the number is taken, or this clientId has been stored: a repeated send.
            if (race > 0)
            {
                // Writers that met twice would meet again in step.
                await Task.Delay(RandomNumberGenerator.GetInt32(1, Math.Min(8 * race, 200)), ct);
            }

            // Most often one other message came first, and this one follows it.
            var taken = race == 0 ? await FindAsync(connectionId, seq, ct) : null;
            var first = taken is null ? await FindByClientIdAsync(connectionId, from, clientId, ct)
                : taken.From == from && taken.ClientId == clientId ? taken
                : null;
            if (first is not null)
            {
                return (first, false);
            }

            end = ConversationEnd.Of(taken ?? await LastAsync(connectionId, ct));
        }

        throw new CosmosException("One conversation had too many writers at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>
    /// Decides and writes until the write is the next one after the read: of two changes at once both are made, one on top of the other.
    /// One request when nobody races.
    /// </summary>
    public async Task<MessageChange> ChangeAsync(Document<MessageDocument> read, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var change = decide(read.Value);
            if (change is not MessageChange.Changed { After: var after })
            {
                return change;
            }

            if (await containers.Messages.TryReplaceAsync(after with { Trace = Signals.Trace }, after.Id, after.ConnectionId, read.ETag, ct) is not null)
            {
                return change;
            }

            // Another change came first, or the note that the rows show the message.
            await Task.Delay(RandomNumberGenerator.GetInt32(1, Math.Min(8 * (race + 1), 200)), ct);
            read = await FindForChangeAsync(after.ConnectionId, after.Seq, ct)
                ?? throw new InvalidOperationException($"Message {after.Seq} of connection {after.ConnectionId} is gone.");
        }

        throw new CosmosException("One message was changed from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>
    /// Seals what was said up to a message, for a member who erased their profile: <see cref="MessageDocument.SealedFor"/>. One request a message and
    /// one a page. Safe to run again: it goes on where it broke off.
    /// </summary>
    public async Task SealAsync(string connectionId, MemberId erased, long through, CancellationToken ct)
    {
        var query = $"SELECT TOP {MaxPage} * FROM c WHERE c.seq <= @through AND (NOT IS_DEFINED(c.sealed) OR (c[\"from\"] = @erased AND c.text != '')) ORDER BY c.seq ASC";
        while (await QueryAsync(connectionId, new QueryDefinition(query).WithParameter("@through", through).WithParameter("@erased", erased.Value), ct) is { Count: > 0 } page)
        {
            await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = SealedAtOnce, CancellationToken = ct }, async (message, inner) =>
                // Whatever else is changed of it at the same moment goes with it: who changes a message does so under its ETag.
                await containers.Messages.ReplaceItemAsync(message.SealedFor(erased), message.Id, new PartitionKey(connectionId), cancellationToken: inner));
        }
    }

    /// <summary>Notes that the contact rows show a message, unless it has changed since. One request.</summary>
    public async Task SettleAsync(MessageDocument message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        // When the condition does not hold, another run has noted it, or the message owes its next change.
        await containers.Messages.TryPatchAsync<MessageDocument>(
            message.Id,
            message.ConnectionId,
            [PatchOperation.Remove("/owedSince")],
            new PatchItemRequestOptions { FilterPredicate = $"FROM c WHERE IS_DEFINED(c.owedSince) AND c.revision = {message.Revision}", EnableContentResponseOnWrite = false },
            ct);
    }

    /// <summary>The messages that the rows have been owed since before a moment: what the change feed has lost.</summary>
    public IAsyncEnumerable<MessageDocument> OwingSinceBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        containers.Messages.OwingSinceBeforeAsync<MessageDocument>(moment, ct);

    private Task<IReadOnlyList<MessageDocument>> QueryAsync(string connectionId, QueryDefinition query, CancellationToken ct) =>
        containers.Messages.ReadFewAsync<MessageDocument>(query, connectionId, MaxPage, ct);
}
