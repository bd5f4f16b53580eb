using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Notices;

/// <summary>Every ten minutes: queues poisoned notices again, because what they tell is still owed. The sender drops those that no longer are.</summary>
/// <remarks>
/// A message reaches the poison queue where its email failed five times, and also where five processes died with it untried. The Functions
/// host lets it expire there after seven days; a notice that fails again and again waits <see cref="LongestRest"/> at most, so none is lost.
/// </remarks>
public sealed partial class SweepPoisoned(INoticeQueue queue, TimeProvider time, ILogger<SweepPoisoned> log)
{
    /// <summary>The longest that a notice lies in the poison queue between two rounds of tries.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private const int MostAtATime = 1000;

    /// <summary>Looks at poisoned messages, the most that one run can take; the rest is the next run's.</summary>
    [Function(nameof(SweepPoisoned))]
    public async Task Run([TimerTrigger("30 5-59/10 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        if (await queue.CountPoisonedAsync(ct) is not (> 0 and var count))
        {
            return;
        }

        // An operator is told even of what came since the last minute's figure.
        Signals.NoticesPoisoned.Record(count);
        var seen = 0;
        var again = 0;
        while (seen < MostAtATime && await queue.TakePoisonedAsync(ct) is { Count: > 0 } messages)
        {
            seen += messages.Count;
            foreach (var message in messages)
            {
                again += await TryAgainAsync(message, ct) ? 1 : 0;
            }
        }

        LogSwept(again, count);
    }

    /// <summary>How long a notice that was poisoned lies until it is queued again: a quarter of the time that it was owed until then, at most <see cref="LongestRest"/>.</summary>
    public static TimeSpan RestOf(Notice notice, DateTimeOffset poisonedAt)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var rest = (poisonedAt - (notice.DueAt ?? notice.OwedSince)) / 4;
        return rest < TimeSpan.Zero ? TimeSpan.Zero : rest < LongestRest ? rest : LongestRest;
    }

    private async Task<bool> TryAgainAsync(PoisonedMessage message, CancellationToken ct)
    {
        if (Notice.Read(message.Text) is not { } notice)
        {
            // It stays for an operator, and is told of once.
            if (message.IsNew)
            {
                LogUnreadable(message.PoisonedAt);
            }

            return false;
        }

        if (message.PoisonedAt + RestOf(notice, message.PoisonedAt) > time.GetUtcNow())
        {
            return false;
        }

        // In this order: a process that dies in between leaves the notice there twice, which sends no email twice.
        await queue.EnqueueAsync(notice, notice.WaitAt(time.GetUtcNow()), ct);
        await message.RemoveAsync(ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Again} of about {Count} poisoned notices are queued again")]
    private partial void LogSwept(int again, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message that was poisoned at {PoisonedAt:u} is not a notice; it stays in the poison queue")]
    private partial void LogUnreadable(DateTimeOffset poisonedAt);
}
