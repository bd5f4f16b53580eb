using System.Net;
using System.Net.Http.Headers;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.Chat;

namespace Connections.Tests.Functions.Limits;

/// <summary>Calls are limited by member and by address.</summary>
public sealed class CallLimitsTests : IClassFixture<LimitedHost>
{
    private readonly LimitedHost _limited;

    // All tests call from one address; each starts with its full allowance.
    public CallLimitsTests(LimitedHost limited)
    {
        _limited = limited;
        _limited.Advance(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_member_types_thirty_times_at_once_and_once_a_second_from_then_on()
    {
        var talk = await Talk.BeginAsync(_limited.Host, "types");
        await using var other = await LiveClient.OpenAsync(talk.Creator);

        var answers = await ManyAsync(214, () => talk.Brand.SendAsync($"{talk.Path}/typing"));

        Assert.Equal(30, answers.Count(answer => answer.Status == HttpStatusCode.NoContent));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal((184, "rate-limit"), (refused.Count, refused.Select(answer => answer.Problem).Distinct().Single()));
        _limited.Advance(_limited.WaitOf(refused[0]));
        Assert.Equal(HttpStatusCode.NoContent, (await talk.Brand.SendAsync($"{talk.Path}/typing")).Status);
        await talk.SayAsync(talk.Brand, "Typed");
        await other.EventAsync(e => e["type"]!.ToString() == "message.created");
        Assert.Equal(31, other.Events.Count(e => e["type"]!.ToString() == "typing"));
    }

    [Theory]
    [InlineData("GET", "/api/creators?q=slow", 150)]
    [InlineData("DELETE", "/api/favourites/nobody", 60)]
    [InlineData("POST", "/api/realtime/access", 10)]
    [InlineData("GET", "/api/connections/c000000000000000000000000000000/presence", 30)]
    [InlineData("PUT", "/api/me", 6)]
    [InlineData("GET", "/api/me/export", 5)]
    [InlineData("GET", "/api/creators/facets?q=slow", 30)]
    public async Task Each_kind_of_call_has_its_limit_and_no_other_member_pays_for_it(string method, string path, int atOnce)
    {
        var name = $"kind-{method}-{atOnce}".ToLowerInvariant();
        var (member, other) = (_limited.Host.ClientFor(name), _limited.Host.ClientFor(name + "-other"));
        Task<Answer> CallAsync(HttpClient client) =>
            client.CallAsync(new HttpMethod(method), path, method == "PUT" ? new { displayName = "Aurora" } : null);

        var answers = await ManyAsync(atOnce + 3, () => CallAsync(member));

        Assert.Equal(atOnce, answers.Count(answer => answer.Problem != "rate-limit"));
        Assert.NotEqual("rate-limit", (await CallAsync(other)).Problem);
        var wait = _limited.WaitOf(await CallAsync(member));
        _limited.Advance(wait - TimeSpan.FromSeconds(1));
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(6));
        _limited.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual("rate-limit", (await CallAsync(member)).Problem);
    }

    [Fact]
    public async Task What_needs_no_token_is_limited_by_address_whatever_address_the_caller_writes()
    {
        var anybody = _limited.Host.AnonymousClient();
        var (number, answers) = (0, new List<Answer>());
        for (var i = 0; i < 63; i++)
        {
            anybody.DefaultRequestHeaders.Remove("X-Forwarded-For");
            anybody.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{++number}, 198.51.100.{number}:4711");
            answers.Add(await anybody.ReadAsync("/api/unsubscribe/nothing"));
        }

        Assert.Equal(60, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        Assert.Equal("rate-limit", answers[^1].Problem);
        Assert.Equal(HttpStatusCode.OK, (await _limited.Host.ClientFor("behind-it").ReadAsync("/api/me")).Status);
        _limited.Advance(_limited.WaitOf(answers[^1]));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.ReadAsync("/api/unsubscribe/nothing")).Status);
    }

    [Fact]
    public async Task Bad_tokens_are_limited_by_address_and_good_ones_behind_it_are_taken()
    {
        var forger = _limited.Host.AnonymousClient();
        forger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", BadTokens.All["signed by another key"](_limited.Host, "victim"));

        var answers = await ManyAsync(40, () => forger.ReadAsync("/api/me"));
        var unsigned = await _limited.Host.AnonymousClient().ReadAsync("/api/me");

        Assert.Equal(30, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Unauthorized).Append(unsigned), answer =>
            Assert.Equal("rate-limit", answer.Problem));
        // This instance has not seen the token of a member who has just signed in.
        Assert.Equal(HttpStatusCode.OK, (await _limited.Host.ClientFor("newcomer").ReadAsync("/api/me")).Status);
        _limited.Advance(_limited.WaitOf(unsigned));
        Assert.Equal(HttpStatusCode.Unauthorized, (await forger.ReadAsync("/api/me")).Status);
    }

    [Fact]
    public async Task Good_tokens_are_not_counted_against_their_address()
    {
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _limited.Host.ClientFor($"office-{i}").ReadAsync("/api/me"))),
            answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    private static async Task<IReadOnlyList<Answer>> ManyAsync(int count, Func<Task<Answer>> call) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => call()));
}
