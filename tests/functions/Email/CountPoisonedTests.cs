using System.Collections.Concurrent;
using Connections.Emulators.Queues;
using Connections.Notices;
using Connections.Telemetry;
using Connections.Tests.Functions.Telemetry;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Email;

/// <summary>The metrics of poisoned notices and delivery reports.</summary>
public sealed class CountPoisonedTests
{
    // Hosts of other tests record the metric too, with lower values.
    private const int Poisoned = 7;

    [Fact]
    public async Task Each_minute_the_notices_that_were_poisoned_are_measured()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        await using var host = await LocalHostFixture.StartAsync(o => o with { Time = time, Creators = 0 });
        var queue = host.Services.GetRequiredService<LocalQueue>();
        for (var i = 0; i < Poisoned; i++)
        {
            await queue.SendAsync(INoticeQueue.Name, "not a notice", TimeSpan.Zero, default);
        }

        var measured = new ConcurrentBag<long>();
        using var listener = Measurements.Of(Signals.NoticesPoisoned, (_, value, _, _) => measured.Add(value));
        Assert.True(
            await EventuallyAsync(time, async () => await queue.CountAsync(INoticeQueue.PoisonName, default) == Poisoned),
            "The notices were not poisoned.");

        Assert.True(
            await EventuallyAsync(time, () => Task.FromResult(measured.Contains(Poisoned))), $"Measured: {string.Join(", ", measured)}");
    }

    [Fact]
    public async Task Each_minute_the_delivery_reports_in_their_poison_queue_are_measured()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        await using var host = await LocalHostFixture.StartAsync(o => o with { Time = time, Creators = 0 });
        var queue = host.Services.GetRequiredService<LocalQueue>();
        for (var i = 0; i < Poisoned; i++)
        {
            await queue.SendAsync(QueueName.Poison(DeliveryReport.QueueName), "a report", TimeSpan.Zero, default);
        }

        var measured = new ConcurrentBag<long>();
        using var listener = Measurements.Of(Signals.DeliveriesPoisoned, (_, value, _, _) => measured.Add(value));
        Assert.True(
            await EventuallyAsync(time, () => Task.FromResult(measured.Contains(Poisoned))), $"Measured: {string.Join(", ", measured)}");
    }

    private static Task<bool> EventuallyAsync(ManualTime time, Func<Task<bool>> look) => Calls.EventuallyAsync(
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return look();
        },
        isSo => isSo);
}
