using Connections.Http;
using Connections.Local.DemoData;
using Connections.Members;

namespace Connections.Local.Identity;

/// <summary><c>POST /dev/identity/token</c>: tokens for a grant, or for the member that the form names.</summary>
internal sealed class TokenEndpoint(LocalIssuer issuer, Grants grants)
{
    private const int LongestEmail = 254;
    private const int LongestName = 200;
    private const int LongestRoles = 200;

    private readonly TokenGrants _granted = new(issuer, grants);

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await OAuthParameters.ReadFormAsync(context.Request);
        context.Response.Headers.CacheControl = "no-store";
        if (!form.ContainsKey("grant_type"))
        {
            await AnswerNamedAsync(context, form);
            return;
        }

        var (answer, refusal) = await _granted.AnswerAsync(new OAuthParameters(form), context.RequestAborted);
        await (answer is null
            ? IdentityEndpoint.AnswerAsync(
                context, new { error = refusal!.Error, error_description = refusal.Description }, StatusCodes.Status400BadRequest)
            : IdentityEndpoint.AnswerAsync(context, new
            {
                access_token = answer.AccessToken,
                token_type = "Bearer",
                expires_in = answer.ExpiresIn,
                scope = answer.Scope,
                id_token = answer.IdToken,
                refresh_token = answer.RefreshToken,
            }));
    }

    // For scripts and tests: no OAuth, and the API's error format.
    private async Task AnswerNamedAsync(HttpContext context, IFormCollection form)
    {
        var fields = new Fields();
        if (!MemberId.TryParse(form["sub"], out var sub))
        {
            fields.Refuse("sub", $"The form field sub is required: {MemberId.Form} (curl -d sub=alice).");
        }

        var email = fields.Text("email", form["email"], LongestEmail);
        var name = fields.Text("name", form["name"], LongestName);
        var isVerified = form["email_verified"].ToString() switch
        {
            "" or "true" => true,
            "false" => false,
            _ => (bool?)null,
        };
        if (isVerified is null)
        {
            fields.Refuse("email_verified", "The value must be true or false; it is true if left out.");
        }

        var roles = fields.Text("roles", string.Join(' ', form["roles"].AsEnumerable()), LongestRoles);
        if (!fields.Valid)
        {
            await fields.ToProblem().ExecuteAsync(context);
            return;
        }

        await IdentityEndpoint.AnswerAsync(context, new
        {
            access_token = issuer.Token(
                sub.Value,
                email,
                name,
                roles?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? DemoCast.RolesOf(sub.Value),
                emailVerified: isVerified ?? false),
            token_type = "Bearer",
            expires_in = (long)LocalIssuer.DefaultLifetime.TotalSeconds,
        });
    }
}

/// <summary>The answer to a token request: RFC 6749, 5.1.</summary>
internal sealed record TokenAnswer(string AccessToken, long ExpiresIn, string Scope, string? IdToken, string? RefreshToken);

/// <summary>The error of a token request: RFC 6749, 5.2.</summary>
internal sealed record TokenRefusal(string Error, string Description);

/// <summary>Tokens for codes and refresh tokens. All clients are public: the verifier or the refresh token is their proof.</summary>
internal sealed class TokenGrants(LocalIssuer issuer, Grants grants)
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";

    /// <summary>Short, so that a client that does not renew its tokens fails during development.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Answers a token request with a <c>grant_type</c>.</summary>
    public async Task<(TokenAnswer? Answer, TokenRefusal? Refusal)> AnswerAsync(OAuthParameters sent, CancellationToken ct)
    {
        var needed = sent["grant_type"] switch
        {
            AuthorizationCode => new[] { "code", "redirect_uri", "code_verifier", "client_id" },
            RefreshToken => ["refresh_token", "client_id"],
            _ => [],
        };
        return sent switch
        {
            { Malformed: { } name } =>
                (null, new("invalid_request", $"{name} is given twice, or is longer than {OAuthParameters.Longest} characters.")),
            _ when needed is [] => (null, new("unsupported_grant_type", $"grant_type must be {AuthorizationCode} or {RefreshToken}.")),
            _ when needed.FirstOrDefault(name => sent[name] is null) is { } missing =>
                (null, new("invalid_request", $"{missing} is missing.")),
            _ when needed is [var secret, ..]
            && await grants.RedeemAsync(sent[secret]!, grant => IsTheirs(grant, sent), ct) is { } redeemed =>
                (Answer(redeemed, sent), null),
            _ => (null, new(
                "invalid_grant",
                $"The {needed[0]} is not valid: it has been used, has expired, or belongs to another client, redirect_uri or "
                    + "code_challenge. Sign in again.")),
        };
    }

    private static bool IsTheirs(Grant grant, OAuthParameters sent) =>
        grant.ClientId == sent["client_id"] && (sent["grant_type"], grant.Code) switch
        {
            (AuthorizationCode, { } code) =>
                code.RedirectUri == sent["redirect_uri"] && Pkce.Answers(code.Challenge, sent["code_verifier"]!),
            (RefreshToken, null) => true,
            _ => false,
        };

    private TokenAnswer Answer(Redeemed redeemed, OAuthParameters sent)
    {
        var grant = redeemed.Grant;
        // A refresh may ask for fewer scopes than granted, never for more.
        var scopes = sent["grant_type"] == RefreshToken && sent["scope"] is not null
            ? [.. grant.Scopes.Intersect(sent.Words("scope"), StringComparer.Ordinal)]
            : grant.Scopes;
        var scope = string.Join(' ', scopes);
        return new TokenAnswer(
            issuer.Token(grant.Sub, grant.Email, grant.Name, DemoCast.RolesOf(grant.Sub), Lifetime, scope: scope),
            (long)Lifetime.TotalSeconds,
            scope,
            scopes.Contains(Scope.OpenId) ? issuer.IdToken(grant, scopes, grant.Code?.Nonce, Lifetime) : null,
            redeemed.RefreshToken);
    }
}
