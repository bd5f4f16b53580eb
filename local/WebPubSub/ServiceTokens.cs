using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.WebPubSub;

/// <summary>Checks the tokens that a service client makes from a connection string: a short-lived JWT for each call, for its URL.</summary>
internal sealed class ServiceTokens(byte[] key, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 8 * 1024 };
    private readonly SymmetricSecurityKey _key = new(key);

    /// <summary>Whether the token is signed with the access key, for this call, and has not expired.</summary>
    /// <param name="token">The token.</param>
    /// <param name="url">What is called, with its query.</param>
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

    // Azure leaves the query out of account, which most clients sign and some do not.
    private static bool IsFor(string audience, Uri url) =>
        Uri.TryCreate(audience, UriKind.Absolute, out var signed) && signed.GetLeftPart(UriPartial.Path) == url.GetLeftPart(UriPartial.Path);
}
