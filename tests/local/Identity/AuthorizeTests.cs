using System.Net;
using System.Text.RegularExpressions;
using static Connections.Tests.Local.Identity.CodeFlow;

namespace Connections.Tests.Local.Identity;

/// <summary>The authorization endpoint: how it chooses the member, and which return addresses it refuses.</summary>
public sealed partial class AuthorizeTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private readonly CodeFlow _flow = new(host);

    [Fact]
    public async Task The_page_offers_the_demo_members_and_a_form_for_other_members()
    {
        var answer = await _flow.AuthorizeAsync();
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("value=\"demo-brand\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"demo-creator\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"sub\" required", page, StringComparison.Ordinal);
        // The policy allows only the host's own scripts, and forms that lead back to the client.
        Assert.Matches(
            @"script-src 'self'; .*form-action 'self' http://localhost:5173;",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotMatch("<script(?! src)|<style| style=| on[a-z]+=", page);
    }

    [Theory]
    [InlineData("demo-creator", "", "", "Maya Okafor", "demo-creator@example.com")]
    [InlineData("somebody-new", "Søren \"S\" Å", "soren@example.com", "Søren \"S\" Å", "soren@example.com")]
    public async Task A_choice_on_the_page_redirects_to_the_client_with_a_code_and_the_state(
        string sub, string name, string email, string shownName, string shownEmail)
    {
        var page = await (await _flow.AuthorizeAsync()).Content.ReadAsStringAsync();

        var answer = await ChooseAsync(page, ("sub", sub), ("name", name), ("email", email));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(RedirectUri, answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        var query = QueryOf(answer.Headers.Location!);
        Assert.Equal(["code", "from", "state"], query.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Request["state"], query["state"]);
        var info = await _flow.CallAsync("/dev/identity/userinfo", (await _flow.RedeemAsync(query["code"]))["access_token"].ToString());
        Assert.Equal((sub, shownName, shownEmail), (info["sub"].ToString(), info["name"].ToString(), info["email"].ToString()));
    }

    [Fact]
    public async Task An_invalid_member_id_shows_the_page_again()
    {
        var page = await (await _flow.AuthorizeAsync()).Content.ReadAsStringAsync();

        var again = await ChooseAsync(page, ("sub", "two words"));

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        page = await again.Content.ReadAsStringAsync();
        Assert.Contains("Not signed in", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await ChooseAsync(page, ("sub", "one-word"))).StatusCode);
    }

    [Theory]
    [InlineData("demo-creator", "demo-creator")]
    [InlineData("Demo-Creator@example.com", "demo-creator")]
    [InlineData("never.seen", "never.seen")]
    public async Task A_login_hint_skips_the_page(string hint, string member)
    {
        var tokens = await _flow.SignInAsync(hint);
        Assert.Equal(member, (await _flow.CallAsync("/api/me", tokens["access_token"].ToString()))["id"].ToString());
    }

    [Theory]
    [InlineData("nobody@example.com", "login")]
    [InlineData("nobody@example.com", "")]
    [InlineData("demo-brand", "select_account")]
    [InlineData("demo-brand", "login consent")]
    public async Task An_unknown_member_in_the_hint_or_a_prompt_shows_the_page(string hint, string prompt) =>
        Assert.Equal(HttpStatusCode.OK, (await _flow.AuthorizeAsync(("login_hint", hint), ("prompt", prompt))).StatusCode);

    [Fact]
    public async Task Without_a_page_only_a_hint_signs_a_member_in()
    {
        Assert.Equal("login_required", await ErrorAsync(("prompt", "none")));
        Assert.NotEmpty(await _flow.CodeAsync("demo-brand", ("prompt", "none")));
    }

    [Theory]
    [InlineData("https://evil.example/cb")]
    [InlineData("http://evil.example:5173/cb")]
    [InlineData("http://localhost.evil.example/cb")]
    [InlineData("http://localhost@evil.example/cb")]
    [InlineData("http://localhost\\@evil.example/cb")]
    [InlineData("http://user@localhost:5173/cb")]
    [InlineData("http://192.168.1.5:5173/cb")]
    [InlineData("http://localhost:5173/cb#fragment")]
    [InlineData("http://localhost:5173/\r\nSet-Cookie: a=b")]
    [InlineData("http://loсalhost:5173/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("file:///etc/passwd")]
    [InlineData("myapp:/cb")]
    [InlineData("//evil.example/cb")]
    [InlineData("/cb")]
    [InlineData("")]
    public async Task A_foreign_return_address_is_refused_on_a_page_whatever_the_other_parameters(string address)
    {
        foreach (var more in new[] { ("login_hint", "demo-brand"), ("prompt", "none"), ("response_type", "token") })
        {
            var answer = await _flow.AuthorizeAsync(("redirect_uri", address), more);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
            Assert.Contains("redirect_uri is ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost/cb")]
    [InlineData("http://127.0.0.1:4000/")]
    [InlineData("http://[::1]:9000/cb?a=b")]
    [InlineData("com.example.app:/signed-in")]
    [InlineData("com.example.app://signed-in")]
    public async Task Addresses_on_this_machine_and_of_apps_receive_the_code(string address) => await IsSentToAsync(address);

    [Fact]
    public async Task This_host_receives_the_code() => await IsSentToAsync(new Uri(host.Url, "/signed-in").AbsoluteUri);

    [Theory]
    [InlineData("response_type", "", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    [InlineData("code_challenge_method", "", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("request", "eyJ", "request_not_supported")]
    [InlineData("request_uri", "https://example.com/r", "request_uri_not_supported")]
    public async Task Other_errors_are_returned_to_the_client(string parameter, string value, string error) =>
        Assert.Equal(error, await ErrorAsync((parameter, value), ("login_hint", "demo-brand")));

    [Fact]
    public async Task A_repeated_parameter_is_an_error_returned_to_the_client()
    {
        var once = (await _flow.AuthorizeAsync()).RequestMessage!.RequestUri!.PathAndQuery;
        var client = host.AnonymousClient();
        Assert.Equal("invalid_request", QueryOf((await client.GetAsync(once + "&nonce=other")).Headers.Location!)["error"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(once + "&redirect_uri=http://localhost/")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("connections")]
    public async Task A_client_id_is_required_and_must_differ_from_the_APIs(string clientId)
    {
        var answer = await _flow.AuthorizeAsync(("client_id", clientId), ("login_hint", "demo-brand"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("client_id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_shown_as_text_only()
    {
        const string Markup = "<script>alert(1)</script>\"'";
        foreach (var answer in new[]
        {
            await _flow.AuthorizeAsync(
                ("client_id", Markup), ("state", Markup), ("nonce", Markup), ("redirect_uri", "com.example.app:/\"><script>")),
            await _flow.AuthorizeAsync(("redirect_uri", Markup)),
        })
        {
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        }
    }

    private async Task IsSentToAsync(string address)
    {
        var answer = await _flow.AuthorizeAsync(("redirect_uri", address), ("login_hint", "demo-brand"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(address, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.OK, (await _flow.RedeemAsync(QueryOf(answer.Headers.Location)["code"], ("redirect_uri", address))).Status);
    }

    private async Task<string> ErrorAsync(params (string Name, string Value)[] changes)
    {
        var answer = await _flow.AuthorizeAsync(changes);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = QueryOf(answer.Headers.Location!);
        Assert.Equal(Request["state"], query["state"]);
        Assert.NotEmpty(query["error_description"]);
        Assert.DoesNotContain("code", query);
        return query["error"];
    }

    /// <summary>Submits a form of the page with its hidden fields.</summary>
    private async Task<HttpResponseMessage> ChooseAsync(string page, params (string Name, string Value)[] filledIn)
    {
        var form = Form().Match(page).Groups["form"].Value;
        var hidden = Hidden().Matches(form)
            .Select(field => (Name: field.Groups["name"].Value, Value: WebUtility.HtmlDecode(field.Groups["value"].Value)));
        using var content =
            new FormUrlEncodedContent(hidden.Concat(filledIn).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await host.AnonymousClient().PostAsync("/dev/identity/authorize", content);
    }

    [GeneratedRegex(
        @"<form method=""post"" action=""/dev/identity/authorize"" class=""fields"">(?<form>.*?)</form>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"<input type=""hidden"" name=""(?<name>[^""]*)"" value=""(?<value>[^""]*)"">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
