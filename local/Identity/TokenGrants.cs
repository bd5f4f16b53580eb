namespace Connections.Local.Identity;

/// <summary>What a client gets for a code or a refresh token: RFC 6749, 5.1.</summary>
internal sealed record TokenAnswer(string AccessToken, long ExpiresIn, string Scope, string? IdToken, string? RefreshToken);

/// <summary>Why it gets nothing: RFC 6749, 5.2.</summary>
internal sealed record TokenRefusal(string Error, string Description);

/// <summary>Tokens for codes and refresh tokens. All clients are public: they prove themselves by the code's verifier or by having the token.</summary>
internal sealed class TokenGrants(LocalIssuer issuer, Grants grants)
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";

    /// <summary>How long the tokens hold: short, so that a client that does not renew them is found out while it is developed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Answers a token request that names a <c>grant_type</c>.</summary>
    public async Task<(TokenAnswer? Answer, TokenRefusal? Refusal)> AnswerAsync(Sent sent, CancellationToken ct)
    {
        var needed = sent["grant_type"] switch
        {
            AuthorizationCode => new[] { "code", "redirect_uri", "code_verifier", "client_id" },
            RefreshToken => ["refresh_token", "client_id"],
            _ => [],
        };
        return sent switch
        {
            { Malformed: { } name } => (null, new("invalid_request", $"{name} is given twice, or is longer than {Sent.Longest} characters.")),
            _ when needed is [] => (null, new("unsupported_grant_type", $"grant_type must be {AuthorizationCode} or {RefreshToken}.")),
            _ when needed.FirstOrDefault(name => sent[name] is null) is { } missing => (null, new("invalid_request", $"{missing} is missing.")),
            _ when needed is [var secret, ..] && await grants.RedeemAsync(sent[secret]!, grant => IsTheirs(grant, sent), ct) is { } redeemed => (Answer(redeemed, sent), null),
            _ => (null, new(
                "invalid_grant",
                $"The {needed[0]} is not good: it has been used, has expired, or was given to another client, redirect_uri or code_challenge. Sign in again.")),
        };
    }

    private static bool IsTheirs(Grant grant, Sent sent) => grant.ClientId == sent["client_id"] && (sent["grant_type"], grant.Code) switch
    {
        (AuthorizationCode, { } code) => code.RedirectUri == sent["redirect_uri"] && Pkce.Answers(code.Challenge, sent["code_verifier"]!),
        (RefreshToken, null) => true,
        _ => false,
    };

    private TokenAnswer Answer(Redeemed redeemed, Sent sent)
    {
        var grant = redeemed.Grant;
        // A refresh may ask for less than was granted, never for more.
        var scopes = sent["grant_type"] == RefreshToken && sent["scope"] is not null ? [.. grant.Scopes.Intersect(sent.Words("scope"), StringComparer.Ordinal)] : grant.Scopes;
        var scope = string.Join(' ', scopes);
        return new TokenAnswer(
            issuer.Token(grant.Sub, grant.Email, grant.Name, lifetime: Lifetime, scope: scope),
            (long)Lifetime.TotalSeconds,
            scope,
            scopes.Contains(Scope.OpenId) ? issuer.IdToken(grant, scopes, grant.Code?.Nonce, Lifetime) : null,
            redeemed.RefreshToken);
    }
}
