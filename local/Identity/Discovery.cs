using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>The discovery document: OpenID Connect Discovery 1.0, RFC 8414.</summary>
internal static class Discovery
{
    /// <summary>What the issuer does, and where.</summary>
    public static object Of(LocalIssuer issuer) => new
    {
        issuer = issuer.Issuer,
        authorization_endpoint = issuer.Issuer + IdentityEndpoint.Authorize,
        token_endpoint = issuer.Issuer + IdentityEndpoint.Token,
        userinfo_endpoint = issuer.Issuer + IdentityEndpoint.UserInfo,
        end_session_endpoint = issuer.Issuer + IdentityEndpoint.Logout,
        jwks_uri = issuer.Issuer + IdentityEndpoint.Keys,
        response_types_supported = new[] { "code" },
        response_modes_supported = new[] { "query" },
        grant_types_supported = new[] { TokenGrants.AuthorizationCode, TokenGrants.RefreshToken },
        code_challenge_methods_supported = new[] { "S256" },
        token_endpoint_auth_methods_supported = new[] { "none" },
        scopes_supported = Scope.All,
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { SecurityAlgorithms.RsaSha256 },
        claims_supported = new[] { "iss", "aud", "sub", "sid", "auth_time", "nonce", "email", "name", "iat", "nbf", "exp" },
        prompt_values_supported = new[] { "none", "login", "consent", "select_account" },
        claims_parameter_supported = false,
        request_parameter_supported = false,
        request_uri_parameter_supported = false,
    };
}
