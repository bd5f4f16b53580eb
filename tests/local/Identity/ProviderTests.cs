using System.Net;
using Connections.Tests.Functions.Chat;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Tests.Local.Identity;

/// <summary>The discovery document, userinfo and sign-out.</summary>
public sealed class ProviderTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    private readonly CodeFlow _flow = new(frozen.Host);

    [Fact]
    public async Task Every_address_in_the_discovery_document_exists()
    {
        var client = frozen.Host.AnonymousClient();
        var document = await client.ReadAsync("/dev/identity/.well-known/openid-configuration");

        Assert.Equal(new Uri(frozen.Host.Url, "/dev/identity").AbsoluteUri, document["issuer"].ToString());
        var endpoints = document.Body!.AsObject().Where(e => e.Key.EndsWith("_endpoint", StringComparison.Ordinal) || e.Key == "jwks_uri")
            .Select(e => e.Value!.ToString()).ToList();
        Assert.Equal(5, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.StartsWith(document["issuer"].ToString(), endpoint, StringComparison.Ordinal));
        foreach (var endpoint in endpoints)
        {
            var method = endpoint.EndsWith("/token", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
            Assert.NotEqual((endpoint, HttpStatusCode.NotFound), (endpoint, (await client.CallAsync(method, endpoint)).Status));
        }

        Assert.Equal(["code"], document["response_types_supported"].AsArray().Select(value => value!.ToString()));
        Assert.Equal(
            ["authorization_code", "refresh_token"], document["grant_types_supported"].AsArray().Select(value => value!.ToString()));
        Assert.Equal(["S256"], document["code_challenge_methods_supported"].AsArray().Select(value => value!.ToString()));
        Assert.Equal(["none"], document["token_endpoint_auth_methods_supported"].AsArray().Select(value => value!.ToString()));
        Assert.Equal(CodeFlow.AllScopes.Split(' '), document["scopes_supported"].AsArray().Select(value => value!.ToString()));
    }

    [Theory]
    [InlineData("openid profile email", "demo-creator", "Maya Okafor", "demo-creator@example.com")]
    [InlineData("openid email", "demo-creator", null, "demo-creator@example.com")]
    [InlineData("openid", "demo-creator", null, null)]
    public async Task Userinfo_returns_the_claims_of_the_scopes(string scope, string sub, string? name, string? email)
    {
        var info = await InfoAsync((await _flow.SignInAsync("demo-creator", ("scope", scope)))["access_token"].ToString());
        Assert.Equal(
            (HttpStatusCode.OK, sub, name, email),
            (info.Status, info["sub"].ToString(), info.Body!["name"]?.ToString(), info.Body["email"]?.ToString()));
    }

    [Fact]
    public async Task Userinfo_accepts_only_access_tokens_that_have_not_expired()
    {
        var tokens = await _flow.SignInAsync();
        Assert.Equal("alice@example.com", (await InfoAsync(frozen.Host.TokenFor("alice")))["email"].ToString());

        var anonymous = await frozen.Host.AnonymousClient().ReadAsync("/dev/identity/userinfo");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (anonymous.Status, anonymous.Headers.WwwAuthenticate.Single().ToString()));
        Refused(HttpStatusCode.Unauthorized, "invalid_token", await InfoAsync(tokens["id_token"].ToString()));
        Refused(
            HttpStatusCode.Forbidden,
            "insufficient_scope",
            await InfoAsync((await _flow.SignInAsync(changes: ("scope", "email")))["access_token"].ToString()));

        frozen.Advance(TimeSpan.FromHours(1));
        Refused(HttpStatusCode.Unauthorized, "invalid_token", await InfoAsync(tokens["access_token"].ToString()));
    }

    [Fact]
    public async Task Signing_out_ends_the_sign_in_and_sends_the_browser_back_with_the_state()
    {
        var (tokens, other) = (await _flow.SignInAsync(), await _flow.SignInAsync());
        // Most members sign out after their ID token has expired, so the issuer accepts an expired token.
        frozen.Advance(TimeSpan.FromDays(1));

        var answer = await LogoutAsync(
            ("id_token_hint", tokens["id_token"].ToString()), ("post_logout_redirect_uri", "http://localhost:5173/?a=b"), ("state", "x&y"));

        Assert.Equal(
            (HttpStatusCode.Redirect, "http://localhost:5173/?a=b&state=x%26y"),
            (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal("invalid_grant", (await _flow.RefreshAsync(tokens["refresh_token"].ToString()))["error"].ToString());
        Assert.Equal(HttpStatusCode.OK, (await _flow.RefreshAsync(other["refresh_token"].ToString())).Status);
    }

    [Fact]
    public async Task Without_a_return_address_a_page_confirms_the_sign_out()
    {
        var answer = await LogoutAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("You are signed out", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_out_never_redirects_to_a_foreign_address(string address)
    {
        var answer = await LogoutAsync(("post_logout_redirect_uri", address));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task A_hint_that_is_not_an_ID_token_of_the_client_ends_no_session()
    {
        var tokens = await _flow.SignInAsync();
        var idToken = tokens["id_token"].ToString();
        foreach (var hints in new (string, string)[][]
        {
            [("id_token_hint", idToken[..^10] + "AAAAAAAAAA")],
            [("id_token_hint", idToken), ("client_id", "another-client")],
            [("id_token_hint", tokens["access_token"].ToString())],
            [("id_token_hint", "made-up")],
        })
        {
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await LogoutAsync([.. hints, ("post_logout_redirect_uri", "http://localhost:5173/")])).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await _flow.RefreshAsync(tokens["refresh_token"].ToString())).Status);
    }

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://127.0.0.1:5173", true)]
    [InlineData("http://[::1]:5173", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://192.168.1.5:5173", false)]
    [InlineData("null", false)]
    public async Task Only_pages_from_this_machine_may_read_the_answers(string origin, bool allowed)
    {
        var allow = allowed ? origin : null;
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/.well-known/openid-configuration"), (HttpMethod.Get, "/keys"), (HttpMethod.Get, "/userinfo"),
                (HttpMethod.Post, "/token"),
        })
        {
            var (answer, preflight) = (await CrossAsync(method, path, origin), await CrossAsync(HttpMethod.Options, path, origin, method));
            Assert.Equal((path, allow, allow), (path, Allowed(answer, "Origin"), Allowed(preflight, "Origin")));
            Assert.Equal(allowed ? "authorization" : null, Allowed(preflight, "Headers"));
        }

        foreach (var path in new[] { "/authorize", "/logout" })
        {
            Assert.Null(Allowed(await CrossAsync(HttpMethod.Get, path, origin), "Origin"));
        }
    }

    private Task<Answer> InfoAsync(string token) => _flow.CallAsync("/dev/identity/userinfo", token);

    private Task<HttpResponseMessage> LogoutAsync(params (string Name, string Value)[] parameters) => frozen.Host.AnonymousClient()
        .GetAsync(
            QueryHelpers.AddQueryString("/dev/identity/logout", parameters.Select(p => KeyValuePair.Create(p.Name, (string?)p.Value))));

    private async Task<HttpResponseMessage> CrossAsync(HttpMethod method, string path, string origin, HttpMethod? preflightOf = null)
    {
        using var request = new HttpRequestMessage(method, "/dev/identity" + path);
        request.Headers.Add("Origin", origin);
        if (preflightOf is not null)
        {
            request.Headers.Add("Access-Control-Request-Method", preflightOf.Method);
            request.Headers.Add("Access-Control-Request-Headers", "authorization");
        }

        return await frozen.Host.AnonymousClient().SendAsync(request);
    }

    private static string? Allowed(HttpResponseMessage answer, string what) =>
        answer.Headers.TryGetValues($"Access-Control-Allow-{what}", out var values) ? values.Single() : null;

    private static void Refused(HttpStatusCode status, string error, Answer answer)
    {
        Assert.Equal((status, error), (answer.Status, answer["error"].ToString()));
        Assert.Contains($"error=\"{error}\"", answer.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
    }
}
