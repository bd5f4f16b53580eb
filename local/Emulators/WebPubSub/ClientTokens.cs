using System.Collections.Frozen;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Emulators.WebPubSub;

/// <summary>The user and the roles of a client token.</summary>
internal sealed record ClientIdentity(string UserId, FrozenSet<string> Roles);

/// <summary>Signs and checks the tokens in client URLs: short-lived JWTs for one user of one hub.</summary>
internal sealed class ClientTokens
{
    private readonly JsonWebTokenHandler _handler =
        new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = 8 * 1024 };
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;

    public ClientTokens(byte[] key, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 32, nameof(key));
        _credentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
        _time = time;
    }

    public string Sign(string hub, string userId, IEnumerable<string> roles, DateTimeOffset expiresAt) =>
        _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = Audience(hub),
            IssuedAt = _time.GetUtcNow().UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = userId, ["role"] = roles.ToArray() },
            SigningCredentials = _credentials,
        });

    /// <summary>The client that a token identifies; null if the token is malformed, forged, expired or for another hub.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="host">The host by the client's name for it, such as <c>http://localhost:7071</c>.</param>
    public async Task<ClientIdentity?> CheckAsync(string? token, string hub, string host)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = _credentials.Key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            // Service libraries sign the second form, with the host's name from their connection string.
            ValidAudiences = [Audience(hub), host + Audience(hub)],
            ValidateIssuer = false,
            // One clock signs and checks, so there is no skew.
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken { Subject: { Length: > 0 } userId } jwt
            ? new ClientIdentity(userId, jwt.Claims.Where(c => c.Type == "role").Select(c => c.Value).ToFrozenSet(StringComparer.Ordinal))
            : null;
    }

    // Without the host's name, because clients reach it by several (localhost, 127.0.0.1).
    private static string Audience(string hub) => $"/client/hubs/{hub}";
}

/// <summary>Checks the tokens of service clients: a short-lived JWT for each call, made from the connection string.</summary>
internal sealed class ServiceTokens(byte[] key, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 8 * 1024 };
    private readonly SymmetricSecurityKey _key = new(key);

    /// <summary>Whether the token is signed with the access key for this URL and has not expired.</summary>
    public async Task<bool> CheckAsync(string? token, Uri url)
    {
        if (string.IsNullOrEmpty(token))
        {
            return false;
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            AudienceValidator = (audiences, _, _) => audiences.Any(audience => IsFor(audience, url)),
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid;
    }

    // Azure ignores the query, which most clients sign and some do not.
    private static bool IsFor(string audience, Uri url) =>
        Uri.TryCreate(audience, UriKind.Absolute, out var signed)
        && signed.GetLeftPart(UriPartial.Path) == url.GetLeftPart(UriPartial.Path);
}
