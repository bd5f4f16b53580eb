using System.Net;
using Connections.Local.Dev;
using Connections.Local.Pages;

namespace Connections.Tests.Local.Dev;

public sealed class DevGuardTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData("evil.example", "/dev")]
    [InlineData("evil.example", "/dev/members")]
    [InlineData("evil.example", "/DEV/mail.json")]
    [InlineData("evil.example", "/dev/identity/keys")]
    [InlineData("localhost.evil.example", "/dev")]
    [InlineData("127.0.0.1.evil.example", "/dev/mail")]
    [InlineData("192.168.1.5", "/dev")]
    public async Task A_foreign_host_name_is_refused(string name, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = name;

        var answer = await host.AnonymousClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task Names_of_this_machine_are_allowed(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dev/members");
        request.Headers.Host = name;

        Assert.Equal(HttpStatusCode.OK, (await host.AnonymousClient().SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("192.168.1.5", true)]
    [InlineData("[fe80::1]", true)]
    [InlineData("my-machine", true)]
    [InlineData("localhost", true)]
    [InlineData("evil.example", false)]
    public void An_exposed_host_answers_to_its_own_name_and_to_addresses(string name, bool allowed) =>
        Assert.Equal(allowed, DevGuard.IsAllowed(name, exposedAs: "my-machine"));

    [Theory]
    [InlineData("/")]
    [InlineData("/dev")]
    [InlineData("/dev/mail")]
    [InlineData("/dev/mail.json")]
    [InlineData("/dev/members")]
    public async Task Every_page_has_strict_security_headers(string path)
    {
        var answer = await host.AnonymousClient().GetAsync(path);

        var policy = Header(answer, "Content-Security-Policy").Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
