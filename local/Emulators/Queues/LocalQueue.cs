using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Queues;

/// <summary>Storage queues on one machine, durable in a SQLite file. Delivery is at least once.</summary>
/// <remarks>
/// As in Azure, a received message becomes visible again when its visibility timeout passes, and only its last pop receipt can delete it.
/// Unlike in Azure, messages never expire, and <see cref="Open"/> makes the messages that a killed process had received visible at once,
/// without counting that as a try. So one process at a time may open a file; others <see cref="Join"/> it.
/// </remarks>
public sealed class LocalQueue
{
    /// <summary>The longest text of a message, in bytes of UTF-8.</summary>
    public const int MaxTextBytes = 64 * 1024;

    /// <summary>The longest time that a message can stay invisible.</summary>
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

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _arrivals = new(StringComparer.Ordinal);
    private readonly string _run = Guid.NewGuid().ToString("n");
    private readonly SqliteFile _file;
    private readonly TimeProvider _time;

    private LocalQueue(SqliteFile file, TimeProvider time) => (_file, _time) = (file, time);

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the queues in a file for the one process that takes messages, and ends the leases of the process before.</summary>
    /// <exception cref="StorageOutage">The file cannot be written.</exception>
    public static LocalQueue Open(SqliteFile file, TimeProvider time)
    {
        var queue = Join(file, time);
        file.Script($"""
            UPDATE queue_messages
            SET visible_at = min(visible_at, {queue.Now}), dequeue_count = dequeue_count - 1, receipt = NULL, run = NULL
            WHERE run IS NOT NULL;
            """);
        return queue;
    }

    /// <summary>Opens the queues in a file that another process may have open too, whose leases stay.</summary>
    /// <exception cref="StorageOutage">The file cannot be written.</exception>
    public static LocalQueue Join(SqliteFile file, TimeProvider time)
    {
        file.Script(Schema);
        return new LocalQueue(file, time);
    }

    /// <summary>Checks that messages can be stored.</summary>
    /// <exception cref="StorageOutage">They cannot.</exception>
    public Task CheckAsync(CancellationToken ct) => _file.CheckAsync(ct);

    /// <summary>Adds a message. Once this returns, it is stored and will be delivered at least once.</summary>
    /// <param name="queue">The queue, which need not exist.</param>
    /// <param name="text">At most <see cref="MaxTextBytes"/>.</param>
    /// <param name="delay">How long the message stays invisible; from zero to <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Cancels the wait for the file.</param>
    /// <exception cref="ArgumentException">The queue's name, the text's length or the delay is refused; nothing is stored.</exception>
    public async Task SendAsync(string queue, string text, TimeSpan delay, CancellationToken ct)
    {
        QueueName.Checked(queue);
        Check(delay);
        if (Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
        {
            throw new ArgumentException($"A message is at most {MaxTextBytes / 1024} KB.", nameof(text));
        }

        await _file.WriteAsync(session => Insert(session, queue, text, delay), ct);
        if (delay == TimeSpan.Zero)
        {
            Wake(queue);
        }
    }

    /// <summary>Receives up to <paramref name="most"/> visible messages, the longest visible first. Does not wait for one.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">At least 1; Storage queues give 32 at most.</param>
    /// <param name="visibilityTimeout">How long they stay invisible to other receivers.</param>
    /// <param name="ct">Cancels the wait for the file.</param>
    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibilityTimeout, CancellationToken ct) =>
        _file.WriteAsync<IReadOnlyList<QueueMessage>>(
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
                _run,
                queue,
                Now,
                most),
            ct);

    /// <summary>Up to <paramref name="most"/> visible messages, without receiving them; their receipts are empty.</summary>
    public Task<IReadOnlyList<QueueMessage>> PeekMessagesAsync(string queue, int most, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<QueueMessage>>(
            session => session.Rows(
                """
                SELECT id, queue, text, dequeue_count, inserted_at FROM queue_messages
                WHERE queue = ?1 AND visible_at <= ?2 ORDER BY visible_at, id LIMIT ?3
                """,
                Message,
                queue,
                Now,
                most),
            ct);

    /// <summary>The texts of up to <paramref name="most"/> visible messages, without receiving them.</summary>
    public async Task<IReadOnlyList<string>> PeekAsync(string queue, int most, CancellationToken ct) =>
        [.. (await PeekMessagesAsync(queue, most, ct)).Select(message => message.Text)];

    /// <summary>How many messages the queue has, invisible ones included.</summary>
    public Task<int> CountAsync(string queue, CancellationToken ct) =>
        ReadAsync(session => (int)session.Number("SELECT count(*) FROM queue_messages WHERE queue = ?1", queue)!, ct);

    /// <summary>How many messages of the queue are being processed, or are visible by a time.</summary>
    public Task<int> CountDueAsync(string queue, DateTimeOffset by, CancellationToken ct) => ReadAsync(
        session => (int)session.Number(
            "SELECT count(*) FROM queue_messages WHERE queue = ?1 AND (run IS NOT NULL OR visible_at <= ?2)", queue,
            by.ToUnixTimeMilliseconds())!,
        ct);

    /// <summary>Deletes a received message. False if another receiver has it by now; then nothing is changed.</summary>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken ct) => _file.WriteAsync(session => Delete(session, message), ct);

    /// <summary>Keeps a received message invisible for <paramref name="visibilityTimeout"/> from now. False if another receiver has it by
    /// now.</summary>
    public Task<bool> ExtendAsync(QueueMessage message, TimeSpan visibilityTimeout, CancellationToken ct) =>
        _file.WriteAsync(
            session => session.Execute(
                "UPDATE queue_messages SET visible_at = ?3 WHERE id = ?1 AND receipt = ?2",
                message.Id,
                message.PopReceipt,
                Now + Milliseconds(visibilityTimeout)) == 1,
            ct);

    /// <summary>Puts a received message back, invisible for <paramref name="delay"/>, also across a restart. False if another receiver has
    /// it by now.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long it stays invisible; from zero to <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Cancels the wait for the file.</param>
    /// <param name="untried">Whether this receive does not count as a try.</param>
    /// <exception cref="ArgumentException">The delay is below zero or over <see cref="MaxDelay"/>.</exception>
    public async Task<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken ct, bool untried = false)
    {
        Check(delay);
        var released = await _file.WriteAsync(
            session => session.Execute(
                "UPDATE queue_messages SET visible_at = ?3, dequeue_count = dequeue_count - ?4, receipt = NULL, run = NULL WHERE id = ?1 "
                    + "AND receipt = ?2",
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

    /// <summary>Moves a received message to the poison queue, in one step. False if another receiver has it by now.</summary>
    public async Task<bool> PoisonAsync(QueueMessage message, CancellationToken ct)
    {
        var poison = QueueName.Poison(message.Queue);
        var moved = await _file.WriteAsync(
            session => Delete(session, message) && Insert(session, poison, message.Text, TimeSpan.Zero), ct);
        if (moved)
        {
            Wake(poison);
        }

        return moved;
    }

    /// <summary>Completes when this process next adds a message to the queue that is visible at once.</summary>
    /// <remarks>Ask for it before receiving, so that no message arrives unnoticed between the two.</remarks>
    public Task ArrivalAsync(string queue) =>
        _arrivals.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static bool Delete(SqliteSession session, QueueMessage message) =>
        session.Execute("DELETE FROM queue_messages WHERE id = ?1 AND receipt = ?2", message.Id, message.PopReceipt) == 1;

    private static QueueMessage Message(SqliteStatement row) =>
        new(row.Number(0), row.Text(1), row.Text(2), (int)row.Number(3), "", DateTimeOffset.FromUnixTimeMilliseconds(row.Number(4)));

    private static void Check(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > MaxDelay)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A message stays invisible for 0 to 7 days.");
        }
    }

    // Rounded up, so that a message is never visible early.
    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct) =>
        ct.IsCancellationRequested ? Task.FromCanceled<T>(ct) : Task.FromResult(_file.Read(read));

    private bool Insert(SqliteSession session, string queue, string text, TimeSpan delay) =>
        session.Execute(
            "INSERT INTO queue_messages(queue, text, visible_at, inserted_at) VALUES(?1, ?2, ?3, ?4)", queue, text,
            Now + Milliseconds(delay), Now) == 1;

    private void Wake(string queue)
    {
        if (_arrivals.TryRemove(queue, out var arrival))
        {
            arrival.SetResult();
        }
    }
}

/// <summary>A message that was received. Other receivers do not see it until its visibility timeout has passed.</summary>
/// <param name="Id">The message's number in the file.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Text">The text. May be personal data: never log it.</param>
/// <param name="DequeueCount">How often it has been received, this time included.</param>
/// <param name="PopReceipt">Proves that the caller has the message; void once another receiver has it.</param>
/// <param name="InsertedAt">When it was sent.</param>
public sealed record QueueMessage(long Id, string Queue, string Text, int DequeueCount, string PopReceipt, DateTimeOffset InsertedAt);

/// <summary>The rules for names of Storage queues.</summary>
public static partial class QueueName
{
    /// <summary>Why <paramref name="name"/> cannot name a queue that has a poison queue; null if it can.</summary>
    public static string? Refusal(string name) =>
        IsName(name) && IsName(Poison(name))
            ? null
            : $"'{name}' cannot name a queue: 3 to 63 lower-case letters, digits and single hyphens, with room for '-poison'.";

    /// <summary>The queue for the messages of <paramref name="name"/> that failed too often.</summary>
    public static string Poison(string name) => name + "-poison";

    internal static string Checked(string name) =>
        IsName(name) ? name : throw new ArgumentException(Refusal(name), nameof(name));

    private static bool IsName(string name) => name.Length is >= 3 and <= 63 && Form().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
