using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Functions.Access;

/// <summary>Tokens that name a member and must be rejected, each for one reason.</summary>
internal static class BadTokens
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Lazy<RSA> Strangers = new(() => RSA.Create(2048));

    /// <summary>The tokens with a wrong time.</summary>
    public static IReadOnlyList<string> OutOfTime { get; } = ["expired", "not valid yet", "without an end"];

    /// <summary>Valid tokens whose subject cannot be a member.</summary>
    public static IReadOnlyList<string> OfNobody { get; } = ["dots for a member", "a route for a member", "a list for a member"];

    /// <summary>The defect, and a token with it; null for a call without a token.</summary>
    public static IReadOnlyDictionary<string, Func<LocalHostFixture, string, string?>> All { get; } =
        new Dictionary<string, Func<LocalHostFixture, string, string?>>
        {
            ["no token"] = (_, _) => null,
            ["signed by another key"] = (host, member) => Sign(host, member, key: Rsa(Strangers.Value, host)),
            ["signed by the public key as a secret"] = (host, member) =>
                Sign(host, member, key: Secret(host), algorithm: SecurityAlgorithms.HmacSha256),
            ["alg none"] = Unsigned,
            ["another's claims"] = ClaimsOfAnother,
            ["expired"] = (host, member) => Sign(host, member, expires: -Hour),
            ["not valid yet"] = (host, member) => Sign(host, member, expires: 3 * Hour),
            ["without an end"] = (host, member) => Sign(host, member, isEndless: true),
            ["wrong audience"] = (host, member) => Sign(host, member, audience: "somebody-else"),
            ["wrong issuer"] = (host, member) => Sign(host, member, issuer: "https://issuer.example/"),
            ["dots for a member"] = (host, member) => Sign(host, member, claims: new() { ["oid"] = ".." }),
            ["a route for a member"] = (host, member) => Sign(host, member, claims: new() { ["oid"] = "Facets" }),
            ["a list for a member"] = (host, member) => Sign(host, member, claims: new() { ["oid"] = (string[])[member] }),
        };

    /// <summary>A valid token with arbitrary claims beside its <c>sub</c>.</summary>
    public static string Good(LocalHostFixture host, string member, Dictionary<string, object> claims) =>
        Sign(host, member, claims: claims);

    private static string Sign(
        LocalHostFixture host,
        string member,
        string? issuer = null,
        string? audience = null,
        TimeSpan? expires = null,
        SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256,
        bool isEndless = false,
        Dictionary<string, object>? claims = null)
    {
        var good = new JsonWebToken(host.TokenFor(member));
        var end = DateTime.UtcNow + (expires ?? Hour);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? good.Issuer,
            Audience = audience ?? good.Audiences.Single(),
            IssuedAt = end - (2 * Hour),
            NotBefore = end - (2 * Hour),
            Expires = isEndless ? null : end,
            Claims = claims is null
                ? new() { ["sub"] = member, ["roles"] = (string[])["admin"] }
                : new Dictionary<string, object>(claims) { ["sub"] = member },
            SigningCredentials = new SigningCredentials(key ?? Rsa(IssuersKey(host), host), algorithm),
        });
    }

    private static string Unsigned(LocalHostFixture host, string member) =>
        Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + host.TokenFor(member, roles: "admin").Split('.')[1] + ".";

    // A valid token of another member with a changed subject.
    private static string ClaimsOfAnother(LocalHostFixture host, string member)
    {
        var parts = host.TokenFor("thief").Split('.');
        var claims = Base64UrlEncoder.Decode(parts[1]).Replace("thief", member, StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}";
    }

    private static RsaSecurityKey Rsa(RSA key, LocalHostFixture host) =>
        new(key) { KeyId = new JsonWebToken(host.TokenFor("anybody")).Kid };

    private static SymmetricSecurityKey Secret(LocalHostFixture host)
    {
        using var key = IssuersKey(host);
        return new SymmetricSecurityKey(System.Text.Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()))
        {
            KeyId = new JsonWebToken(host.TokenFor("anybody")).Kid,
        };
    }

    private static RSA IssuersKey(LocalHostFixture host)
    {
        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(host.Folder, "identity-key.pem")));
        return key;
    }
}
