using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Http;

/// <summary>Reads the caller from the claims of a validated token. A claim of the wrong JSON type counts as absent.</summary>
/// <remarks>It parses the payload itself, because the library returns every claim as text, even an array or <c>true</c>.</remarks>
internal static class TokenClaims
{
    /// <summary>The caller; null if the id claim is not a member id. <c>sub</c> is used only if the id claim is absent.</summary>
    public static Caller? CallerOf(JsonWebToken token, string idClaim)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var claims = payload.RootElement;
        return MemberId.TryParse(IsAbsent(claims, idClaim) ? Text(claims, "sub") : Text(claims, idClaim), out var member)
            ? new Caller(member, Text(claims, "email"), Text(claims, "name"), Roles(claims))
            {
                EmailVerified = Flag(claims, "email_verified"),
            }
            : null;
    }

    private static bool IsAbsent(JsonElement claims, string name) =>
        Find(claims, name) is not { } claim || (claim.ValueKind == JsonValueKind.String && TextOf(claim) == "");

    private static string? Text(JsonElement claims, string name) => Find(claims, name) is { } claim ? TextOf(claim) : null;

    // A single role can be a string instead of an array.
    private static string[] Roles(JsonElement claims) => Find(claims, "roles") switch
    {
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(TextOf).OfType<string>()],
        { } single when TextOf(single) is { } role => [role],
        _ => [],
    };

    // Some issuers write a string, some a number. Any other value counts as false.
    private static bool? Flag(JsonElement claims, string name) => Find(claims, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt32(out var value) && value == 1,
        { } other => string.Equals(TextOf(other)?.Trim(), "true", StringComparison.OrdinalIgnoreCase) || TextOf(other)?.Trim() == "1",
    };

    private static JsonElement? Find(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind != JsonValueKind.Null ? claim : null;

    private static string? TextOf(JsonElement claim)
    {
        try
        {
            return claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
        }
        // A lone surrogate.
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
