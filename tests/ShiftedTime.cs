namespace Connections.Tests;

/// <summary>The system clock with an offset. The offset must only grow.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _ahead;

    /// <summary>The offset; negative if the clock is behind.</summary>
    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
