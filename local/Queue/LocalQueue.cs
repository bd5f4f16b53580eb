using System.Collections.Concurrent;
using System.Text;

namespace Connections.Local.Queue;

/// <summary>Storage queues on one machine, durable in the local host's SQLite file. Delivery is at least once.</summary>
/// <remarks>
/// As in Azure, a taken message comes back when its visibility timeout passes, and only the pop receipt of the last taker
/// can delete it. Unlike Azure, messages never expire, and opening the file ends every lease of the process before: what a
/// killed process had taken is visible at once, and that it was taken counts as no try. So one process at a time opens a file;
/// others can <see cref="Join"/> it.
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
    /// <exception cref="StorageOutage">The file cannot be opened or is no database.</exception>
    public static LocalQueue Open(string sqliteFile, TimeProvider time)
    {
        var endLeases = $"""
            UPDATE queue_messages
            SET visible_at = min(visible_at, {time.GetUtcNow().ToUnixTimeMilliseconds()}), dequeue_count = dequeue_count - 1, receipt = NULL, run = NULL
            WHERE run IS NOT NULL;
            """;
        return new LocalQueue(SqliteFile.Open(sqliteFile, Schema + endLeases), time);
    }

    /// <summary>The queues of a file that another process may have open, whose leases stay.</summary>
    /// <exception cref="StorageOutage">The file cannot be opened or is no database.</exception>
    internal static LocalQueue Join(string sqliteFile, TimeProvider time) => new(SqliteFile.Open(sqliteFile, Schema), time);

    /// <summary>Whether messages can be stored.</summary>
    /// <exception cref="StorageOutage">They cannot.</exception>
    public Task CheckAsync(CancellationToken ct) => file.CheckAsync(ct);

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

        await file.InTransactionAsync(session => Insert(session, queue, text, delay), ct);
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
            session => session.Rows(
                """
                UPDATE queue_messages
                SET visible_at = ?1, dequeue_count = dequeue_count + 1, receipt = hex(randomblob(16)), run = ?2
                WHERE id IN (
                    SELECT id FROM queue_messages WHERE queue = ?3 AND visible_at <= ?4 ORDER BY visible_at, id LIMIT ?5)
                RETURNING id, queue, text, dequeue_count, inserted_at, receipt
                """,
                row => Message(row) with { PopReceipt = row.Text(5) },
                Now + Milliseconds(visibilityTimeout),
                run,
                queue,
                Now,
                most),
            ct);

    /// <summary>Up to <paramref name="most"/> visible messages, without taking them; their receipts are empty.</summary>
    public Task<IReadOnlyList<QueueMessage>> LookAsync(string queue, int most, CancellationToken ct) =>
        file.InTransactionAsync<IReadOnlyList<QueueMessage>>(
            session => session.Rows(
                "SELECT id, queue, text, dequeue_count, inserted_at FROM queue_messages WHERE queue = ?1 AND visible_at <= ?2 ORDER BY visible_at, id LIMIT ?3",
                Message,
                queue,
                Now,
                most),
            ct);

    /// <summary>The texts of up to <paramref name="most"/> visible messages, without taking them.</summary>
    public async Task<IReadOnlyList<string>> PeekAsync(string queue, int most, CancellationToken ct) =>
        [.. (await LookAsync(queue, most, ct)).Select(message => message.Text)];

    /// <summary>How many messages the queue has, unseen and taken ones included.</summary>
    public Task<int> CountAsync(string queue, CancellationToken ct) =>
        file.InTransactionAsync(session => session.Rows("SELECT COUNT(*) FROM queue_messages WHERE queue = ?1", row => (int)row.Long(0), queue)[0], ct);

    /// <summary>How many messages of the queue are taken, or visible by a moment.</summary>
    public Task<int> CountDueAsync(string queue, DateTimeOffset by, CancellationToken ct) =>
        file.InTransactionAsync(
            session => session.Rows(
                "SELECT COUNT(*) FROM queue_messages WHERE queue = ?1 AND (run IS NOT NULL OR visible_at <= ?2)",
                row => (int)row.Long(0),
                queue,
                by.ToUnixTimeMilliseconds())[0],
            ct);

    /// <summary>Removes a taken message for good. False when the lease was lost to another taker; nothing is changed then.</summary>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken ct) => file.InTransactionAsync(session => Delete(session, message), ct);

    /// <summary>Keeps a taken message for <paramref name="visibilityTimeout"/> from now. False when the lease was lost.</summary>
    public Task<bool> ExtendAsync(QueueMessage message, TimeSpan visibilityTimeout, CancellationToken ct) =>
        file.InTransactionAsync(
            session => session.Execute(
                "UPDATE queue_messages SET visible_at = ?3 WHERE id = ?1 AND receipt = ?2",
                message.Id,
                message.PopReceipt,
                Now + Milliseconds(visibilityTimeout)) == 1,
            ct);

    /// <summary>Puts a taken message back, unseen for <paramref name="delay"/>, also across a restart. False when the lease was lost.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long nobody sees it; from zero to <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Gives up waiting for the file.</param>
    /// <param name="untried">Whether having been taken counts as no try.</param>
    /// <exception cref="ArgumentException">The delay is below zero or over <see cref="MaxDelay"/>.</exception>
    public async Task<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken ct, bool untried = false)
    {
        Check(delay);
        var released = await file.InTransactionAsync(
            session => session.Execute(
                "UPDATE queue_messages SET visible_at = ?3, dequeue_count = dequeue_count - ?4, receipt = NULL, run = NULL WHERE id = ?1 AND receipt = ?2",
                message.Id,
                message.PopReceipt,
                Now + Milliseconds(delay),
                untried ? 1 : 0) == 1,
            ct);
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
            session => Delete(session, message) && Insert(session, poison, message.Text, TimeSpan.Zero),
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

    private static bool Delete(SqliteSession session, QueueMessage message) =>
        session.Execute("DELETE FROM queue_messages WHERE id = ?1 AND receipt = ?2", message.Id, message.PopReceipt) == 1;

    private static QueueMessage Message(SqliteStatement row) =>
        new(row.Long(0), row.Text(1), row.Text(2), (int)row.Long(3), "", DateTimeOffset.FromUnixTimeMilliseconds(row.Long(4)));

    private static void Check(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > MaxDelay)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A message stays unseen for 0 to 7 days.");
        }
    }

    /// <summary>Rounded up: a message is never seen early.</summary>
    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    private bool Insert(SqliteSession session, string queue, string text, TimeSpan delay) =>
        session.Execute(
            "INSERT INTO queue_messages(queue, text, visible_at, inserted_at) VALUES(?1, ?2, ?3, ?4)", queue, text, Now + Milliseconds(delay), Now) == 1;

    private void Wake(string queue)
    {
        if (arrivals.TryRemove(queue, out var arrival))
        {
            arrival.SetResult();
        }
    }
}
