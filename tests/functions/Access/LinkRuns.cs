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

/// <summary>The links in emails, tried by those who guess, and looked at by those who scan: nothing opens, and nothing changes.</summary>
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

    /// <summary>All of it.</summary>
    /// <param name="seed">What the tampering comes from.</param>
    /// <param name="tampered">How many tokens that are nearly good are tried.</param>
    /// <param name="looks">How many GET and HEAD a scanner makes of good links.</param>
    /// <param name="log">Is told how far it is.</param>
    public static async Task<SoakRow> RunAsync(int seed, int tampered, int looks, TextWriter log)
    {
        await using var run = await StartAsync();
        var tally = new Tally(log);
        await run.TamperAsync(new Random(seed), tampered, tally);
        await log.WriteLineAsync($"  {tampered} tampered tokens, {tally.Findings.Count} findings");
        await run.ScanAsync(looks, tally);
        await log.WriteLineAsync($"  {looks} looks, {tally.Findings.Count} findings");
        return tally.Row("links in emails", seed);
    }

    /// <summary>A pair of which the first has invited the second, and the token in the email about it.</summary>
    public async Task<(Pair Pair, string Token)> InvitedAsync(string name)
    {
        var pair = await Pair.InvitedAsync(_host, name);
        return (pair, await pair.LinkTokenAsync());
    }

    /// <summary>The token of an invite that was answered; since then there is a new one for the pair.</summary>
    public async Task<string> OldTokenAsync()
    {
        var (pair, old) = await InvitedAsync("again");
        await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");
        await pair.One.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}");
        Assert.Equal(HttpStatusCode.Created, (await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Status);
        await pair.LinkTokenAsync();
        return old;
    }

    /// <summary>Posts what a page's button would.</summary>
    public async Task<HttpStatusCode> PostAsync(string path, string form)
    {
        using var answer = await Anybody.PostAsync(path, Form(form));
        return answer.StatusCode;
    }

    /// <summary>What has changed since the last look.</summary>
    public IReadOnlyList<string> Changes() => _records.Changes();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _records.Dispose();
        await _host.DisposeAsync();
    }

    private async Task TamperAsync(Random chance, int count, Tally tally)
    {
        var (pair, token) = await InvitedAsync("own");
        var (_, another) = await InvitedAsync("others");
        var unsubscribe = await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.InviteReceived);
        string[] otherUnsubscribes = [await UnsubscribeTokenAsync(pair.OneId, NoticeKind.InviteReceived), await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.Reminder)];
        var invites = new Tampering(chance, token, [another, await OldTokenAsync()]);
        var unsubscribes = new Tampering(chance, unsubscribe, otherUnsubscribes);
        var calls = Enumerable.Range(0, count)
            .Select(i => i % 2 == 0 ? (Page: "invite-links", Token: invites.Next(), Form: "answer=accept") : (Page: "unsubscribe", Token: unsubscribes.Next(), Form: "stop=all"))
            .ToArray();
        Changes();

        var pages = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(calls, AtOnce, async (call, ct) =>
        {
            tally.Ran();
            tally.Count("tampered tokens");
            using var answer = await Anybody.PostAsync($"/api/{call.Page}/{call.Token}", Form(call.Form), ct);
            // What no address may hold (NUL) the server refuses itself.
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest))
            {
                tally.Found(Wrong.Untrue, $"{call.Page}/{call.Token} is answered {answer.StatusCode}");
            }
            else if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                pages[await answer.Content.ReadAsStringAsync(ct)] = call.Token;
            }
        });

        if (pages.Count != 1)
        {
            tally.Found(Wrong.Untrue, $"There are {pages.Count} pages for links of no use, one for {string.Join(", one for ", pages.Values)}");
        }

        Unchanged(tally);
        await WorksAsync($"invite-links/{token}", "answer=accept", tally);
        await WorksAsync($"unsubscribe/{unsubscribe}", "stop=all", tally);
    }

    private async Task ScanAsync(int count, Tally tally)
    {
        var (pair, token) = await InvitedAsync("looked");
        var unsubscribe = await UnsubscribeTokenAsync(pair.TwoId, NoticeKind.InviteReceived);
        string[] links = [$"invite-links/{token}", $"invite-links/{token}?answer=accept", $"invite-links/{token}?answer=decline&x=1", $"unsubscribe/{unsubscribe}", $"unsubscribe/{unsubscribe}?stop=all"];
        Changes();
        await Parallel.ForAsync(0, count, AtOnce, async (i, ct) =>
        {
            tally.Ran();
            tally.Count("looks");
            using var look = new HttpRequestMessage(i % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, "/api/" + links[i / 2 % links.Length]);
            // What would be the page's button, were it heeded.
            look.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "POST");
            look.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; scanner)");
            using var answer = await Anybody.SendAsync(look, ct);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                tally.Found(Wrong.Untrue, $"{look.Method} {look.RequestUri} is answered {answer.StatusCode}");
            }
        });
        Unchanged(tally);
        await WorksAsync($"invite-links/{token}", "answer=decline", tally);
    }

    private void Unchanged(Tally tally)
    {
        foreach (var change in Changes())
        {
            tally.Found(Wrong.Untrue, $"{change} was changed");
        }
    }

    // So that what must change nothing could have.
    private async Task WorksAsync(string link, string form, Tally tally)
    {
        if (await PostAsync($"/api/{link}", form) != HttpStatusCode.OK || Changes().Count == 0)
        {
            tally.Found(Wrong.Lost, $"The good link {link} works no more");
        }
    }

    private static StringContent Form(string text) => new(text, Encoding.ASCII, "application/x-www-form-urlencoded");

    private async Task<string> UnsubscribeTokenAsync(string member, NoticeKind kind) =>
        UnsubscribeLinks.TokenFor((await _host.Members().FindAsync(new MemberId(member), default))!.Value, kind);
}
