using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Connections.Email.Preferences;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Faults;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Access;

/// <summary>Guessed links must not open anything, and scanners that fetch good links must not change anything.</summary>
internal sealed class LinkRuns : IAsyncDisposable
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    private readonly LocalHostFixture _host;
    private readonly Records _records;

    private LinkRuns(LocalHostFixture host, Records records) => (_host, _records, Anybody) = (host, records, host.AnonymousClient());

    /// <summary>A client without a token.</summary>
    public HttpClient Anybody { get; }

    /// <summary>Starts a host.</summary>
    public static async Task<LinkRuns> StartAsync()
    {
        var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0, Services = Records.Quiet });
        return new LinkRuns(host, Records.Of(host));
    }

    /// <summary>Runs both checks.</summary>
    /// <param name="seed">The seed of the tampering.</param>
    /// <param name="tampered">The number of tampered tokens.</param>
    /// <param name="looks">The number of GET and HEAD requests to good links.</param>
    /// <param name="log">Receives the progress.</param>
    public static async Task<SoakRow> RunAsync(int seed, int tampered, int looks, TextWriter log)
    {
        await using var run = await StartAsync();
        var report = new SoakReport(log);
        await run.TamperAsync(new Random(seed), tampered, report);
        await log.WriteLineAsync($"  {tampered} tampered tokens, {report.Violations.Count} violations");
        await run.ScanAsync(looks, report);
        await log.WriteLineAsync($"  {looks} looks, {report.Violations.Count} violations");
        return report.ToRow("links in emails", seed);
    }

    /// <summary>Creates a pair in which the first has invited the second, and returns the token from the email.</summary>
    public async Task<(Pair Pair, string Token)> InvitedAsync(string name)
    {
        var pair = await Pair.InvitedAsync(_host, name);
        return (pair, await pair.LinkTokenAsync());
    }

    /// <summary>The token of an answered invite; the pair has a newer one.</summary>
    public async Task<string> OldTokenAsync()
    {
        var (pair, old) = await InvitedAsync("again");
        await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");
        await pair.One.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}");
        Assert.Equal(HttpStatusCode.Created, (await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Status);
        await pair.LinkTokenAsync();
        return old;
    }

    /// <summary>Posts the form of a page.</summary>
    public async Task<HttpStatusCode> PostAsync(string path, string form)
    {
        using var answer = await Anybody.PostAsync(path, Form(form));
        return answer.StatusCode;
    }

    /// <summary>The changes since the last call.</summary>
    public IReadOnlyList<string> Changes() => _records.Changes();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _records.Dispose();
        await _host.DisposeAsync();
    }

    private async Task TamperAsync(Random chance, int count, SoakReport report)
    {
        var (pair, token) = await InvitedAsync("own");
        var (_, another) = await InvitedAsync("others");
        var unsubscribe = await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.InviteReceived);
        string[] otherUnsubscribes = [
            await UnsubscribeTokenAsync(pair.OneId, NoticeKind.InviteReceived),
            await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.Reminder)];
        var invites = new Tampering(chance, token, [another, await OldTokenAsync()]);
        var unsubscribes = new Tampering(chance, unsubscribe, otherUnsubscribes);
        var calls = Enumerable.Range(0, count)
            .Select(i => i % 2 == 0
                ? (Page: "invite-links", Token: invites.Next(), Form: "answer=accept")
                : (Page: "unsubscribe", Token: unsubscribes.Next(), Form: "stop=all"))
            .ToArray();
        Changes();

        var pages = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(calls, AtOnce, async (call, ct) =>
        {
            report.CountRun();
            report.Count("tampered tokens");
            using var answer = await Anybody.PostAsync($"/api/{call.Page}/{call.Token}", Form(call.Form), ct);
            // The server itself refuses NUL in an address.
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest))
            {
                report.Add(Violation.Incorrect, $"{call.Page}/{call.Token} is answered {answer.StatusCode}");
            }
            else if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                pages[await answer.Content.ReadAsStringAsync(ct)] = call.Token;
            }
        });

        if (pages.Count != 1)
        {
            report.Add(
                Violation.Incorrect,
                $"There are {pages.Count} pages for links of no use, one for {string.Join(", one for ", pages.Values)}");
        }

        Unchanged(report);
        await WorksAsync($"invite-links/{token}", "answer=accept", report);
        await WorksAsync($"unsubscribe/{unsubscribe}", "stop=all", report);
    }

    private async Task ScanAsync(int count, SoakReport report)
    {
        var (pair, token) = await InvitedAsync("looked");
        var unsubscribe = await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.InviteReceived);
        string[] links = [
            $"invite-links/{token}", $"invite-links/{token}?answer=accept", $"invite-links/{token}?answer=decline&x=1",
            $"invite-links/{token}?answer=report&reason=spam", $"unsubscribe/{unsubscribe}", $"unsubscribe/{unsubscribe}?stop=all"];
        Changes();
        await Parallel.ForAsync(0, count, AtOnce, async (i, ct) =>
        {
            report.CountRun();
            report.Count("looks");
            using var look = new HttpRequestMessage(i % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, "/api/" + links[i / 2 % links.Length]);
            // The query looks like the page's form, and must be ignored.
            look.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "POST");
            look.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; scanner)");
            using var answer = await Anybody.SendAsync(look, ct);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                report.Add(Violation.Incorrect, $"{look.Method} {look.RequestUri} is answered {answer.StatusCode}");
            }
        });
        Unchanged(report);
        await WorksAsync($"invite-links/{token}", "answer=decline", report);
    }

    private void Unchanged(SoakReport report)
    {
        foreach (var change in Changes())
        {
            report.Add(Violation.Incorrect, $"{change} was changed");
        }
    }

    // Proves that a POST would have changed something.
    private async Task WorksAsync(string link, string form, SoakReport report)
    {
        if (await PostAsync($"/api/{link}", form) != HttpStatusCode.OK || Changes().Count == 0)
        {
            report.Add(Violation.Lost, $"The good link {link} works no more");
        }
    }

    private static StringContent Form(string text) => new(text, Encoding.ASCII, "application/x-www-form-urlencoded");

    private async Task<string> UnsubscribeTokenAsync(string member, NoticeKind kind) =>
        UnsubscribeLinks.TokenFor((await _host.Members().FindAsync(new MemberId(member), default))!.Value, kind);
}
