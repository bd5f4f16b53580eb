using Connections.Members;

namespace Connections.Http;

/// <summary>Who is asking, from a validated token.</summary>
/// <param name="Id">The member.</param>
/// <param name="Email">The token's <c>email</c> claim; fills the profile the first time.</param>
/// <param name="Name">The token's <c>name</c> claim; fills the profile the first time.</param>
/// <param name="Roles">The token's <c>roles</c>.</param>
public sealed record Caller(MemberId Id, string? Email, string? Name, IReadOnlyList<string> Roles);
