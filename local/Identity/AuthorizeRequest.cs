using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Local.Identity;

/// <summary>What an authorization request was found to be.</summary>
internal abstract record AuthorizeReading
{
    /// <summary>Nobody knows who asks or where to answer: a person is told, and no browser is sent anywhere.</summary>
    public sealed record Refused(string Reason) : AuthorizeReading;

    /// <summary>The client is told by an error in its return address.</summary>
    public sealed record Returned(Uri Location) : AuthorizeReading;

    /// <summary>It can be granted.</summary>
    public sealed record Valid(AuthorizeRequest Request) : AuthorizeReading;
}

/// <summary>A client's request to have a member signed in: OpenID Connect Core 3.1.2.1, with PKCE.</summary>
/// <param name="ClientId">The client. Any name will do, as nothing is registered.</param>
/// <param name="RedirectUri">The return address exactly as given: the token request must repeat it.</param>
/// <param name="ReturnTo">The same, as understood.</param>
/// <param name="Challenge">The S256 challenge.</param>
/// <param name="Scopes">The scopes asked for that the issuer knows; others are ignored, as RFC 6749 3.3 allows.</param>
/// <param name="State">Given back as it is.</param>
/// <param name="Nonce">Goes into the ID token.</param>
/// <param name="Prompts">How the member is to be asked.</param>
/// <param name="LoginHint">Who is probably signing in.</param>
internal sealed record AuthorizeRequest(
    string ClientId, string RedirectUri, Uri ReturnTo, string Challenge, string[] Scopes, string? State, string? Nonce, string[] Prompts, string? LoginHint)
{
    private const int LongestClientId = 200;

    /// <summary>Reads a request and says what is wrong with it, and to whom.</summary>
    public static AuthorizeReading Read(Sent sent, ReturnAddresses addresses)
    {
        var redirectUri = sent["redirect_uri"];
        if (sent["client_id"] is not { Length: <= LongestClientId } clientId)
        {
            return new AuthorizeReading.Refused($"client_id is missing, too long or given twice. Any name of up to {LongestClientId} characters will do.");
        }

        // An ID token for this name would pass for an access token: its audience is the API's.
        if (clientId == LocalIssuer.Audience)
        {
            return new AuthorizeReading.Refused($"client_id cannot be {LocalIssuer.Audience}: that is the API's name. Call the client {LocalIssuer.Audience}-web, for example.");
        }

        if (!addresses.TryRead(redirectUri, out var returnTo))
        {
            return new AuthorizeReading.Refused($"redirect_uri is {redirectUri ?? "missing, too long or given twice"}. {ReturnAddresses.Rule}");
        }

        var request = new AuthorizeRequest(
            clientId, redirectUri!, returnTo, sent["code_challenge"] ?? "", Scope.Known(sent.Words("scope")), sent["state"], sent["nonce"], sent.Words("prompt"), sent["login_hint"]);
        return request.Problem(sent) is var (error, description) ? new AuthorizeReading.Returned(request.Failed(error, description)) : new AuthorizeReading.Valid(request);
    }

    /// <summary>The return address with the code in it.</summary>
    public Uri Granted(string code) => Return(("code", code));

    /// <summary>The return address with an error in it.</summary>
    public Uri Failed(string error, string description) => Return(("error", error), ("error_description", description));

    /// <summary>What a form on the page sends again, so that the choice comes with the request.</summary>
    public IEnumerable<(string Name, string Value)> Again()
    {
        (string Name, string? Value)[] all =
        [
            ("client_id", ClientId), ("redirect_uri", RedirectUri), ("response_type", "code"), ("code_challenge", Challenge), ("code_challenge_method", "S256"),
            ("scope", string.Join(' ', Scopes)), ("state", State), ("nonce", Nonce),
        ];
        return all.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => (parameter.Name, parameter.Value!));
    }

    private (string Error, string Description)? Problem(Sent sent) => (sent["response_type"], sent["response_mode"] ?? "query") switch
    {
        _ when sent.Malformed is { } name => ("invalid_request", $"{name} is given twice, or is longer than {Sent.Longest} characters."),
        _ when sent["request"] is not null => ("request_not_supported", "Send the parameters themselves, not as a request object."),
        _ when sent["request_uri"] is not null => ("request_uri_not_supported", "Send the parameters themselves, not as a request object."),
        (null, _) => ("invalid_request", "response_type is missing: it must be code."),
        (not "code", _) => ("unsupported_response_type", "response_type must be code."),
        (_, not "query") => ("invalid_request", "response_mode must be query."),
        _ when Challenge.Length == 0 => ("invalid_request", "code_challenge is missing: PKCE is required (RFC 7636)."),
        _ when sent["code_challenge_method"] != "S256" => ("invalid_request", "code_challenge_method must be S256."),
        _ when !Pkce.IsChallenge(Challenge) => ("invalid_request", "code_challenge must be the SHA-256 of the verifier in base64url: 43 characters."),
        _ when Prompts is ["none", _, ..] or [_, .., "none"] => ("invalid_request", "prompt=none allows no other prompt."),
        _ => null,
    };

    private Uri Return(params IEnumerable<(string Name, string Value)> parameters)
    {
        var query = parameters.Concat(State is null ? [] : [("state", State)]);
        return new Uri(QueryHelpers.AddQueryString(ReturnTo.AbsoluteUri, query.Select(p => KeyValuePair.Create(p.Item1, (string?)p.Item2))));
    }
}
