using Connections.Members;

namespace Connections.Limits;

/// <summary>How often each member may do something.</summary>
/// <param name="Name">What is counted, as the documents are named: lower-case letters.</param>
/// <param name="Places">How often a period.</param>
/// <param name="Period">The period. Periods follow each other from the Unix epoch on, so minutes are the clock's and days are UTC's.</param>
public sealed record Allowance(string Name, int Places, TimeSpan Period);

/// <summary>What came of asking for a place.</summary>
/// <param name="Of">Of which allowance.</param>
/// <param name="Member">Whose.</param>
/// <param name="IsTaken">Whether there was one; false when the period's places are used up.</param>
/// <param name="Until">When the period ends, and all places are free again.</param>
/// <param name="RetryAfter">How long that is from now.</param>
public sealed record Place(Allowance Of, MemberId Member, bool IsTaken, DateTimeOffset Until, TimeSpan RetryAfter)
{
    /// <summary>The name of the period's counter; a letter first, so that it can be a property's name in a patch path.</summary>
    internal string Counter => $"p{(Until.ToUnixTimeMilliseconds() / (long)Of.Period.TotalMilliseconds) - 1}";
}
