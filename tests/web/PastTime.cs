namespace Connections.Tests.Web;

/// <summary>A clock that runs as clocks do, some time behind: for what was sent days ago. Only ever set it forward.</summary>
public sealed class PastTime : TimeProvider
{
    private long _behind;

    /// <summary>How far behind it is.</summary>
    public TimeSpan Behind
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _behind));
        set => Interlocked.Exchange(ref _behind, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
}
