using Microsoft.IdentityModel.JsonWebTokens;

namespace Connections.Local.Identity;

/// <summary><c>/dev/identity/userinfo</c>: the member's claims by an access token's scopes. OpenID Connect Core 5.3.</summary>
internal sealed class UserInfoEndpoint(LocalIssuer issuer)
{
    private const string Scheme = "Bearer ";

    public async Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized, error: null, "Send an access token: Authorization: Bearer <JWT>.");
        }
        else if (await issuer.ReadAsync(authorization[Scheme.Length..].Trim(), LocalIssuer.Audience) is not { } token)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status401Unauthorized,
                "invalid_token",
                "The access token has expired or is from another issuer. Refresh it, or sign in again.");
        }
        else if (Claim(token, "scope") is { } scope && !scope.Split(' ').Contains(Scope.OpenId))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "insufficient_scope", "Ask for the scope openid when signing in.");
        }
        else
        {
            await IdentityEndpoint.AnswerAsync(context, new
            {
                sub = token.Subject,
                name = Has(token, Scope.Profile) ? Claim(token, "name") : null,
                email = Has(token, Scope.Email) ? Claim(token, "email") : null,
            });
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string? error, string description)
    {
        context.Response.Headers.WWWAuthenticate = error is null
            ? "Bearer"
            : $"Bearer error=\"{error}\", error_description=\"{description}\"";
        return IdentityEndpoint.AnswerAsync(context, new { error = error ?? "invalid_request", error_description = description }, status);
    }

    // A token without a scope claim is good for all scopes.
    private static bool Has(JsonWebToken token, string scope) => Claim(token, "scope")?.Split(' ').Contains(scope) ?? true;

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
