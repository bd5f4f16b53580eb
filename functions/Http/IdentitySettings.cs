using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Http;

/// <summary>Whose tokens are accepted, from the settings <c>Identity__Issuer</c>, <c>Identity__Audience</c> and so on.</summary>
/// <param name="Issuer">The issuer, exactly as in the tokens' <c>iss</c>; its keys are found by OpenID discovery below it.</param>
/// <param name="Audience">What the tokens' <c>aud</c> must be.</param>
/// <param name="Metadata">The discovery document; <c>{Issuer}/.well-known/openid-configuration</c> unless set.</param>
/// <param name="IdClaim">The claim that is the member's id: <c>oid</c> unless set. <c>sub</c> is taken where a token has none.</param>
public sealed record IdentitySettings(string Issuer, string Audience, Uri Metadata, string IdClaim)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    public static IdentitySettings Read(IConfiguration configuration)
    {
        var issuer = configuration.Required("Identity:Issuer", "the issuer's https URL");
        return new IdentitySettings(
            issuer,
            configuration.Required("Identity:Audience", "the audience that tokens are issued for"),
            configuration.Url("Identity:Metadata", "the URL of the issuer's OpenID discovery document", issuer.TrimEnd('/') + "/.well-known/openid-configuration"),
            configuration["Identity:IdClaim"] is { Length: > 0 } claim ? claim : "oid");
    }
}
