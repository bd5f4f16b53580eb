using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>The result of reading an authorization request.</summary>
internal abstract record AuthorizeReading
{
    /// <summary>The client or its redirect URI is not valid. The person is told, and the browser is not redirected.</summary>
    public sealed record Refused(string Reason) : AuthorizeReading;

    /// <summary>The client gets an error at its redirect URI.</summary>
    public sealed record Returned(Uri Location) : AuthorizeReading;

    /// <summary>The request can be granted.</summary>
    public sealed record Valid(AuthorizeRequest Request) : AuthorizeReading;
}

/// <summary>An authorization request: OpenID Connect Core 3.1.2.1, with PKCE.</summary>
/// <param name="ClientId">The client. Clients are not registered, so any name is valid.</param>
/// <param name="RedirectUri">The redirect URI exactly as given: the token request must repeat it.</param>
/// <param name="ReturnTo">The redirect URI as it was parsed.</param>
/// <param name="Scopes">The requested scopes that the issuer knows; it ignores others, as RFC 6749 3.3 allows.</param>
/// <param name="Prompts">The values of <c>prompt</c>.</param>
/// <param name="LoginHint">A member's id or address.</param>
internal sealed record AuthorizeRequest(
    string ClientId, string RedirectUri, Uri ReturnTo, string Challenge, string[] Scopes, string? State, string? Nonce, string[] Prompts,
    string? LoginHint)
{
    private const int LongestClientId = 200;

    public static AuthorizeReading Read(OAuthParameters sent, RedirectUris addresses)
    {
        var redirectUri = sent["redirect_uri"];
        if (sent["client_id"] is not { Length: <= LongestClientId } clientId)
        {
            return new AuthorizeReading.Refused(
                $"client_id is missing, too long or given twice. Use any name of up to {LongestClientId} characters.");
        }

        // The ID token of a client with this name would pass for an access token, because its audience is the API.
        if (clientId == LocalIssuer.Audience)
        {
            return new AuthorizeReading.Refused(
                $"client_id cannot be {LocalIssuer.Audience}: that is the API's name. Call the client {LocalIssuer.Audience}-web, for "
                    + "example.");
        }

        if (!addresses.TryRead(redirectUri, out var returnTo))
        {
            return new AuthorizeReading.Refused(
                $"redirect_uri is {redirectUri ?? "missing, too long or given twice"}. {RedirectUris.Rule}");
        }

        var request = new AuthorizeRequest(
            clientId, redirectUri!, returnTo, sent["code_challenge"] ?? "", Scope.Known(sent.Words("scope")), sent["state"], sent["nonce"],
            sent.Words("prompt"), sent["login_hint"]);
        return request.Problem(sent) is var (error, description)
            ? new AuthorizeReading.Returned(request.Failed(error, description))
            : new AuthorizeReading.Valid(request);
    }

    /// <summary>The redirect with the code.</summary>
    public Uri Granted(string code) => Return(("code", code));

    /// <summary>The redirect with an error.</summary>
    public Uri Failed(string error, string description) => Return(("error", error), ("error_description", description));

    /// <summary>The parameters that the page's form repeats, so that the choice comes with the request.</summary>
    public IEnumerable<(string Name, string Value)> Again()
    {
        (string Name, string? Value)[] all =
        [
            ("client_id", ClientId), ("redirect_uri", RedirectUri), ("response_type", "code"), ("code_challenge", Challenge), (
                "code_challenge_method", "S256"),
            ("scope", string.Join(' ', Scopes)), ("state", State), ("nonce", Nonce),
        ];
        return all.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => (parameter.Name, parameter.Value!));
    }

    private (string Error, string Description)? Problem(OAuthParameters sent) =>
        (sent["response_type"], sent["response_mode"] ?? "query") switch
        {
            _ when sent.Malformed is { } name =>
                ("invalid_request", $"{name} is given twice, or is longer than {OAuthParameters.Longest} characters."),
            _ when sent["request"] is not null => ("request_not_supported", "Send the parameters themselves, not as a request object."),
            _ when sent["request_uri"] is not null =>
                ("request_uri_not_supported", "Send the parameters themselves, not as a request object."),
            (null, _) => ("invalid_request", "response_type is missing: it must be code."),
            (not "code", _) => ("unsupported_response_type", "response_type must be code."),
            (_, not "query") => ("invalid_request", "response_mode must be query."),
            _ when Challenge.Length == 0 => ("invalid_request", "code_challenge is missing: PKCE is required (RFC 7636)."),
            _ when sent["code_challenge_method"] != "S256" => ("invalid_request", "code_challenge_method must be S256."),
            _ when !Pkce.IsChallenge(Challenge) =>
                ("invalid_request", "code_challenge must be the SHA-256 of the verifier in base64url: 43 characters."),
            _ when Prompts is ["none", _, ..] or [_, .., "none"] => ("invalid_request", "prompt=none allows no other prompt."),
            _ => null,
        };

    private Uri Return(params IEnumerable<(string Name, string Value)> parameters)
    {
        var query = parameters.Concat(State is null ? [] : [("state", State)]);
        return new Uri(
            QueryHelpers.AddQueryString(ReturnTo.AbsoluteUri, query.Select(p => KeyValuePair.Create(p.Item1, (string?)p.Item2))));
    }
}

/// <summary>Proof that the client that redeems a code is the client that asked for it: RFC 7636, S256 only.</summary>
internal static class Pkce
{
    /// <summary>Whether a text has the form of a SHA-256 in base64url.</summary>
    public static bool IsChallenge(string text) => text.Length == 43 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether the challenge was made from the verifier.</summary>
    public static bool Answers(string challenge, string verifier) =>
        verifier.Length is >= 43 and <= 128
        && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
