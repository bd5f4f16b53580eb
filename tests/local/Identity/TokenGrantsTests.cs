using System.Net;
using Connections.Tests.Functions.Chat;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Connections.Tests.Local.Identity;

/// <summary>Codes and refresh tokens work once, for their client, and for a limited time.</summary>
public sealed class TokenGrantsTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    private readonly CodeFlow _flow = new(frozen.Host);

    [Fact]
    public async Task A_code_gives_an_access_token_for_the_API_and_an_ID_token_for_the_client()
    {
        var tokens = await _flow.SignInAsync();

        Assert.Equal(
            ("Bearer", 3600, CodeFlow.AllScopes),
            (tokens["token_type"].ToString(), (int)tokens["expires_in"], tokens["scope"].ToString()));
        Assert.Equal("demo-brand", (await _flow.CallAsync("/api/me", tokens["access_token"].ToString()))["id"].ToString());
        var idToken = new JsonWebToken(tokens["id_token"].ToString());
        Assert.Equal(new JsonWebToken(tokens["access_token"].ToString()).Issuer, idToken.Issuer);
        Assert.Equal([CodeFlow.ClientId], idToken.Audiences);
        Assert.Equal(("demo-brand", "nonce-1", "Linnea Berg"), (idToken.Subject, Claim(idToken, "nonce"), Claim(idToken, "name")));
        Assert.Equal(frozen.Now.ToUnixTimeSeconds().ToString(), Claim(idToken, "auth_time"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _flow.CallAsync("/api/me", tokens["id_token"].ToString())).Status);
    }

    [Fact]
    public async Task The_scopes_determine_tokens_and_claims()
    {
        var tokens = await _flow.SignInAsync(changes: ("scope", "openid api://other/all"));
        Assert.Equal("openid", tokens["scope"].ToString());
        Assert.Null(tokens.Body!["refresh_token"]);
        var idToken = new JsonWebToken(tokens["id_token"].ToString());
        Assert.Null(Claim(idToken, "name"));
        Assert.Null(Claim(idToken, "email"));

        Assert.Null((await _flow.SignInAsync(changes: ("scope", "email"))).Body!["id_token"]);
    }

    [Theory]
    [InlineData("code_verifier", "a-verifier.of_this~client-that-nobody-else-has-0123456788")]
    [InlineData("code_verifier", "short")]
    [InlineData("client_id", "another-client")]
    [InlineData("redirect_uri", "http://localhost:5173/signed-in")]
    public async Task A_code_works_only_with_its_client_return_address_and_verifier(string parameter, string value)
    {
        var code = await _flow.CodeAsync();

        Refused("invalid_grant", await _flow.RedeemAsync(code, (parameter, value)));
        // The failed attempt revoked the code, because it may have been stolen.
        Refused("invalid_grant", await _flow.RedeemAsync(code));
    }

    [Fact]
    public async Task The_challenge_is_not_accepted_as_the_verifier()
    {
        var challenge = CodeFlow.Challenge(CodeFlow.Verifier);
        Refused("invalid_grant", await _flow.RedeemAsync(await _flow.CodeAsync(), ("code_verifier", challenge)));
    }

    [Fact]
    public async Task A_reused_code_ends_the_sign_in_that_it_started()
    {
        var code = await _flow.CodeAsync();
        var refreshToken = (await _flow.RedeemAsync(code))["refresh_token"].ToString();

        Refused("invalid_grant", await _flow.RedeemAsync(code));

        Refused("invalid_grant", await _flow.RefreshAsync(refreshToken));
    }

    [Fact]
    public async Task Parallel_redemptions_of_a_code_give_tokens_once()
    {
        var code = await _flow.CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _flow.RedeemAsync(code)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_is_valid_for_sixty_seconds()
    {
        var (soon, late) = (await _flow.CodeAsync(), await _flow.CodeAsync());
        frozen.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await _flow.RedeemAsync(soon)).Status);
        frozen.Advance(TimeSpan.FromSeconds(1));
        Refused("invalid_grant", await _flow.RedeemAsync(late));
    }

    [Fact]
    public async Task A_refresh_gives_new_tokens_of_the_same_sign_in_and_replaces_the_refresh_token()
    {
        var first = await _flow.SignInAsync("demo-creator");
        frozen.Advance(TimeSpan.FromMinutes(59));

        var second = await _flow.RefreshAsync(first["refresh_token"].ToString());
        var third = await _flow.RefreshAsync(second["refresh_token"].ToString());

        frozen.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _flow.CallAsync("/api/me", first["access_token"].ToString())).Status);
        Assert.Equal("demo-creator", (await _flow.CallAsync("/api/me", third["access_token"].ToString()))["id"].ToString());
        Assert.Equal(3, new[] { first, second, third }.Select(tokens => tokens["refresh_token"].ToString()).Distinct().Count());
        var (was, now) = (new JsonWebToken(first["id_token"].ToString()), new JsonWebToken(third["id_token"].ToString()));
        Assert.Equal((was.Subject, Claim(was, "sid"), Claim(was, "auth_time")), (now.Subject, Claim(now, "sid"), Claim(now, "auth_time")));
        Assert.Null(Claim(now, "nonce"));
    }

    [Fact]
    public async Task A_reused_refresh_token_ends_its_sign_in_and_no_other()
    {
        var other = (await _flow.SignInAsync())["refresh_token"].ToString();
        var first = (await _flow.SignInAsync())["refresh_token"].ToString();
        var second = (await _flow.RefreshAsync(first))["refresh_token"].ToString();

        Refused("invalid_grant", await _flow.RefreshAsync(first));

        Refused("invalid_grant", await _flow.RefreshAsync(second));
        Assert.Equal(HttpStatusCode.OK, (await _flow.RefreshAsync(other)).Status);
    }

    [Fact]
    public async Task A_refresh_token_in_the_hands_of_another_client_is_refused_and_revoked()
    {
        var token = (await _flow.SignInAsync())["refresh_token"].ToString();
        Refused("invalid_grant", await _flow.RefreshAsync(token, ("client_id", "another-client")));
        Refused("invalid_grant", await _flow.RefreshAsync(token));
    }

    [Fact]
    public async Task A_refresh_can_narrow_the_scopes_and_never_widen_them()
    {
        var first = await _flow.SignInAsync(changes: ("scope", "openid offline_access"));

        var less = await _flow.RefreshAsync(first["refresh_token"].ToString(), ("scope", "offline_access"));
        Assert.Equal("offline_access", less["scope"].ToString());
        Assert.Null(less.Body!["id_token"]);

        var more = await _flow.RefreshAsync(less["refresh_token"].ToString(), ("scope", CodeFlow.AllScopes));
        Assert.Equal("openid offline_access", more["scope"].ToString());
        Assert.Null(Claim(new JsonWebToken(more["id_token"].ToString()), "email"));
    }

    [Fact]
    public async Task A_refresh_token_is_valid_for_thirty_days()
    {
        var (soon, late) =
            ((await _flow.SignInAsync())["refresh_token"].ToString(), (await _flow.SignInAsync())["refresh_token"].ToString());
        frozen.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await _flow.RefreshAsync(soon)).Status);
        frozen.Advance(TimeSpan.FromSeconds(1));
        Refused("invalid_grant", await _flow.RefreshAsync(late));
    }

    [Fact]
    public async Task Codes_and_refresh_tokens_are_not_interchangeable()
    {
        Refused("invalid_grant", await _flow.RefreshAsync(await _flow.CodeAsync()));
        Refused("invalid_grant", await _flow.RedeemAsync((await _flow.SignInAsync())["refresh_token"].ToString()));
        Refused("invalid_grant", await _flow.RedeemAsync("made-up"));
    }

    [Theory]
    [InlineData("code", "invalid_request")]
    [InlineData("redirect_uri", "invalid_request")]
    [InlineData("client_id", "invalid_request")]
    [InlineData("code_verifier", "invalid_request")]
    [InlineData("grant_type", "unsupported_grant_type")]
    public async Task A_missing_parameter_is_named_and_does_not_use_up_the_code(string parameter, string error)
    {
        var code = await _flow.CodeAsync();
        Assert.Contains(parameter, Refused(error, await _flow.RedeemAsync(code, (parameter, ""))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _flow.RedeemAsync(code)).Status);
    }

    [Fact]
    public async Task Other_grants_are_not_supported() =>
        Assert.Contains(
            "refresh_token",
            Refused("unsupported_grant_type", await _flow.RedeemAsync("any", ("grant_type", "password"))),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_sign_in_outlives_a_restart_of_the_host()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var token = (await new CodeFlow(host).SignInAsync())["refresh_token"].ToString();

        await host.RestartAsync();

        var tokens = await new CodeFlow(host).RefreshAsync(token);
        Assert.Equal("demo-brand", (await new CodeFlow(host).CallAsync("/api/me", tokens["access_token"].ToString()))["id"].ToString());
    }

    [Fact]
    public async Task Answers_with_tokens_are_never_cached()
    {
        Assert.True((await _flow.SignInAsync()).Headers.CacheControl!.NoStore);
        Assert.True((await _flow.AuthorizeAsync(("login_hint", "demo-brand"))).Headers.CacheControl!.NoStore);
    }

    private static string Refused(string error, Answer answer)
    {
        Assert.Equal((HttpStatusCode.BadRequest, error), (answer.Status, answer["error"].ToString()));
        Assert.Null(answer.Body!["access_token"]);
        return answer["error_description"].ToString();
    }

    private static string? Claim(JsonWebToken token, string name) => token.Claims.SingleOrDefault(claim => claim.Type == name)?.Value;
}
