using Connections.Local.Dev;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Connections.Local.Identity;

/// <summary>The issuer over HTTP: an OpenID provider for development, and a token for whoever is named.</summary>
internal static class IdentityEndpoint
{
    public const string Authorize = "/authorize";
    public const string Token = "/token";
    public const string UserInfo = "/userinfo";
    public const string Logout = "/logout";
    public const string Keys = "/keys";

    private static readonly string[] Both = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Adds the issuer's calls under <see cref="LocalIssuer.Path"/>.</summary>
    /// <param name="app">The host.</param>
    /// <param name="host">The host's URL.</param>
    /// <param name="issuer">Who signs.</param>
    /// <param name="grants">The codes and refresh tokens that are out.</param>
    /// <param name="forms">How a member is asked for.</param>
    public static void MapIdentity(this IEndpointRouteBuilder app, Uri host, LocalIssuer issuer, Grants grants, SignInForms forms)
    {
        var addresses = new ReturnAddresses(host);
        var paths = app.MapGroup(LocalIssuer.Path);
        paths.MapMethods(Authorize, Both, new AuthorizePage(addresses, grants, forms, issuer).AnswerAsync);
        paths.MapMethods(Logout, Both, new LogoutPage(addresses, grants, issuer).AnswerAsync);

        // What a client calls by itself, and not by sending the browser there.
        var calls = paths.MapGroup("").RequireCors(OnThisMachine);
        calls.MapGet("/.well-known/openid-configuration", context => AnswerAsync(context, Discovery.Of(issuer)));
        calls.MapGet(Keys, context => AnswerAsync(context, issuer.Keys()));
        calls.MapPost(Token, new TokenEndpoint(issuer, grants).AnswerAsync);
        calls.MapMethods(UserInfo, Both, new UserInfoEndpoint(issuer).AnswerAsync);
    }

    /// <summary>Answers with JSON.</summary>
    public static Task AnswerAsync(HttpContext context, object body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json.Options, context.RequestAborted);
    }

    // A development server of the web client has a port of its own, and so an origin of its own.
    private static void OnThisMachine(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(ReturnAddresses.IsLoopback).WithMethods(Both).AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromMinutes(10));
}
