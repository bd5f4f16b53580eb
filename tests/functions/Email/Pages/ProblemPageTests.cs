using System.Net;
using System.Net.Http.Headers;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Email.Pages;

/// <summary>People who follow a link from an email get problems as a page; clients get the problem document.</summary>
public sealed class ProblemPageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData(Browser, "text/html")]
    [InlineData("*/*", "application/problem+json")]
    [InlineData("text/html;q=0, application/json", "application/problem+json")]
    [InlineData(null, "application/problem+json")]
    public async Task A_form_that_lacks_something_changes_nothing_and_says_so(string? accept, string type)
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var pair = await Pair.InvitedAsync(host, "mail");
        var link = "/api/invite-links/" + await pair.LinkTokenAsync();

        foreach (var form in new[] { "answer=perhaps", "", "answer=decline&reason=weather", "answer=report&reason=spam&details=%01" })
        {
            using var answer = await SendAsync(host, HttpMethod.Post, link, accept, form);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        }

        using var open = await SendAsync(host, HttpMethod.Get, link, Browser);
        Assert.Contains("Accept", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_calls_are_a_page_that_says_when_to_come_back()
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Limits:OpenPerMinute"] = "1" } });
        (await SendAsync(host, HttpMethod.Get, "/api/invite-links/x", Browser)).Dispose();

        using var page = await SendAsync(host, HttpMethod.Get, "/api/invite-links/x", Browser);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Contains("Wait a minute", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // An address that is none of ours is for developers.
        using var wrong = await SendAsync(host, HttpMethod.Get, "/api/nothing", Browser);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        LocalHostFixture host, HttpMethod method, string path, string? accept, string? form = null)
    {
        using var client = host.AnonymousClient();
        using var request = new HttpRequestMessage(method, path);
        if (form is not null)
        {
            request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await client.SendAsync(request);
    }
}
