using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Queue;

public sealed class LocalQueueTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SqliteFile _file;
    private readonly LocalQueue _queue;

    public LocalQueueTests() => (_file, _queue) = Open();

    [Fact]
    public async Task A_received_message_is_invisible_until_its_timeout_and_counts_its_deliveries()
    {
        await SendAsync("hello");
        var first = await ReceiveOneAsync();

        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReceiveAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await ReceiveOneAsync();

        Assert.Equal(("hello", 1), (first.Text, first.DequeueCount));
        Assert.Equal((first.Id, 2), (second.Id, second.DequeueCount));
    }

    [Fact]
    public async Task A_message_is_invisible_until_its_delay_has_passed_even_a_week()
    {
        await SendAsync("later", LocalQueue.MaxDelay);

        _time.Advance(LocalQueue.MaxDelay - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReceiveAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("later", (await ReceiveOneAsync()).Text);
    }

    [Fact]
    public async Task Messages_come_in_the_order_they_were_sent()
    {
        foreach (var text in (string[])["1", "2", "3", "4"])
        {
            await SendAsync(text);
        }

        Assert.Equal(["1", "2", "3"], (await _queue.ReceiveAsync("notices", 3, Minute, default)).Select(m => m.Text));
        Assert.Equal(["4"], (await _queue.ReceiveAsync("notices", 3, Minute, default)).Select(m => m.Text));
    }

    [Fact]
    public async Task Queues_do_not_see_each_others_messages()
    {
        await _queue.SendAsync("others", "not mine", TimeSpan.Zero, default);

        Assert.Empty(await ReceiveAsync());
        Assert.Equal(0, await _queue.CountAsync("notices", default));
    }

    [Fact]
    public async Task A_deleted_message_never_comes_back()
    {
        await SendAsync("done");
        Assert.True(await _queue.DeleteAsync(await ReceiveOneAsync(), default));

        _time.Advance(TimeSpan.FromDays(30));

        Assert.Empty(await ReceiveAsync());
        Assert.Equal(0, await _queue.CountAsync("notices", default));
    }

    [Fact]
    public async Task A_receiver_whose_lease_was_taken_over_cannot_change_the_message()
    {
        await SendAsync("contested");
        var first = await ReceiveOneAsync();
        _time.Advance(Minute);
        var second = await ReceiveOneAsync();

        Assert.False(await _queue.DeleteAsync(first, default));
        Assert.False(await _queue.ExtendAsync(first, Minute, default));
        Assert.False(await _queue.ReleaseAsync(first, TimeSpan.Zero, default));
        Assert.False(await _queue.PoisonAsync(first, default));
        Assert.Equal(0, await _queue.CountAsync("notices-poison", default));
        Assert.True(await _queue.DeleteAsync(second, default));
    }

    [Fact]
    public async Task An_extended_lease_runs_from_the_extension()
    {
        await SendAsync("long work");
        var message = await ReceiveOneAsync();

        _time.Advance(Minute / 2);
        Assert.True(await _queue.ExtendAsync(message, Minute, default));
        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReceiveAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single(await ReceiveAsync());
    }

    [Fact]
    public async Task A_poisoned_message_moves_to_the_poison_queue()
    {
        await SendAsync("bad");

        Assert.True(await _queue.PoisonAsync(await ReceiveOneAsync(), default));

        Assert.Equal(0, await _queue.CountAsync("notices", default));
        Assert.Equal(["bad"], await _queue.PeekAsync("notices-poison", 10, default));
    }

    [Fact]
    public async Task Peeking_does_not_receive()
    {
        await SendAsync("look");
        await SendAsync("unseen", Minute);

        Assert.Equal(["look"], await _queue.PeekAsync("notices", 10, default));
        Assert.Equal(1, (await ReceiveOneAsync()).DequeueCount);
        Assert.Equal(2, await _queue.CountAsync("notices", default));
    }

    [Fact]
    public async Task After_a_crash_received_messages_are_visible_at_once_uncounted_and_delayed_ones_are_not()
    {
        await SendAsync("taken");
        var taken = await ReceiveOneAsync();
        await SendAsync("put back");
        Assert.True(await _queue.ReleaseAsync(await ReceiveOneAsync(), TimeSpan.FromMinutes(5), default));
        await SendAsync("delayed", TimeSpan.FromMinutes(10));

        // The first queue is not disposed, as in a killed process.
        var (nextFile, next) = Open();
        using var closed = nextFile;
        var again = await next.ReceiveAsync("notices", 10, TimeSpan.FromHours(1), default);
        _time.Advance(TimeSpan.FromMinutes(5));
        var afterFive = await next.ReceiveAsync("notices", 10, TimeSpan.FromHours(1), default);
        _time.Advance(TimeSpan.FromMinutes(5));
        var afterTen = await next.ReceiveAsync("notices", 10, TimeSpan.FromHours(1), default);

        Assert.Equal([("taken", 1)], again.Select(m => (m.Text, m.DequeueCount)));
        Assert.False(await _queue.DeleteAsync(taken, default));
        Assert.Equal(["put back"], afterFive.Select(m => m.Text));
        Assert.Equal(["delayed"], afterTen.Select(m => m.Text));
    }

    [Fact]
    public async Task Text_is_at_most_64_KB_of_UTF_8()
    {
        var longest = new string('é', LocalQueue.MaxTextBytes / 2);

        await SendAsync(longest);
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(longest + "e"));

        Assert.Equal(longest, (await ReceiveOneAsync()).Text);
        Assert.Equal(1, await _queue.CountAsync("notices", default));
    }

    [Fact]
    public async Task A_delay_over_seven_days_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SendAsync("late", LocalQueue.MaxDelay + TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SendAsync("early", TimeSpan.FromMilliseconds(-1)));

        Assert.Equal(0, await _queue.CountAsync("notices", default));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Notices")]
    [InlineData("no--tices")]
    [InlineData("notices-")]
    [InlineData("no_tices")]
    [InlineData("notices\n")]
    [InlineData("n123456789-123456789-123456789-123456789-123456789-123456789-123")]
    public async Task A_queue_name_that_Storage_refuses_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _queue.SendAsync(name, "text", TimeSpan.Zero, default));
        Assert.NotNull(QueueName.Refusal(name));
    }

    [Fact]
    public async Task A_sent_message_wakes_the_waiters_of_its_queue_only()
    {
        var arrival = _queue.ArrivalAsync("notices");
        var other = _queue.ArrivalAsync("others");

        await SendAsync("delayed", Minute);
        Assert.False(arrival.IsCompleted);
        await SendAsync("now");

        await arrival.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(other.IsCompleted);
        Assert.False(_queue.ArrivalAsync("notices").IsCompleted);
    }

    [Fact]
    public async Task Parallel_receivers_get_each_message_once()
    {
        const int Messages = 200;
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(n => Task.Run(() => SendAsync(n.ToString()))));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await _queue.ReceiveAsync("notices", 7, Minute, default) is { Count: > 0 } batch)
            {
                mine.AddRange(batch.Select(m => m.Text));
            }

            return mine;
        })));

        Assert.Equal(Enumerable.Range(0, Messages), taken.SelectMany(t => t).Select(int.Parse).Order());
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    private (SqliteFile File, LocalQueue Queue) Open()
    {
        var opened = SqliteFile.Open(_folder.File("local.db"));
        return (opened, LocalQueue.Open(opened, _time));
    }

    private Task SendAsync(string text, TimeSpan delay = default) => _queue.SendAsync("notices", text, delay, default);

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync() => _queue.ReceiveAsync("notices", 32, Minute, default);

    private async Task<QueueMessage> ReceiveOneAsync() => Assert.Single(await ReceiveAsync());
}
