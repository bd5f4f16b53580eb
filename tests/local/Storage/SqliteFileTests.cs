using Connections.Emulators.Storage;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Storage;

/// <summary>Writes that wait at the same moment share a transaction, and know nothing of each other.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempFolder _folder = new();
    private readonly SqliteFile _file;

    public SqliteFileTests()
    {
        _file = SqliteFile.Open(_folder.File("data.db"));
        _file.Script("CREATE TABLE numbers (number INTEGER PRIMARY KEY, room BLOB)");
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_waits_is_committed_together()
    {
        var (own, committed) = (-1, -1);
        await WhileAnotherWritesAsync(
            () => InsertAsync(1),
            () => _file.WriteAsync(
                session =>
                {
                    (own, committed) = (NumbersOf(session).Count, Numbers().Count);
                    return 0;
                },
                None),
            () => InsertAsync(2));

        Assert.Equal((1, 0), (own, committed));
        Assert.Equal([1, 2], Numbers());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_write_that_throws_nothing_stays_and_of_the_others_everything(bool isFirst)
    {
        Task<int> RefusedAsync() => _file.WriteAsync<int>(
            session =>
            {
                Insert(session, 2);
                throw new InvalidOperationException("refused");
            },
            None);
        Task? refused = null;
        Func<Task>[] writes = [() => InsertAsync(1), () => refused = RefusedAsync(), () => InsertAsync(3)];

        await WhileAnotherWritesAsync(isFirst ? [writes[1], writes[0], writes[2]] : writes);
        var alone = await Assert.ThrowsAsync<InvalidOperationException>(RefusedAsync);

        Assert.Equal(alone.Message, (await Assert.ThrowsAsync<InvalidOperationException>(() => refused!)).Message);
        Assert.Equal([1, 3], Numbers());
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_does_not_run()
    {
        using var cancelled = new CancellationTokenSource();
        Task? waiting = null;
        await WhileAnotherWritesAsync(
            () => waiting = _file.WriteAsync(session => Insert(session, 1), cancelled.Token),
            cancelled.CancelAsync,
            () => InsertAsync(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting!);
        Assert.Equal([2], Numbers());
    }

    [Fact]
    public async Task A_full_disk_fails_all_that_share_the_transaction_and_the_next_ones_succeed_when_there_is_room()
    {
        var pages = await _file.WriteAsync(session => session.Number("PRAGMA page_count"), None);
        await _file.WriteAsync(session => session.Number($"PRAGMA max_page_count = {pages}"), None);
        Task[] shared = [];
        await WhileAnotherWritesAsync(() => Task.WhenAll(
            shared = [InsertAsync(1), _file.WriteAsync(session => Insert(session, 2, bytes: 100_000), None), InsertAsync(3)]));

        foreach (var write in shared)
        {
            await Assert.ThrowsAsync<StorageOutage>(() => write);
        }

        Assert.Empty(Numbers());
        Assert.NotNull(_file.Outage);

        await _file.WriteAsync(session => session.Number("PRAGMA max_page_count = 100000"), None);
        await InsertAsync(4);
        Assert.Equal([4], Numbers());
        Assert.Null(_file.Outage);
    }

    [Fact]
    public async Task A_write_that_waits_when_the_file_is_closed_ends()
    {
        var (waiting, closing) = (Task.CompletedTask, Task.CompletedTask);
        await WhileAnotherWritesAsync(
            () => closing = Task.Run(_file.Dispose),
            () => waiting = InsertAsync(1));

        await closing;
        Assert.True(waiting.IsCompletedSuccessfully || waiting.Exception!.InnerException is ObjectDisposedException);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(2));
    }

    /// <summary>Starts writes while the file is being written, and waits until all have ended, however they end.</summary>
    private async Task WhileAnotherWritesAsync(params Func<Task>[] start)
    {
        using var started = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var other = Task.Run(() => _file.WriteAsync(
            _ =>
            {
                started.Set();
                mayEnd.Wait();
                return 0;
            },
            None));
        started.Wait();
        Task[] writes = [.. start.Select(write => write())];
        mayEnd.Set();
        await other;
        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private Task<int> InsertAsync(int number) => _file.WriteAsync(session => Insert(session, number), None);

    private List<int> Numbers() => _file.Read(NumbersOf);

    private static int Insert(SqliteSession session, int number, int bytes = 1) =>
        session.Execute("INSERT INTO numbers VALUES (?1, zeroblob(?2))", (long)number, (long)bytes);

    private static List<int> NumbersOf(SqliteSession session) =>
        session.Rows("SELECT number FROM numbers ORDER BY number", row => (int)row.Number(0));
}
