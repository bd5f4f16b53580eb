using System.Collections.Frozen;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.WebPubSub;

/// <summary>Who a client token lets in, and what for.</summary>
internal sealed record ClientIdentity(MemberId User, FrozenSet<string> Roles);

/// <summary>Signs and checks the tokens in client URLs: short-lived JWTs for one user of one hub.</summary>
internal sealed class ClientTokens
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = 8 * 1024 };
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;

    public ClientTokens(byte[] key, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 32, nameof(key));
        _credentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
        _time = time;
    }

    public string Sign(string hub, MemberId user, IEnumerable<string> roles, DateTimeOffset expiresAt) =>
        _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = Audience(hub),
            IssuedAt = _time.GetUtcNow().UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = user.Value, ["role"] = roles.ToArray() },
            SigningCredentials = _credentials,
        });

    /// <summary>Who the token lets into the hub; null when it is forged, expired, for another hub, or no token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="host">How the client calls the host, such as <c>http://localhost:7071</c>.</param>
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
            // The second is what service clients sign, who know the host by the one name in their connection string.
            ValidAudiences = [Audience(hub), host + Audience(hub)],
            ValidateIssuer = false,
            // Signed and checked by one clock, so no skew is allowed for.
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken jwt && MemberId.TryParse(jwt.Subject, out var user)
            ? new ClientIdentity(user, jwt.Claims.Where(c => c.Type == "role").Select(c => c.Value).ToFrozenSet(StringComparer.Ordinal))
            : null;
    }

    // The path alone: a host is reached by several names (localhost, 127.0.0.1), and its key is its own.
    private static string Audience(string hub) => $"/client/hubs/{hub}";
}
