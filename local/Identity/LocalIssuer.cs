using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>An OpenID issuer for development: it signs tokens for any member without authentication.</summary>
/// <remarks>The API checks these tokens like any issuer's: by discovery, issuer, audience, signature and lifetime.</remarks>
public sealed class LocalIssuer
{
    /// <summary>The issuer's path.</summary>
    public const string Path = "/dev/identity";

    /// <summary>The <c>aud</c> of access tokens.</summary>
    public const string Audience = "connections";

    /// <summary>The default lifetime of a token.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(8);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly SigningCredentials _credentials;
    private readonly JsonWebKey _publicKey;
    private readonly TimeProvider _time;

    /// <summary>An issuer on the host at <paramref name="host"/>.</summary>
    public LocalIssuer(Uri host, RsaSecurityKey key, TimeProvider time)
    {
        Issuer = IssuerOf(host);
        _credentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
        _publicKey = JsonWebKeyConverter.ConvertFromRSASecurityKey(
            new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
        _time = time;
    }

    /// <summary>The tokens' <c>iss</c>; the discovery document is below it.</summary>
    public string Issuer { get; }

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The <c>iss</c> of the issuer on a host.</summary>
    public static string IssuerOf(Uri host) => new Uri(host, Path).AbsoluteUri;

    /// <summary>A signed access token.</summary>
    /// <param name="sub">The member's id. Not checked, so that tests can send invalid ones.</param>
    /// <param name="email">The <c>email</c> claim; left out when null.</param>
    /// <param name="name">The <c>name</c> claim; left out when null.</param>
    /// <param name="roles">The <c>roles</c> claim; left out when null or empty.</param>
    /// <param name="lifetime">The lifetime from now; below zero, the token expired that long ago.</param>
    /// <param name="oid">The <c>oid</c> claim, which takes precedence over <c>sub</c>; left out when null.</param>
    /// <param name="scope">The <c>scope</c> claim, which limits what <c>userinfo</c> returns; left out when null.</param>
    /// <param name="emailVerified">The <c>email_verified</c> claim; left out without an address.</param>
    public string Token(
        string sub,
        string? email = null,
        string? name = null,
        IEnumerable<string>? roles = null,
        TimeSpan? lifetime = null,
        string? oid = null,
        string? scope = null,
        bool emailVerified = true)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = sub };
        Add(claims, "oid", oid);
        Add(claims, "email", email);
        if (email is not null)
        {
            claims["email_verified"] = emailVerified;
        }

        Add(claims, "name", name);
        Add(claims, "scope", scope);
        if (roles?.ToArray() is { Length: > 0 } list)
        {
            claims["roles"] = list;
        }

        return Sign(Audience, claims, lifetime ?? DefaultLifetime);
    }

    /// <summary>A signed ID token for a grant's client. Its audience is the client, so the API refuses it.</summary>
    internal string IdToken(Grant grant, string[] scopes, string? nonce, TimeSpan lifetime)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = grant.Sub,
            ["sid"] = grant.SignIn,
            // Sent back as login_hint with prompt=none, it stands for the session that other issuers keep in a cookie.
            ["login_hint"] = grant.Sub,
            ["auth_time"] = grant.At.ToUnixTimeSeconds(),
        };
        Add(claims, "nonce", nonce);
        Add(claims, "email", scopes.Contains(Scope.Email) ? grant.Email : null);
        Add(claims, "name", scopes.Contains(Scope.Profile) ? grant.Name : null);
        return Sign(grant.ClientId, claims, lifetime);
    }

    /// <summary>Reads a token of this issuer; null if it is forged, expired or for another audience.</summary>
    /// <param name="audience">The required audience; null for any.</param>
    /// <param name="canBeExpired">Whether to accept an expired token.</param>
    internal async Task<JsonWebToken?> ReadAsync(string token, string? audience, bool canBeExpired = false)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidateAudience = audience is not null,
            IssuerSigningKey = _credentials.Key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (_, expires, _, _) => canBeExpired || expires > Now.UtcDateTime,
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    /// <summary>The public key, as a JSON Web Key Set.</summary>
    internal object Keys() => new
    {
        keys = new[]
        {
            new
            {
                kty = _publicKey.Kty, use = "sig", alg = SecurityAlgorithms.RsaSha256, kid = _publicKey.Kid, n = _publicKey.N,
                e = _publicKey.E,
            },
        },
    };

    private string Sign(string audience, Dictionary<string, object> claims, TimeSpan lifetime)
    {
        // Two tokens of the same second still differ.
        claims["jti"] = Guid.NewGuid().ToString("n");
        var now = Now.UtcDateTime;
        var issued = lifetime < TimeSpan.Zero ? now + lifetime - DefaultLifetime : now;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    private static void Add(Dictionary<string, object> claims, string name, string? value)
    {
        if (value is not null)
        {
            claims[name] = value;
        }
    }
}
