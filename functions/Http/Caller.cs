namespace Connections.Http;

/// <summary>The caller, from a validated token.</summary>
/// <param name="Id">The member.</param>
/// <param name="Email">The <c>email</c> claim. A member without an address gets it, unless <see cref="EmailVerified"/> is false.</param>
/// <param name="Name">The token's <c>name</c> claim. It becomes the name in a new profile.</param>
/// <param name="Roles">The token's <c>roles</c>.</param>
public sealed record Caller(MemberId Id, string? Email, string? Name, IReadOnlyList<string> Roles)
{
    /// <summary>The role of those who decide on reports.</summary>
    public const string Moderator = "moderator";

    /// <summary>The role of those who load creators. They may do what a moderator may.</summary>
    public const string Admin = "admin";

    private static readonly string[] Known = [Moderator, Admin];

    /// <summary>The token's <c>email_verified</c> claim; null if it has none.</summary>
    public bool? EmailVerified { get; init; }

    /// <summary>Those of <see cref="Roles"/> that open more than a member's own pages; null for none.</summary>
    public IReadOnlyList<string>? KnownRoles =>
        Known.Intersect(Roles, StringComparer.Ordinal).ToArray() is { Length: > 0 } known ? known : null;
}

/// <summary>Decides whether a caller with a valid token may call the API.</summary>
public interface ICallerGate
{
    /// <summary>Null if the caller may call, and otherwise the error. Mostly answered from memory.</summary>
    Task<Error?> CheckAsync(Caller caller, CancellationToken ct);

    /// <summary>Null unless a moderator suspended the caller. Answered from memory.</summary>
    ValueTask<Error?> CheckSuspensionAsync(Caller caller, CancellationToken ct);
}
