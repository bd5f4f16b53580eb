using System.Net;
using Connections.Local.Commands;
using Connections.Local.Web;

using WebClient = Connections.Local.Web.WebClient;

namespace Connections.Tests.Local.Web;

public sealed class WebPagesTests : IDisposable
{
    private readonly SmallClient _client = new();

    [Fact]
    public async Task During_the_build_a_page_says_so_and_reloads_and_the_API_runs()
    {
        _client.Write("web/src/main.js", "wait");
        await using var host = await StartAsync();

        foreach (var path in (string[])["/", "/connections/some-id", "/assets/main.js"])
        {
            var (answer, page) = await GetAsync(host, path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("Building the web client", page, StringComparison.Ordinal);
            Assert.Equal("1", answer.Headers.GetValues("Refresh").Single());
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.DoesNotContain("unsafe-inline", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.ClientFor("demo-brand").ReadAsync("/api/me")).Status);

        _client.Write("go.txt", "");
        await host.Web!.FinishedAsync();
        Assert.Contains("Small client", (await GetAsync(host, "/")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_build_is_served_at_the_first_request()
    {
        await _client.StartAsync();

        await using var host = await StartAsync();

        Assert.Contains("Small client", (await GetAsync(host, "/")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Node_a_page_says_what_to_install_and_the_API_runs()
    {
        await using var host = await StartAsync(_client.Options with { SearchPath = "" });

        var (answer, page) = await GetAsync(host, "/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Install Node 20.19 or later with npm", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/dev\"", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Refresh"));
        Assert.Equal(HttpStatusCode.OK, (await host.ClientFor("demo-brand").ReadAsync("/api/me")).Status);
    }

    [Fact]
    public async Task When_the_build_fails_a_page_and_the_terminal_show_its_output()
    {
        _client.Write("web/src/main.js", "oops");
        await using var host = await StartAsync();
        await host.Web!.FinishedAsync();

        var (answer, page) = await GetAsync(host, "/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("&lt;b&gt;main.js&lt;/b&gt; does not parse", page, StringComparison.Ordinal);
        Assert.Contains("start this host again", page, StringComparison.Ordinal);

        var (output, error) = await ReportAsync(host.Web);
        Assert.Contains("npm run build", output, StringComparison.Ordinal);
        Assert.Contains("<b>main.js</b> does not parse", error, StringComparison.Ordinal);
        Assert.Contains("start this host again", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_reports_a_build_and_is_silent_without_one()
    {
        await using var first = new WebClient(_client.Options);
        first.Start();
        var (output, error) = await ReportAsync(first);
        Assert.Matches(@"npm ci[^!]*npm run build[^!]*The web client is built, in \d+ s\.", output);
        Assert.Equal("", error);

        await using var second = new WebClient(_client.Options);
        second.Start();
        Assert.Equal(("", ""), await ReportAsync(second));

        _client.Write("web/src/main.js", "changed");
        await using var third = new WebClient(_client.Options with { SearchPath = "" });
        third.Start();
        Assert.Contains("Install Node 20.19", (await ReportAsync(third)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_can_stop_during_a_build()
    {
        _client.Write("web/src/main.js", "hang");
        var host = await StartAsync();
        await GetAsync(host, "/");

        await host.DisposeAsync().WaitAsync(LocalHostFixture.MaxWait);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<(HttpResponseMessage Answer, string Page)> GetAsync(LocalHostFixture host, string path)
    {
        var answer = await host.AnonymousClient().GetAsync(path);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(string Output, string Error)> ReportAsync(WebClient client)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        await HostCommand.ReportAsync(client, output, error, CancellationToken.None);
        return (output.ToString(), error.ToString());
    }

    private Task<LocalHostFixture> StartAsync(WebOptions? web = null) =>
        LocalHostFixture.StartAsync(options => options with { Web = web ?? _client.Options });
}
