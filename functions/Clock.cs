namespace Connections;

/// <summary>The current time in the precision that documents store.</summary>
public static class Clock
{
    /// <summary>Now, in UTC and whole milliseconds, so that a time compares equal before and after it is stored.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
