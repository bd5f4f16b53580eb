using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Connections.Local.Queue;

/// <summary>Storage queues on one machine, durable in the local host's SQLite file. Delivery is at least once.</summary>
/// <remarks>
/// As in Azure, a taken message comes back when its visibility timeout passes, and only the pop receipt of the last taker
/// can delete it. Unlike Azure, messages never expire, and opening the file ends every lease of the process before: what a
/// killed process had taken is visible at once. So one process at a time has a file open.
/// </remarks>
public sealed class LocalQueue : IDisposable
{
    /// <summary>The longest text of a message, in bytes of UTF-8.</summary>
    public const int MaxTextBytes = 64 * 1024;

    /// <summary>The longest time that a message can be sent or put back unseen.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS queue_messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            text TEXT NOT NULL,
            visible_at INTEGER NOT NULL,
            inserted_at INTEGER NOT NULL,
            dequeue_count INTEGER NOT NULL DEFAULT 0,
            receipt TEXT,
            run TEXT);
        CREATE INDEX IF NOT EXISTS queue_messages_by_visibility ON queue_messages(queue, visible_at, id);
        """;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> arrivals = new(StringComparer.Ordinal);
    private readonly string run = Guid.NewGuid().ToString("n");
    private readonly SqliteFile file;
    private readonly TimeProvider time;

    private LocalQueue(SqliteFile file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
    }

    /// <summary>The SQLite file.</summary>
    internal string Path => file.Path;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the queues in <paramref name="sqliteFile"/>; makes the file if there is none.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public static LocalQueue Open(string sqliteFile, TimeProvider time)
    {
        var endLeases = $"""
            UPDATE queue_messages SET visible_at = min(visible_at, {time.GetUtcNow().ToUnixTimeMilliseconds()}), receipt = NULL, run = NULL
            WHERE run IS NOT NULL;
            """;
        return new LocalQueue(SqliteFile.Open(sqliteFile, Schema + endLeases), time);
    }

    /// <summary>Adds a message. When this returns, it is stored and will be delivered at least once.</summary>
    /// <param name="queue">The queue, which need not exist.</param>
    /// <param name="text">At most <see cref="MaxTextBytes"/>.</param>
    /// <param name="delay">How long it stays unseen; from zero to <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Gives up waiting for the file.</param>
    /// <exception cref="ArgumentException">The queue's name, the text's length or the delay is refused; nothing is stored.</exception>
    public async Task SendAsync(string queue, string text, TimeSpan delay, CancellationToken ct)
    {
        QueueName.Checked(queue);
        Check(delay);
        if (Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
        {
            throw new ArgumentException($"A message is at most {MaxTextBytes / 1024} KB.", nameof(text));
        }

        await file.InTransactionAsync(turn => Insert(turn, queue, text, delay), ct);
        if (delay == TimeSpan.Zero)
        {
            Wake(queue);
        }
    }

    /// <summary>Takes up to <paramref name="most"/> visible messages, the longest visible first; none is an empty list, at once.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">At least 1; Storage queues give 32 at most.</param>
    /// <param name="visibilityTimeout">How long nobody else sees them.</param>
    /// <param name="ct">Gives up waiting for the file.</param>
    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibilityTimeout, CancellationToken ct) =>
        file.InTransactionAsync<IReadOnlyList<QueueMessage>>(
            turn => turn.Query(
                """
                UPDATE queue_messages
                SET visible_at = @until, dequeue_count = dequeue_count + 1, receipt = hex(randomblob(16)), run = @run
                WHERE id IN (
                    SELECT id FROM queue_messages WHERE queue = @queue AND visible_at <= @now ORDER BY visible_at, id LIMIT @most)
                RETURNING id, queue, text, dequeue_count, receipt, inserted_at
                """,
                row => new QueueMessage(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))),
                ("@until", Now + Milliseconds(visibilityTimeout)),
                ("@run", run),
                ("@queue", queue),
                ("@now", Now),
                ("@most", most)),
            ct);

    /// <summary>The texts of up to <paramref name="most"/> visible messages, without taking them.</summary>
    public Task<IReadOnlyList<string>> PeekAsync(string queue, int most, CancellationToken ct) =>
        file.InTransactionAsync<IReadOnlyList<string>>(
            turn => turn.Query(
                "SELECT text FROM queue_messages WHERE queue = @queue AND visible_at <= @now ORDER BY visible_at, id LIMIT @most",
                row => row.GetString(0),
                ("@queue", queue),
                ("@now", Now),
                ("@most", most)),
            ct);

    /// <summary>How many messages the queue has, unseen and taken ones included.</summary>
    public Task<int> CountAsync(string queue, CancellationToken ct) =>
        file.InTransactionAsync(
            turn => turn.Query("SELECT COUNT(*) FROM queue_messages WHERE queue = @queue", row => row.GetInt32(0), ("@queue", queue))[0], ct);

    /// <summary>How many messages of the queue are taken, or visible by a moment.</summary>
    public Task<int> CountDueAsync(string queue, DateTimeOffset by, CancellationToken ct) =>
        file.InTransactionAsync(
            turn => turn.Query(
                "SELECT COUNT(*) FROM queue_messages WHERE queue = @queue AND (run IS NOT NULL OR visible_at <= @by)",
                row => row.GetInt32(0),
                ("@queue", queue),
                ("@by", by.ToUnixTimeMilliseconds()))[0],
            ct);

    /// <summary>Removes a taken message for good. False when the lease was lost to another taker; nothing is changed then.</summary>
    public async Task<bool> DeleteAsync(QueueMessage message, CancellationToken ct) =>
        await file.ExecuteAsync("DELETE FROM queue_messages WHERE id = @id AND receipt = @receipt", ct, Lease(message)) == 1;

    /// <summary>Keeps a taken message for <paramref name="visibilityTimeout"/> from now. False when the lease was lost.</summary>
    public async Task<bool> ExtendAsync(QueueMessage message, TimeSpan visibilityTimeout, CancellationToken ct) =>
        await file.ExecuteAsync(
            "UPDATE queue_messages SET visible_at = @at WHERE id = @id AND receipt = @receipt",
            ct,
            [.. Lease(message), ("@at", Now + Milliseconds(visibilityTimeout))]) == 1;

    /// <summary>Puts a taken message back, unseen for <paramref name="delay"/>, also across a restart. False when the lease was lost.</summary>
    /// <exception cref="ArgumentException">The delay is below zero or over <see cref="MaxDelay"/>.</exception>
    public async Task<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken ct)
    {
        Check(delay);
        var released = await file.ExecuteAsync(
            "UPDATE queue_messages SET visible_at = @at, receipt = NULL, run = NULL WHERE id = @id AND receipt = @receipt",
            ct,
            [.. Lease(message), ("@at", Now + Milliseconds(delay))]) == 1;
        if (released && delay == TimeSpan.Zero)
        {
            Wake(message.Queue);
        }

        return released;
    }

    /// <summary>Moves a taken message to the queue's poison queue, in one step. False when the lease was lost.</summary>
    public async Task<bool> PoisonAsync(QueueMessage message, CancellationToken ct)
    {
        var poison = QueueName.Poison(message.Queue);
        var moved = await file.InTransactionAsync(
            turn => turn.Execute("DELETE FROM queue_messages WHERE id = @id AND receipt = @receipt", Lease(message)) == 1
                && Insert(turn, poison, message.Text, TimeSpan.Zero),
            ct);
        if (moved)
        {
            Wake(poison);
        }

        return moved;
    }

    /// <summary>Completes when this process next puts a message into the queue that is visible at once.</summary>
    /// <remarks>Ask for it before looking into the queue, so that no message slips between the look and the wait.</remarks>
    public Task ArrivalAsync(string queue) =>
        arrivals.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static (string Name, object? Value)[] Lease(QueueMessage message) =>
        [("@id", message.Id), ("@receipt", message.PopReceipt)];

    private static void Check(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > MaxDelay)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A message stays unseen for 0 to 7 days.");
        }
    }

    /// <summary>Rounded up: a message is never seen early.</summary>
    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    private bool Insert(SqliteTurn turn, string queue, string text, TimeSpan delay) =>
        turn.Execute(
            "INSERT INTO queue_messages(queue, text, visible_at, inserted_at) VALUES(@queue, @text, @at, @now)",
            ("@queue", queue),
            ("@text", text),
            ("@at", Now + Milliseconds(delay)),
            ("@now", Now)) == 1;

    private void Wake(string queue)
    {
        if (arrivals.TryRemove(queue, out var arrival))
        {
            arrival.SetResult();
        }
    }
}
