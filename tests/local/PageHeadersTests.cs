using System.Net;
using System.Text.RegularExpressions;
using Connections.Tests.Local.Identity;
using Connections.Tests.Local.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local;

/// <summary>Every page of the host: those of the API, those for developers, and the web client's, found by going through all
/// addresses.</summary>
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
    public async Task Every_page_forbids_what_it_does_not_need_and_every_JSON_answer_says_that_it_is_JSON()
    {
        var (pages, wrong) = (new List<string>(), new List<string>());
        foreach (var path in Routes().Concat(await SpecialAsync()).Distinct(StringComparer.Ordinal))
        {
            using var answer = await _host.AnonymousClient().GetAsync(path);
            await LookAsync($"GET {path}", answer);
        }

        using var form = new FormUrlEncodedContent([new("sub", "demo-brand")]);
        await LookAsync("POST /dev", await _host.AnonymousClient().PostAsync("/dev", form));
        using var answered = new FormUrlEncodedContent([new("answer", "decline")]);
        await LookAsync("POST the invite's link", await _host.AnonymousClient().PostAsync(await InviteLinkAsync("answered"), answered));

        Assert.Equal([], wrong);
        // The ways in, so that an empty walk is seen to be empty.
        Assert.All(["GET /", "GET /dev", "GET /dev/mail", "GET /dev/identity/logout", "POST /dev"], page => Assert.Contains(page, pages));
        Assert.True(pages.Count >= 12, string.Join('\n', pages));

        async Task LookAsync(string call, HttpResponseMessage answer)
        {
            var type = answer.Content.Headers.ContentType?.MediaType ?? "";
            if (type == "text/html")
            {
                pages.Add(call);
                wrong.AddRange(WrongWith(answer).Select(what => $"{call}: {what}"));
                var page = await answer.Content.ReadAsStringAsync();
                wrong.AddRange(Foreign().Matches(page).Select(load => $"{call} loads {load.Value}"));
            }
            else if (type.EndsWith("json", StringComparison.Ordinal) && Header(answer, "X-Content-Type-Options") != "nosniff")
            {
                wrong.Add($"{call}: JSON that may be taken for something else");
            }
        }
    }

    [Fact]
    public async Task What_is_a_members_own_is_kept_by_no_cache()
    {
        var member = _host.ClientFor("demo-brand");
        foreach (var path in new[] { "/api/me", "/api/me/export", "/api/connections", "/api/no-such-call", "/api/creators/nobody" })
        {
            using var answer = await member.GetAsync(path);
            Assert.Equal(
                (path, "no-store", "nosniff"), (path, answer.Headers.CacheControl?.ToString(), Header(answer, "X-Content-Type-Options")));
        }
    }

    private static IEnumerable<string> WrongWith(HttpResponseMessage answer)
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
            yield return $"its policy has not {rule} 'none': {policy}";
        }

        if (!rules.ContainsKey("form-action"))
        {
            yield return "its forms may go anywhere";
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

    /// <summary>Every address that the host takes a GET at, with something for its parameters.</summary>
    private IEnumerable<string> Routes() =>
        _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
        .Select(endpoint => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x"));

    /// <summary>The pages that are at an address only when something is so.</summary>
    private async Task<IEnumerable<string>> SpecialAsync()
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

    // What a page would have loaded from elsewhere as soon as it is there.
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
