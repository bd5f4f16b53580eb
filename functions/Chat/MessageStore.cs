using Connections.Cosmos;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Chat;

/// <summary>Reads, appends and changes messages. A conversation is one partition.</summary>
public sealed class MessageStore(Containers containers, TimeProvider time)
{
    private const int SealParallelism = 8;

    // The largest page, and one message more that tells whether there is another page.
    private const int MaxPage = PageRequest.MaxLimit + 1;

    /// <summary>The last message; null when there is none. One request.</summary>
    public async Task<MessageDocument?> LastAsync(string connectionId, CancellationToken ct) =>
        (await QueryAsync(connectionId, new QueryDefinition("SELECT TOP 1 * FROM c ORDER BY c.seq DESC"), ct)).SingleOrDefault();

    /// <summary>A message; null when there is none with this number. One request.</summary>
    public async Task<MessageDocument?> FindAsync(string connectionId, long seq, CancellationToken ct) =>
        (await containers.Messages.FindAsync<MessageDocument>(MessageDocument.IdOf(seq), connectionId, ct))?.Value;

    /// <summary>Messages by their numbers, those that there are, in no order. One request.</summary>
    public async Task<IReadOnlyList<MessageDocument>> FindManyAsync(
        string connectionId, IReadOnlyList<long> numbers, CancellationToken ct) =>
        numbers is [var only]
            ? await FindAsync(connectionId, only, ct) is { } message ? [message] : []
            : await QueryAsync(connectionId, CosmosCalls.ByIds("*", [.. numbers.Select(MessageDocument.IdOf)]), ct);

    /// <summary>A message with its ETag; null when there is none with this number. One request.</summary>
    public Task<Document<MessageDocument>?> FindForChangeAsync(string connectionId, long seq, CancellationToken ct) =>
        containers.Messages.FindAsync<MessageDocument>(MessageDocument.IdOf(seq), connectionId, ct);

    /// <summary>A member's message by its client id; null when there is none. One request.</summary>
    public async Task<MessageDocument?> FindByClientIdAsync(string connectionId, MemberId from, string clientId, CancellationToken ct) =>
        (await QueryAsync(
            connectionId,
            new QueryDefinition("SELECT * FROM c WHERE c[\"from\"] = @from AND c.clientId = @clientId")
                .WithParameter("@from", from.Value).WithParameter("@clientId", clientId),
            ct)).SingleOrDefault();

    /// <summary>A member's messages by their client ids, those that there are, in no order. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> FindByClientIdsAsync(
        string connectionId, MemberId from, IReadOnlyList<string> clientIds, CancellationToken ct)
    {
        var names = clientIds.Select((_, i) => $"@clientId{i}").ToList();
        var query = new QueryDefinition($"SELECT * FROM c WHERE c[\"from\"] = @from AND c.clientId IN ({string.Join(", ", names)})")
            .WithParameter("@from", from.Value);
        foreach (var (name, clientId) in names.Zip(clientIds))
        {
            query.WithParameter(name, clientId);
        }

        return QueryAsync(connectionId, query, ct);
    }

    /// <summary>The messages before <paramref name="before"/>, or the newest ones; the newest first. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> BackFromAsync(
        string connectionId, long? before, int limit, CancellationToken ct) => QueryAsync(
        connectionId,
        before is { } seq
            ? new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c.seq < @before ORDER BY c.seq DESC").WithParameter("@before", seq)
            : new QueryDefinition($"SELECT TOP {limit} * FROM c ORDER BY c.seq DESC"),
        ct,
        Math.Max(limit, MaxPage));

    /// <summary>The messages after <paramref name="after"/>, the oldest first. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> ForwardFromAsync(
        string connectionId, long after, int limit, CancellationToken ct) => QueryAsync(
        connectionId,
        new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c.seq > @after ORDER BY c.seq ASC").WithParameter("@after", after),
        ct);

    /// <summary>
    /// The messages after a number that were stored or written again at or after a time, the earliest write first. One request.
    /// </summary>
    public Task<IReadOnlyList<MessageDocument>> WrittenSinceAsync(
        string connectionId, DateTimeOffset from, long after, int limit, CancellationToken ct) => QueryAsync(
        connectionId,
        new QueryDefinition($"SELECT TOP {limit} * FROM c WHERE c._ts >= @from AND c.seq > @after ORDER BY c._ts ASC")
            .WithParameter("@from", from.ToUnixTimeSeconds()).WithParameter("@after", after),
        ct);

    /// <summary>One side's oldest or newest messages after a number, deleted ones included. One request.</summary>
    public Task<IReadOnlyList<MessageDocument>> FromAfterAsync(
        string connectionId, MemberId from, long after, int limit, bool newestFirst, CancellationToken ct) => QueryAsync(
        connectionId,
        new QueryDefinition(
            $"SELECT TOP {limit} * FROM c WHERE c[\"from\"] = @from AND c.seq > @after ORDER BY c.seq {(newestFirst ? "DESC" : "ASC")}")
            .WithParameter("@from", from.Value).WithParameter("@after", after),
        ct);

    /// <summary>
    /// The number of one side's messages after a number, without deleted ones. One request, whose cost grows with the number.
    /// </summary>
    public Task<int> CountFromAfterAsync(string connectionId, MemberId from, long after, CancellationToken ct) =>
        containers.Messages.CountAsync(
            new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c[\"from\"] = @from AND c.seq > @after AND NOT IS_DEFINED(c.deleted)")
                .WithParameter("@from", from.Value).WithParameter("@after", after),
            connectionId,
            ct);

    /// <summary>Appends a message under the next number. One request when <paramref name="end"/> is still the conversation's end.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="end">The conversation's end, or what was its end before; an old one costs more requests and does no other harm.</param>
    /// <returns>The message, and whether this call stored it: a repeated client id gets the first message.</returns>
    /// <exception cref="ContentionException">Other messages kept taking the number.</exception>
    public Task<(MessageDocument Message, bool IsNew)> AppendAsync(
        string connectionId, MemberId from, MemberId to, MessageDraft draft, ConversationEnd end, CancellationToken ct) =>
        OptimisticWrite.RunAsync<(MessageDocument, bool)>(
            time,
            async number =>
            {
                if (number > 0)
                {
                    // Either the number is taken, or this clientId is stored already. Most often one other message was faster, and this one
                    // follows it.
                    var taken = number == 1 ? await FindAsync(connectionId, end.Seq + 1, ct) : null;
                    var first = taken is null ? await FindByClientIdAsync(connectionId, from, draft.ClientId, ct)
                        : taken.From == from && taken.ClientId == draft.ClientId ? taken
                        : null;
                    if (first is not null)
                    {
                        return (first, false);
                    }

                    end = ConversationEnd.Of(taken ?? await LastAsync(connectionId, ct));
                }

                var (seq, now) = (end.Seq + 1, time.Now());
                var message = new MessageDocument
                {
                    Id = MessageDocument.IdOf(seq),
                    ConnectionId = connectionId,
                    Seq = seq,
                    ClientId = draft.ClientId,
                    From = from,
                    To = to,
                    Text = draft.Text,
                    Files = draft.Claimed,
                    ReplyTo = draft.ReplyTo,
                    // The clocks of two instances can differ; a higher number is never earlier.
                    SentAt = end.SentAt > now ? end.SentAt.Value : now,
                    PreviousAt = end.SentAt,
                    FromCount = end.ReceivedBy(to) + 1,
                    ToCount = end.ReceivedBy(from),
                    Trace = Signals.Trace,
                };
                return await containers.Messages.TryCreateAsync(message, connectionId, ct)
                    ? (message, true)
                    : new Superseded();
            },
            ct);

    /// <summary>
    /// Appends messages in their order, each as <see cref="AppendAsync"/> does. A request for each new one; where some were stored before,
    /// or there is no room for all, one more that finds the former.
    /// </summary>
    /// <param name="drafts">The messages. Of two with one client id, only the first is stored.</param>
    /// <param name="atMost">How many of them may be stored.</param>
    /// <returns>
    /// For each draft, the message and whether this call stored it; null where there was no room for it, which is so for all new ones after
    /// the first of these.
    /// </returns>
    /// <exception cref="ContentionException">Other messages kept taking the number. Those before are stored.</exception>
    public async Task<IReadOnlyList<(MessageDocument Message, bool IsNew)?>> AppendAllAsync(
        string connectionId,
        MemberId from,
        MemberId to,
        IReadOnlyList<MessageDraft> drafts,
        int atMost,
        ConversationEnd end,
        CancellationToken ct)
    {
        var known = new Dictionary<string, MessageDocument>(StringComparer.Ordinal);
        var results = new List<(MessageDocument Message, bool IsNew)?>(drafts.Count);
        var (room, hasAsked) = (atMost, false);
        foreach (var draft in drafts)
        {
            if (room == 0 && !known.ContainsKey(draft.ClientId))
            {
                await AskAsync();
            }

            if (known.TryGetValue(draft.ClientId, out var earlier))
            {
                results.Add((earlier, false));
                continue;
            }

            if (room == 0)
            {
                results.Add(null);
                continue;
            }

            var appended = await AppendAsync(connectionId, from, to, draft, end, ct);
            Know(appended.Message);
            results.Add(appended);
            if (appended.IsNew)
            {
                room--;
            }
            else
            {
                await AskAsync();
            }
        }

        return results;

        async Task AskAsync()
        {
            if (!hasAsked)
            {
                hasAsked = true;
                var ids = drafts.Select(one => one.ClientId).Distinct().Where(id => !known.ContainsKey(id)).ToList();
                foreach (var message in ids is [] ? [] : await FindByClientIdsAsync(connectionId, from, ids, ct))
                {
                    Know(message);
                }
            }
        }

        void Know(MessageDocument message)
        {
            known[message.ClientId] = message;
            end = message.Seq > end.Seq ? ConversationEnd.Of(message) : end;
        }
    }

    /// <summary>
    /// Decides and writes under the ETag: of two changes at once both are made, one on top of the other. One request unless superseded.
    /// </summary>
    /// <exception cref="ContentionException">The message kept changing.</exception>
    public async Task<MessageChange> ChangeAsync(
        Document<MessageDocument> read, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
    {
        var (id, connectionId) = (read.Value.Id, read.Value.ConnectionId);
        var (change, _) = await containers.Messages.ChangeAsync<MessageDocument, MessageChange>(
            id,
            connectionId,
            current =>
            {
                var change = decide(current ?? throw new InvalidOperationException($"Message {id} of connection {connectionId} is gone."));
                return (change, change is MessageChange.Changed { After: var after } ? after with { Trace = Signals.Trace } : null);
            },
            time,
            ct,
            read);
        return change;
    }

    /// <summary>
    /// Seals the messages up to a number, for a member who erased their profile: <see cref="MessageDocument.SealedFor"/>. One request a
    /// message, and one a page. Safe to repeat: it continues where it stopped.
    /// </summary>
    public async Task SealAsync(string connectionId, MemberId erased, long through, CancellationToken ct)
    {
        var unsealed = new QueryDefinition(
            $"SELECT TOP {MaxPage} * FROM c WHERE c.seq <= @through"
                + " AND (NOT IS_DEFINED(c.sealed) OR (c[\"from\"] = @erased AND NOT IS_DEFINED(c.deleted))) ORDER BY c.seq ASC")
            .WithParameter("@through", through).WithParameter("@erased", erased.Value);
        var options = new ParallelOptions { MaxDegreeOfParallelism = SealParallelism, CancellationToken = ct };
        while (await QueryAsync(connectionId, unsealed, ct) is { Count: > 0 } page)
        {
            // Without an ETag: an edit at the same moment is sealed away, and its own write is superseded.
            await Parallel.ForEachAsync(page, options, async (message, inner) => await containers.Messages.ReplaceItemAsync(
                message.SealedFor(erased), message.Id, new PartitionKey(connectionId), cancellationToken: inner));
        }
    }

    private Task<IReadOnlyList<MessageDocument>> QueryAsync(
        string connectionId, QueryDefinition query, CancellationToken ct, int most = MaxPage) =>
        containers.Messages.ReadFewAsync<MessageDocument>(query, connectionId, most, ct);
}
