using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>Every ten minutes: queues poisoned notices again, because their emails may still be owed.</summary>
/// <remarks>
/// A message reaches the poison queue when it failed five times, or when five processes died while they held it. It expires there after
/// seven days, but a notice rests there at most for <see cref="LongestRest"/> at a time, so no notice is lost.
/// </remarks>
public sealed partial class SweepPoisoned(INoticeQueue queue, TimeProvider time, ILogger<SweepPoisoned> log)
{
    /// <summary>The longest time that a notice rests in the poison queue before it is tried again.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private const int MaxMessages = 1000;

    /// <summary>Queues the notices that have rested long enough. A run that reaches its limit leaves the rest to the next run.</summary>
    [Function(nameof(SweepPoisoned))]
    public async Task Run([TimerTrigger("30 5-59/10 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        if (await queue.CountPoisonedAsync(ct) is not (> 0 and var count))
        {
            return;
        }

        // Alerts must also see messages that arrive and leave between two runs of CountPoisoned.
        Signals.NoticesPoisoned.Record(count);
        var seen = 0;
        var again = 0;
        while (seen < MaxMessages && await queue.TakePoisonedAsync(ct) is { Count: > 0 } messages)
        {
            seen += messages.Count;
            foreach (var message in messages)
            {
                again += await TryAgainAsync(message, ct) ? 1 : 0;
            }
        }

        LogSwept(again, count);
    }

    /// <summary>How long a notice rests: a quarter of the time from due to poisoned, at most <see cref="LongestRest"/>.</summary>
    public static TimeSpan RestOf(Notice notice, DateTimeOffset poisonedAt)
    {
        var rest = (poisonedAt - (notice.DueAt ?? notice.OwedSince)) / 4;
        return rest < TimeSpan.Zero ? TimeSpan.Zero : rest < LongestRest ? rest : LongestRest;
    }

    private async Task<bool> TryAgainAsync(PoisonedMessage message, CancellationToken ct)
    {
        if (Notice.Read(message.Text) is not { } notice)
        {
            // It stays for an operator, and is logged once.
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

        // In this order, a process that dies in between leaves a duplicate, which sends no second email, instead of losing the notice.
        await queue.EnqueueAsync(notice, notice.WaitAt(time.GetUtcNow()), ct);
        await message.RemoveAsync(ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Again} of about {Count} poisoned notices are queued again")]
    private partial void LogSwept(int again, int count);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The message that was poisoned at {PoisonedAt:u} is not a notice; it stays in the poison queue")]
    private partial void LogUnreadable(DateTimeOffset poisonedAt);
}
