using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Limits;

/// <summary>How many of something each member may have at once.</summary>
/// <param name="Name">What is counted, as the documents are named: lower-case letters.</param>
/// <param name="AtMost">How many.</param>
public sealed record Cap(string Name, int AtMost)
{
    // When it is worth trying again, if the member takes nothing away: nothing else makes room.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    /// <summary>429: the member has as many as one may.</summary>
    public static Problem Full(string type, string title, string detail) => new(type, StatusCodes.Status429TooManyRequests, title, detail) { RetryAfter = RetryAfter };
}
