using System.Net;
using System.Text;
using Connections.Tests.Functions.Access;

namespace Connections.Tests.Functions;

/// <summary>Bad input and strangers get the problem document that says what to do, and change nothing.</summary>
public sealed class BadInputTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>, IAsyncLifetime
{
    private readonly HttpClient _brand = host.ClientFor("bad-brand");
    private readonly HttpClient _creator = host.ClientFor("bad-creator");
    private string _id = "";

    public async Task InitializeAsync()
    {
        await _brand.BecomeBrandAsync();
        await _creator.BecomeCreatorAsync("Mira Lund", "badmira");
        _id = (await _brand.SendAsync("/api/invites", new { creatorId = "bad-creator" }))["id"].ToString();
        await _creator.SendAsync($"/api/invites/{_id}/accept");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var answer = await _brand.SendAsync(
            $"/api/connections/{_id}/messages", new { clientId = "unknown-fields", text = "Hello", colour = "red", seq = 99 });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.NotEqual(99, (int)answer["seq"]);
    }

    [Theory]
    [InlineData("""{ "clientId": 5, "text": "x" }""", "clientId")]
    [InlineData("""{ "clientId": "a", "text": { "x": 1 } }""", "text")]
    [InlineData("""{ "clientId": "a", "text": ["x"] }""", "text")]
    [InlineData("""{ "text": "x" }""", "clientId")]
    [InlineData("""{ "clientId": "a", "text": "   " }""", "text")]
    [InlineData("""{ "clientId": "a", "text": "a\u0000b" }""", "text")]
    [InlineData("""{ "clientId": "a", "text": "\u200B" }""", "text")]
    [InlineData("""{ "clientId": "a", "text": " \u2800\u3164\n\u0301\uFE0F" }""", "text")]
    [InlineData("""{ "clientId": "\u200D", "text": "x" }""", "clientId")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var answer = await NothingChangesAsync(HttpMethod.Post, $"/api/connections/{_id}/messages", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.NotNull(answer["errors"][field]);
    }

    [Fact]
    public async Task A_message_at_its_limit_is_sent_and_one_past_it_is_refused()
    {
        Assert.Equal(
            HttpStatusCode.Created,
            (await _brand.SendAsync($"/api/connections/{_id}/messages", new { clientId = "limit", text = new string('x', 4000) })).Status);
        var answer = await NothingChangesAsync(
            HttpMethod.Post, $"/api/connections/{_id}/messages", new { clientId = "past", text = new string('x', 4001) });
        Assert.NotNull(answer["errors"]["text"]);
    }

    [Fact]
    public async Task A_note_past_its_limit_invites_nobody()
    {
        await host.ClientFor("bad-note-creator").BecomeCreatorAsync("Note", "badnote");
        var answer = await _brand.SendAsync("/api/invites", new { creatorId = "bad-note-creator", note = new string('x', 301) });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal("none", (await _brand.ReadAsync("/api/creators/bad-note-creator"))["relation"]["state"]!.ToString());
    }

    [Theory]
    [InlineData("{ \"clientId\": ")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"clientId\": \"a\", \"text\": \"\\ud800\" }")]
    public async Task A_body_that_is_not_the_JSON_of_the_call_is_refused(string body)
    {
        var answer = await NothingChangesAsync(HttpMethod.Post, $"/api/connections/{_id}/messages", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(answer.Problem, new[] { "invalid-json", "invalid-input" });
    }

    [Fact]
    public async Task Deep_JSON_is_refused()
    {
        var answer = await NothingChangesAsync(
            HttpMethod.Post,
            $"/api/connections/{_id}/messages",
            $$"""{ "clientId": "a", "text": "x", "deep": {{new string('[', 5000)}}{{new string(']', 5000)}} }""");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-json"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KB_is_refused_with_or_without_a_length(bool withLength)
    {
        var json = $$"""{ "clientId": "large", "text": "x", "padding": "{{new string('x', 64 * 1024)}}" }""";
        HttpContent body = withLength ? new StringContent(json, Encoding.UTF8, "application/json") : new Unmeasured(json);
        var answer = await NothingChangesAsync(HttpMethod.Post, $"/api/connections/{_id}/messages", body);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_body_that_is_not_called_JSON_is_refused()
    {
        var answer = await NothingChangesAsync(
            HttpMethod.Post, $"/api/connections/{_id}/messages", new StringContent("""{ "clientId": "a", "text": "x" }"""));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task No_token_is_told_to_sign_in()
    {
        var answer = await host.AnonymousClient().ReadAsync("/api/connections");
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (answer.Status, answer.Problem));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public async Task What_is_no_token_opens_nothing(string token)
    {
        var client = host.AnonymousClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var answer = await client.ReadAsync($"/api/connections/{_id}");
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Who_sends_a_token_out_of_its_time_is_told_so_and_nobody_is_told_what_else_is_wrong_with_theirs()
    {
        foreach (var (wrong, tokenOf) in BadTokens.All.Where(bad => bad.Key != "no token"))
        {
            var client = host.AnonymousClient();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + tokenOf(host, "bad-brand"));
            var answer = await client.ReadAsync("/api/connections");
            Assert.Equal((wrong, "unauthenticated"), (wrong, answer.Problem));
            var told = BadTokens.OutOfTime.Contains(wrong) ? "The token has expired."
                : BadTokens.OfNobody.Contains(wrong) ? "The token names no member:"
                : "The token is not valid here. Sign in again.";
            Assert.StartsWith(told, answer["detail"].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/messages")]
    [InlineData("POST", "/messages", """{ "clientId": "s", "text": "x" }""")]
    [InlineData("POST", "/messages/batch", """{ "messages": [{ "clientId": "s", "text": "x" }] }""")]
    [InlineData("POST", "/messages/batch", """{ "messages": [{ "clientId": "s", "text": "" }] }""")]
    [InlineData("PUT", "/read", """{ "seq": 1 }""")]
    [InlineData("POST", "/typing")]
    [InlineData("GET", "/presence")]
    [InlineData("PATCH", "/messages/1", """{ "text": "x" }""")]
    [InlineData("DELETE", "/messages/1")]
    [InlineData("PUT", "/messages/1/reaction", """{ "kind": "heart" }""")]
    [InlineData("DELETE", "/messages/1/reaction")]
    public async Task A_strangers_connection_is_not_found(string method, string call, string? body = null)
    {
        var stranger = host.ClientFor("bad-stranger");
        await stranger.BecomeBrandAsync();
        foreach (var id in new[] { _id, "c000000000000000000000000000000", "x", "..%2f", "%E2%80%AE" })
        {
            var answer = await stranger.CallAsync(new HttpMethod(method), $"/api/connections/{id}{call}", body);
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
        }
    }

    [Theory]
    [InlineData("POST", "/accept")]
    [InlineData("POST", "/decline")]
    [InlineData("DELETE", "")]
    public async Task A_strangers_invite_is_not_found(string method, string call)
    {
        var stranger = host.ClientFor("bad-stranger");
        var answer = await stranger.CallAsync(new HttpMethod(method), $"/api/invites/{_id}{call}");
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("/api/connections?limit=0", "limit")]
    [InlineData("/api/connections?limit=101", "limit")]
    [InlineData("/api/connections?limit=many", "limit")]
    [InlineData("/api/connections?continuation=%7B%7D", "continuation")]
    [InlineData("/api/connections?continuation=bm9uZQ", "continuation")]
    [InlineData("/api/invites?direction=up", "direction")]
    [InlineData("/api/invites?direction=sent&state=blocked", "state")]
    public async Task A_wrong_query_is_named(string path, string field)
    {
        var answer = await _brand.ReadAsync(path);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.NotNull(answer["errors"][field]);
    }

    [Theory]
    [InlineData("?before=0", "before")]
    [InlineData("?after=-1", "after")]
    [InlineData("?after=x", "after")]
    [InlineData("?before=2&after=1", "after")]
    [InlineData("?before=99999999999999999999", "before")]
    public async Task A_wrong_place_in_a_history_is_named(string query, string field)
    {
        var answer = await _brand.ReadAsync($"/api/connections/{_id}/messages{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.NotNull(answer["errors"][field]);
    }

    [Fact]
    public async Task What_cannot_be_invited_is_not()
    {
        Assert.Equal("invalid-input", (await _brand.SendAsync("/api/invites", new { creatorId = "bad-brand" })).Problem);
        Assert.Equal("invalid-input", (await _brand.SendAsync("/api/invites", new { note = "Hello" })).Problem);
        foreach (var nobody in new[] { "nobody-at-all", "with space", new string('x', 129) })
        {
            Assert.Equal(
                (HttpStatusCode.NotFound, "not-found"),
                ((await _brand.SendAsync("/api/invites", new { creatorId = nobody })) is var a ? (a.Status, a.Problem) : default));
        }

        var brandToo = host.ClientFor("bad-brand-too");
        await brandToo.BecomeBrandAsync();
        Assert.Equal("not-found", (await _brand.SendAsync("/api/invites", new { creatorId = "bad-brand-too" })).Problem);
        Assert.Equal(
            "profile-incomplete",
            (await host.ClientFor("bad-newcomer").SendAsync("/api/invites", new { creatorId = "bad-creator" })).Problem);
    }

    [Fact]
    public async Task A_message_before_the_invite_is_accepted_is_refused()
    {
        await host.ClientFor("bad-early").BecomeCreatorAsync("Early", "early");
        var id = (await _brand.SendAsync("/api/invites", new { creatorId = "bad-early" }))["id"].ToString();
        var answer = await _brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "early", text = "Hello?" });
        Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_problem_says_what_and_where()
    {
        var answer = await _brand.SendAsync($"/api/connections/{_id}/messages", "{");
        foreach (var field in new[] { "type", "title", "status", "detail", "traceId" })
        {
            Assert.False(string.IsNullOrEmpty(answer[field].ToString()), field);
        }
    }

    private async Task<Answer> NothingChangesAsync(HttpMethod method, string path, object body)
    {
        var before = (await _brand.ReadAsync($"/api/connections/{_id}/messages")).Body!.ToJsonString();
        var answer = await _brand.CallAsync(method, path, body);
        Assert.Equal(before, (await _brand.ReadAsync($"/api/connections/{_id}/messages")).Body!.ToJsonString());
        return answer;
    }

    private sealed class Unmeasured(string text) : StringContent(text, Encoding.UTF8, "application/json")
    {
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
