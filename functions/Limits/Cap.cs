namespace Connections.Limits;

/// <summary>How many of something each member may have at once.</summary>
/// <param name="Name">What is counted, as the documents are named: lower-case letters.</param>
/// <param name="AtMost">How many.</param>
public sealed record Cap(string Name, int AtMost)
{
    /// <summary>When it is worth trying again, if the member takes nothing away: nothing else makes room.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);
}
