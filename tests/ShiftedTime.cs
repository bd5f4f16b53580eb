namespace Connections.Tests;

/// <summary>A clock that runs as clocks do, some time ahead or behind. Only ever set it forward.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _ahead;

    /// <summary>How far ahead it is; negative where it is behind.</summary>
    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
