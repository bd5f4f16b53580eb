namespace Connections;

/// <summary>The current time in the precision that documents store.</summary>
public static class Clock
{
    /// <summary>Now, in UTC and whole milliseconds, so that a time compares equal before and after it is stored.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => time.GetUtcNow().InMilliseconds();

    /// <summary>A time in UTC and whole milliseconds.</summary>
    public static DateTimeOffset InMilliseconds(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
