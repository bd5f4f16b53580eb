using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>An OpenID issuer for development: it signs a token for any member, without asking who is there.</summary>
/// <remarks>The API checks these tokens as it checks any issuer's: by discovery, issuer, audience, signature and lifetime.</remarks>
public sealed class LocalIssuer
{
    /// <summary>Where the issuer is, below the host's URL.</summary>
    public const string Path = "/dev/identity";

    /// <summary>What the tokens' <c>aud</c> is.</summary>
    public const string Audience = "connections";

    /// <summary>How long a token holds where nothing else is asked.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(8);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly JsonWebKey _publicKey;
    private readonly TimeProvider _time;

    /// <summary>An issuer on the host at <paramref name="host"/>.</summary>
    public LocalIssuer(Uri host, RsaSecurityKey key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(key);
        Issuer = IssuerOf(host);
        _credentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
        _publicKey = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
        _time = time;
    }

    /// <summary>The tokens' <c>iss</c>; the discovery document is below it.</summary>
    public string Issuer { get; }

    /// <summary>The issuer's name on the host at <paramref name="host"/>.</summary>
    public static string IssuerOf(Uri host) => new Uri(host, Path).AbsoluteUri;

    /// <summary>A signed token.</summary>
    /// <param name="sub">The member's id. Not checked here, so that tests can send what an issuer should not.</param>
    /// <param name="email">The <c>email</c> claim; left out when null.</param>
    /// <param name="name">The <c>name</c> claim; left out when null.</param>
    /// <param name="roles">The <c>roles</c> claim; left out when null or empty.</param>
    /// <param name="lifetime">How long it holds from now; below zero, it expired that long ago.</param>
    /// <param name="oid">The <c>oid</c> claim, which goes before <c>sub</c>; left out when null.</param>
    public string Token(string sub, string? email = null, string? name = null, IEnumerable<string>? roles = null, TimeSpan? lifetime = null, string? oid = null)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = sub };
        Add(claims, "oid", oid);
        Add(claims, "email", email);
        Add(claims, "name", name);
        if (roles?.ToArray() is { Length: > 0 } list)
        {
            claims["roles"] = list;
        }

        var length = lifetime ?? DefaultLifetime;
        var now = _time.GetUtcNow().UtcDateTime;
        var issued = length < TimeSpan.Zero ? now + length - DefaultLifetime : now;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = now + length,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    /// <summary>The discovery document.</summary>
    internal object Discovery() => new
    {
        issuer = Issuer,
        jwks_uri = Issuer + "/keys",
        token_endpoint = Issuer + "/token",
        response_types_supported = new[] { "token" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { SecurityAlgorithms.RsaSha256 },
        claims_supported = new[] { "iss", "aud", "sub", "oid", "email", "name", "roles", "iat", "nbf", "exp" },
    };

    /// <summary>The public key, as a JSON Web Key Set.</summary>
    internal object Keys() => new
    {
        keys = new[] { new { kty = _publicKey.Kty, use = "sig", alg = SecurityAlgorithms.RsaSha256, kid = _publicKey.Kid, n = _publicKey.N, e = _publicKey.E } },
    };

    private static void Add(Dictionary<string, object> claims, string name, string? value)
    {
        if (value is not null)
        {
            claims[name] = value;
        }
    }
}
