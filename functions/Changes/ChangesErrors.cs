namespace Connections.Changes;

/// <summary>The token is so old, or of an earlier profile, that an app starts anew.</summary>
public sealed record ChangesExpired(TimeSpan After) : Error(
    "changes-expired",
    ErrorKind.Gone,
    "It is too long ago",
    $"A token holds for {After.TotalDays:0.##} days, and for one profile. Get a new one, GET /api/changes, and read the lists again.");
