using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connections.Tests.Local.Web;

public sealed class WebEndpointTests(WebEndpointTests.Served served) : IClassFixture<WebEndpointTests.Served>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/connections")]
    [InlineData("/messages/3f2a.b~c")]
    [InlineData("/creators/somebody@example.com/deep")]
    [InlineData("/apiary")]
    [InlineData("/developers")]
    [InlineData("/clients/1")]
    [InlineData("/messages/a%2Fb")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task Addresses_of_the_client_answer_with_its_page(string path)
    {
        var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("Small client", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/main-1a2b.js", "text/javascript; charset=utf-8")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/manifest.webmanifest", "application/manifest+json")]
    public async Task A_file_has_its_content_type(string path, string type) =>
        Assert.Equal(type, (await GetAsync(path)).Content.Headers.ContentType!.ToString());

    [Theory]
    [InlineData("/assets/main-0000.js")]
    [InlineData("/assets/")]
    [InlineData("/assets/..%2f..%2fpackage.json")]
    public async Task A_missing_asset_is_not_found(string path) =>
        Assert.StartsWith("HTTP/1.1 404", await RawAsync(path), StringComparison.Ordinal);

    [Theory]
    [InlineData("/.built-from")]
    [InlineData("/assets/../.built-from")]
    [InlineData("/assets/%2e%2e/%2e%2e/package.json")]
    [InlineData("/../package.json")]
    [InlineData("/..%2fpackage.json")]
    [InlineData("//etc/passwd")]
    public async Task Only_files_of_the_build_are_served(string path) =>
        Assert.Contains("Small client", await RawAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task Assets_are_cached_forever_and_everything_else_is_revalidated()
    {
        Assert.Equal("public, max-age=31536000, immutable", (await GetAsync("/assets/main-1a2b.js")).Headers.CacheControl!.ToString());
        foreach (var path in (string[])["/", "/connections", "/favicon.svg"])
        {
            var first = await GetAsync(path);
            Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());

            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await served.Host.AnonymousClient().SendAsync(again)).StatusCode);
            again.Dispose();
        }
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/connections");
        var answer = await served.Host.AnonymousClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((await GetAsync("/connections")).Content.Headers.ContentLength, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Pages_refuse_other_methods()
    {
        var answer = await served.Host.AnonymousClient().SendAsync("/connections", new { });

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method-not-allowed"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task The_API_the_development_pages_and_the_sockets_keep_their_addresses()
    {
        var client = served.Host.AnonymousClient();
        Assert.Equal("not-found", (await client.ReadAsync("/api/no-such-call")).Problem);
        Assert.Equal("not-found", (await client.ReadAsync("/api")).Problem);
        Assert.Equal("unauthenticated", (await client.ReadAsync("/api/me")).Problem);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/dev/no-such-page")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/client/no-such-hub")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/client/hubs/members")).StatusCode);
        Assert.Contains("Sign in as anybody", await client.GetStringAsync("/dev"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/connections")]
    [InlineData("/assets/main-1a2b.js")]
    [InlineData("/config.json")]
    public async Task Every_answer_has_strict_security_headers(string path)
    {
        var answer = await GetAsync(path);

        var here = served.Host.Url.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                $"img-src 'self' {here} data: blob:",
                $"connect-src 'self' {here} {here.Replace("http", "ws", StringComparison.Ordinal)}",
                "font-src 'self'",
                "manifest-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            ],
            Header(answer, "Content-Security-Policy").Split("; "));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private Task<HttpResponseMessage> GetAsync(string path) => served.Host.AnonymousClient().GetAsync(path);

    // Uses a socket, because HttpClient would normalize the path.
    private async Task<string> RawAsync(string path)
    {
        using var socket = new TcpClient(served.Host.Url.Host, served.Host.Url.Port);
        await socket.GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync();
    }

    /// <summary>A host that serves a built client.</summary>
    public sealed class Served : IAsyncLifetime, IDisposable
    {
        private readonly SmallClient _client = new();

        public LocalHostFixture Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await LocalHostFixture.StartAsync(options => options with { Web = _client.Options });
            await Host.Web!.FinishedAsync();
        }

        public Task DisposeAsync() => Host.DisposeAsync();

        public void Dispose() => _client.Dispose();
    }
}
