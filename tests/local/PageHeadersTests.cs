using System.Net;
using System.Text.RegularExpressions;
using Connections.Tests.Local.Identity;
using Connections.Tests.Local.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local;

/// <summary>The headers of all pages of the host: the API's, the development pages and the web client's. Routes are enumerated.</summary>
public sealed partial class PageHeadersTests : IAsyncLifetime, IDisposable
{
    private readonly SmallClient _small = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync()
    {
        _host = await LocalHostFixture.StartAsync(o => o with { Web = _small.Options });
        await _host.Web!.FinishedAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task Every_page_has_a_strict_policy_and_every_JSON_answer_forbids_sniffing()
    {
        var (pages, violations) = (new List<string>(), new List<string>());
        foreach (var path in Routes().Concat(await SpecialPagesAsync()).Distinct(StringComparer.Ordinal))
        {
            using var answer = await _host.AnonymousClient().GetAsync(path);
            await CheckAsync($"GET {path}", answer);
        }

        using var form = new FormUrlEncodedContent([new("sub", "demo-brand")]);
        await CheckAsync("POST /dev", await _host.AnonymousClient().PostAsync("/dev", form));
        using var answered = new FormUrlEncodedContent([new("answer", "decline")]);
        await CheckAsync("POST the invite's link", await _host.AnonymousClient().PostAsync(await InviteLinkAsync("answered"), answered));

        Assert.Equal([], violations);
        // Known pages, so that an empty enumeration fails.
        Assert.All(["GET /", "GET /dev", "GET /dev/mail", "GET /dev/identity/logout", "POST /dev"], page => Assert.Contains(page, pages));
        Assert.True(pages.Count >= 12, string.Join('\n', pages));

        async Task CheckAsync(string call, HttpResponseMessage answer)
        {
            var type = answer.Content.Headers.ContentType?.MediaType ?? "";
            if (type == "text/html")
            {
                pages.Add(call);
                violations.AddRange(ViolationsOf(answer).Select(violation => $"{call}: {violation}"));
                var page = await answer.Content.ReadAsStringAsync();
                violations.AddRange(Foreign().Matches(page).Select(load => $"{call} loads {load.Value}"));
            }
            else if (type.EndsWith("json", StringComparison.Ordinal) && Header(answer, "X-Content-Type-Options") != "nosniff")
            {
                violations.Add($"{call}: the JSON can be sniffed as another type");
            }
        }
    }

    [Fact]
    public async Task A_members_own_data_is_never_cached()
    {
        var member = _host.ClientFor("demo-brand");
        foreach (var path in new[] { "/api/me", "/api/me/export", "/api/connections", "/api/no-such-call", "/api/creators/nobody" })
        {
            using var answer = await member.GetAsync(path);
            Assert.Equal(
                (path, "no-store", "nosniff"), (path, answer.Headers.CacheControl?.ToString(), Header(answer, "X-Content-Type-Options")));
        }
    }

    private static IEnumerable<string> ViolationsOf(HttpResponseMessage answer)
    {
        var policy = Header(answer, "Content-Security-Policy");
        var rules = policy.Split("; ").ToDictionary(rule => rule.Split(' ')[0], rule => rule.Split(' ')[1..]);
        if (policy.Contains("unsafe-inline", StringComparison.Ordinal) || policy.Contains("unsafe-eval", StringComparison.Ordinal)
            || rules.Values.Any(sources => sources.Contains("*")))
        {
            yield return $"its policy is {policy}";
        }

        foreach (
            var rule in new[] { "default-src", "frame-ancestors", "base-uri" }.Where(
                rule => rules.GetValueOrDefault(rule) is not ["'none'"]))
        {
            yield return $"its policy does not have {rule} 'none': {policy}";
        }

        if (!rules.ContainsKey("form-action"))
        {
            yield return "its policy does not restrict form actions";
        }

        foreach (var (name, value) in new[]
        {
            ("X-Frame-Options", "DENY"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        })
        {
            if (Header(answer, name) != value)
            {
                yield return $"{name} is {Header(answer, name)}";
            }
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    /// <summary>Every GET route of the host, with a placeholder for each parameter.</summary>
    private IEnumerable<string> Routes() =>
        _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
        .Select(endpoint => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x"));

    /// <summary>Pages that need certain data or parameters.</summary>
    private async Task<IEnumerable<string>> SpecialPagesAsync()
    {
        var invite = await InviteLinkAsync("shown");
        var mail = (await _host.OutboxAsync()).First(mail => mail.To.StartsWith("headers-shown", StringComparison.Ordinal));
        var unsubscribe = UnsubscribeLink().Match(mail.Headers["List-Unsubscribe"]).Value;
        return
        [
            "/", "/connections", "/dev/no-such-page", "/client/no-such-hub", "/dev/mail?part=text", "/dev/mail?id=999999",
            $"/dev/mail?id={mail.Id}", invite, invite + "?answer=decline", invite + "x", unsubscribe,
            QueryHelpers.AddQueryString("/dev/identity/authorize", CodeFlow.Request!), "/dev/identity/authorize?client_id=x",
        ];
    }

    private async Task<string> InviteLinkAsync(string name)
    {
        var (brand, creator) = (_host.ClientFor($"headers-{name}-brand"), $"headers-{name}");
        await brand.BecomeBrandAsync();
        await _host.ClientFor(creator).BecomeCreatorAsync(handle: name);
        Assert.Equal(
            HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = creator, note = "Shall we?" })).Status);
        return InviteLink().Match((await _host.MailAsync($"{creator}@example.com")).Text).Value;
    }

    // Elements that load a resource from another origin.
    [GeneratedRegex(
        "<(script|link|img|iframe)[^>]*\\s(src|href)=\"(https?:)?//[^\"]*\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\{[^}]*(\{[^}]*\}[^}]*)*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"/api/invite-links/[\w.-]+")]
    private static partial Regex InviteLink();

    [GeneratedRegex(@"/api/unsubscribe/[\w.-]+")]
    private static partial Regex UnsubscribeLink();
}
