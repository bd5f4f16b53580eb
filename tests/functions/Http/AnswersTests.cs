using System.Net;

namespace Connections.Tests.Functions.Http;

/// <summary>What every answer has by HTTP, whatever the call.</summary>
public sealed class AnswersTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private readonly HttpClient _member = host.ClientFor("http-member");

    [Theory]
    [InlineData("DELETE", "/api/creators", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/api/connections/c0/messages/1", "DELETE, GET, HEAD, OPTIONS, PATCH")]
    [InlineData("GET", "/api/admin/creators", "OPTIONS, POST")]
    [InlineData("PUT", "/api/connections/unread", "GET, HEAD, OPTIONS")]
    [InlineData("PUT", "/api/connections/c0/messages/batch", "OPTIONS, POST")]
    [InlineData("PUT", "/api/invites", "GET, HEAD, OPTIONS, POST")]
    [InlineData("POST", "/problems/suspended", "GET, HEAD, OPTIONS")]
    public async Task A_wrong_method_is_405_with_the_right_ones_and_OPTIONS_tells_them(string method, string path, string allowed)
    {
        var answer = await SendAsync(new HttpMethod(method), path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        Assert.Contains("/problems/method-not-allowed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var options = await SendAsync(HttpMethod.Options, path);
        Assert.Equal((HttpStatusCode.NoContent, allowed), (options.StatusCode, string.Join(", ", options.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing-here")]
    [InlineData("/api/creators/a/b")]
    [InlineData("/api/other/creators")]
    public async Task An_unknown_address_is_a_404_problem(string path)
    {
        var answer = await _member.ReadAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/creators?limit=10")]
    [InlineData("/api/creators/nobody")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        var (get, head) = (await SendAsync(HttpMethod.Get, path), await SendAsync(HttpMethod.Head, path));
        Assert.Equal(Headers(get), Headers(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        static IEnumerable<string> Headers(HttpResponseMessage answer) =>
            [$"{answer.StatusCode}", $"{answer.Headers.ETag}", $"{answer.Content.Headers.ContentType}", $"{answer.Headers.CacheControl}"];
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", "")]
    [InlineData("br;q=0", "")]
    public async Task An_answer_over_a_kilobyte_is_compressed_as_its_caller_takes_it(string accepted, string coding)
    {
        const string Path = "/api/creators?limit=10";
        var plain = await _member.GetByteArrayAsync(Path);
        Assert.True(plain.Length > 4096, $"The list has {plain.Length} bytes.");

        var answer = await SendAsync(HttpMethod.Get, Path, ("Accept-Encoding", accepted));
        Assert.Equal(coding, string.Join(", ", answer.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        var sent = await answer.Content.ReadAsStreamAsync();
        await using Stream decoded = coding switch
        {
            "br" => new System.IO.Compression.BrotliStream(sent, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(sent, System.IO.Compression.CompressionMode.Decompress),
            _ => sent,
        };
        using var all = new MemoryStream();
        await decoded.CopyToAsync(all);
        Assert.Equal(plain, all.ToArray());
        if (coding.Length > 0)
        {
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, plain.Length / 2);
        }
    }

    [Fact]
    public async Task A_small_answer_and_a_page_are_not_compressed()
    {
        foreach (var path in new[] { "/api/health", "/problems/rate-limit" })
        {
            var answer = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", "br"));
            Assert.Empty(answer.Content.Headers.ContentEncoding);
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 0);
        }
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/*;q=0.1", true)]
    [InlineData("text/html, */*;q=0.8", true)]
    [InlineData("no media type", true)]
    [InlineData("application/xml", false)]
    [InlineData("application/json;q=0, */*", false)]
    public async Task A_caller_who_takes_no_JSON_is_refused(string accepted, bool isTaken)
    {
        var answer = await SendAsync(HttpMethod.Get, "/api/me", ("Accept", accepted));
        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.NotAcceptable, answer.StatusCode);
    }

    [Fact]
    public async Task A_parameter_that_a_call_does_not_have_is_refused_with_those_that_it_has()
    {
        var search = (await _member.ReadAsync("/api/creators?categry=travel&CATEGORY=travel"))["errors"].AsObject();
        Assert.Equal(["categry"], search.Select(error => error.Key));
        Assert.Contains("category", $"{search["categry"]![0]}", StringComparison.Ordinal);

        var unlist = (await _member.ReadAsync("/api/me?limit=1"))["errors"]["limit"]![0];
        Assert.EndsWith("It takes none.", $"{unlist}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_an_address_or_a_token_comes_before_what_is_wrong_with_its_parameters()
    {
        using var anybody = new HttpClient { BaseAddress = _member.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.ReadAsync("/api/me?x=1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _member.ReadAsync("/api/nothing?x=1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _member.ReadAsync("/api/moderation/reports?x=1")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _member.CallAsync(HttpMethod.Put, "/api/creators?x=1")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _member.CallAsync(HttpMethod.Options, "/api/creators?x=1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _member.CallAsync(HttpMethod.Head, "/api/me?x=1")).Status);
    }

    [Fact]
    public async Task An_answer_tells_how_many_calls_are_left()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Settings = new Dictionary<string, string?> { ["Limits:ReadsPerMinute"] = "10" },
        });
        var member = own.ClientFor("limited");
        var first = await member.ReadAsync("/api/me");
        // Half of ten can come at once, and one of these was this.
        Assert.Equal("\"read\";q=10;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"read\";r=4;t=6", first.Headers.GetValues("RateLimit").Single());
        for (var i = 0; i < 4; i++)
        {
            await member.ReadAsync("/api/me");
        }

        var refused = await member.ReadAsync("/api/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.StartsWith("\"read\";r=0;t=", refused.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_the_next_page_has_the_address_that_the_settings_give_the_API()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string?> { ["Api:BaseUrl"] = "https://api.example.com/x" },
        });
        var client = own.ClientFor("reader");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        client.DefaultRequestHeaders.Host = "evil.example";
        var page = await client.ReadAsync("/api/creators?limit=2");
        Assert.StartsWith("https://api.example.com/x/api/creators?limit=2&continuation=", $"{page["nextLink"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contract_names_this_host_and_its_issuer()
    {
        var contract = (await _member.ReadAsync("/api/openapi.yaml")).Body!.ToString();
        Assert.Contains($"- url: {host.Url.AbsoluteUri.TrimEnd('/')}\n", contract, StringComparison.Ordinal);
        var config = await _member.ReadAsync("/api/config");
        Assert.Contains($"openIdConnectUrl: {config["identity"]["discovery"]}\n", contract, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_of_creators_are_kept_for_as_long_as_they_may_be_old_and_nothing_between_members_at_all()
    {
        var facets = await SendAsync(HttpMethod.Get, "/api/creators/facets");
        Assert.True(facets.Headers.CacheControl!.Private);
        Assert.InRange(facets.Headers.CacheControl.MaxAge!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
        var creators = await SendAsync(HttpMethod.Get, "/api/creators");
        Assert.Equal("no-cache, private", $"{creators.Headers.CacheControl}");
        Assert.Contains("Authorization", creators.Headers.Vary);
        foreach (var path in new[] { "/api/me", "/api/connections", "/api/favourites", "/api/blocks", "/api/invites?direction=sent" })
        {
            Assert.True((await SendAsync(HttpMethod.Get, path)).Headers.CacheControl!.NoStore, path);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _member.SendAsync(request);
    }
}
