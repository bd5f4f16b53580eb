using Connections.Local.Pages;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>The issuer over HTTP: an OpenID provider for development, and tokens for any member.</summary>
internal static class IdentityEndpoint
{
    public const string Authorize = "/authorize";
    public const string Token = "/token";
    public const string UserInfo = "/userinfo";
    public const string Logout = "/logout";
    public const string Keys = "/keys";

    private static readonly string[] Both = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Maps the issuer below <see cref="LocalIssuer.Path"/>.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app, Uri host, LocalIssuer issuer, Grants grants, SignInForms forms)
    {
        var addresses = new RedirectUris(host);
        var paths = app.MapGroup(LocalIssuer.Path);
        paths.MapMethods(Authorize, Both, new AuthorizePage(addresses, grants, forms, issuer).AnswerAsync);
        paths.MapMethods(Logout, Both, new LogoutPage(addresses, grants, issuer).AnswerAsync);

        // Called by clients themselves, not by navigating the browser.
        var calls = paths.MapGroup("").RequireCors(OnThisMachine);
        calls.MapGet("/.well-known/openid-configuration", context => AnswerAsync(context, Discovery.Of(issuer)));
        calls.MapGet(Keys, context => AnswerAsync(context, issuer.Keys()));
        calls.MapPost(Token, new TokenEndpoint(issuer, grants).AnswerAsync);
        calls.MapMethods(UserInfo, Both, new UserInfoEndpoint(issuer).AnswerAsync);
    }

    public static Task AnswerAsync(HttpContext context, object body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json.Options, context.RequestAborted);
    }

    // The web client's development server has its own port, and so its own origin.
    private static void OnThisMachine(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(RedirectUris.IsLoopback).WithMethods(Both).AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromMinutes(10));
}

/// <summary>The discovery document: OpenID Connect Discovery 1.0, RFC 8414.</summary>
internal static class Discovery
{
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
