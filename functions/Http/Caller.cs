namespace Connections.Http;

/// <summary>Who is asking, from a validated token.</summary>
/// <param name="Id">The member.</param>
/// <param name="Email">The token's <c>email</c> claim; the address of a member who has none, unless <see cref="EmailVerified"/> is false.</param>
/// <param name="Name">The token's <c>name</c> claim; fills the profile the first time.</param>
/// <param name="Roles">The token's <c>roles</c>.</param>
public sealed record Caller(MemberId Id, string? Email, string? Name, IReadOnlyList<string> Roles)
{
    /// <summary>The token's <c>email_verified</c>; null where it has none.</summary>
    public bool? EmailVerified { get; init; }
}

/// <summary>Decides whether a caller whose token holds may call at all.</summary>
public interface ICallerGate
{
    /// <summary>Null when the caller may call; otherwise the answer to every call of theirs. Mostly from memory, so that it costs a call nothing.</summary>
    Task<Error?> CheckAsync(Caller caller, CancellationToken ct);
}
