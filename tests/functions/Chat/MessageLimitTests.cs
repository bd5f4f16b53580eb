using System.Globalization;
using System.Net;

namespace Connections.Tests.Functions.Chat;

/// <summary>Thirty messages a minute a member, over all conversations and devices.</summary>
public sealed class MessageLimitTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    private const int PerMinute = 30;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_holds_under_parallel_calls_in_several_conversations_and_nothing_past_it_is_stored()
    {
        var one = await Talk.BeginAsync(frozen.Host, "fast");
        await frozen.Host.ClientFor("fast-other").BecomeCreatorAsync("Other", "fastother");
        var other = (await one.Brand.SendAsync("/api/invites", new { creatorId = "fast-other" }))["id"].ToString();
        await frozen.Host.ClientFor("fast-other").SendAsync($"/api/invites/{other}/accept");

        var answers = await Task.WhenAll(Enumerable.Range(0, PerMinute).SelectMany(i => new[]
        {
            one.SayAsync(one.Brand, $"Message {i}"),
            one.Brand.SendAsync($"/api/connections/{other}/messages", new { clientId = $"m{i}", text = $"Message {i}" }),
        }));

        Assert.Equal(PerMinute, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(PerMinute, answers.Count(answer => answer.Problem == "message-limit"));
        var stored = (await one.HistoryAsync()).Count
            + (await one.Brand.ReadAsync($"/api/connections/{other}/messages?limit=100"))["value"].AsArray().Count;
        Assert.Equal(PerMinute, stored);
    }

    [Fact]
    public async Task Past_it_the_sender_is_told_when_to_try_again_and_then_can()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "again");
        frozen.Advance(TimeSpan.FromSeconds(7));
        await UseUpAsync(talk);

        var refused = await talk.SayAsync(talk.Brand, "One too many", clientId: "late");

        Assert.Equal((HttpStatusCode.TooManyRequests, "message-limit"), (refused.Status, refused.Problem));
        var wait = TimeSpan.FromSeconds(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));
        Assert.InRange(wait, TimeSpan.FromSeconds(1), Minute);
        Assert.Equal(frozen.Now + wait, refused["until"].GetValue<DateTimeOffset>());

        frozen.Advance(wait - TimeSpan.FromSeconds(1));
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "One too many", clientId: "late")).Problem);
        frozen.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Brand, "One too many", clientId: "late")).Status);
    }

    [Fact]
    public async Task A_repeated_send_takes_no_place()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "repeats");
        frozen.Advance(Minute);
        for (var i = 0; i < PerMinute; i++)
        {
            await talk.SayAsync(talk.Brand, "Once", clientId: "once");
        }

        // The first of the repeated sends keeps its permit; the others gave theirs back.
        await UseUpAsync(talk, PerMinute - 1);
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "One too many")).Problem);
    }

    [Fact]
    public async Task A_repeated_send_past_it_still_gets_its_first_message()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "repeat-past");
        frozen.Advance(Minute);
        var first = await talk.SayAsync(talk.Brand, "Once", clientId: "once");
        await UseUpAsync(talk, PerMinute - 1);

        var again = await talk.SayAsync(talk.Brand, "Once", clientId: "once");

        Assert.Equal((HttpStatusCode.OK, first.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "One too many")).Problem);
    }

    [Fact]
    public async Task A_send_that_is_refused_for_another_reason_takes_no_place()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "refusals");
        await frozen.Host.ClientFor("refusals-pending").BecomeCreatorAsync("Pending", "pending");
        var pending = (await talk.Brand.SendAsync("/api/invites", new { creatorId = "refusals-pending" }))["id"].ToString();
        frozen.Advance(Minute);
        for (var i = 0; i < PerMinute; i++)
        {
            Assert.Equal(
                "not-connected",
                (await talk.Brand.SendAsync($"/api/connections/{pending}/messages", new { clientId = $"p{i}", text = "Hello?" })).Problem);
            Assert.Equal("not-found", (await talk.Brand.SendAsync(
                "/api/connections/c000000000000000000000000000000/messages", new { clientId = $"s{i}", text = "Hello?" })).Problem);
            Assert.Equal("invalid-input", (await talk.SayAsync(talk.Brand, " ")).Problem);
        }

        await UseUpAsync(talk);
    }

    [Fact]
    public async Task Each_side_has_its_own()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "sides");
        frozen.Advance(Minute);
        await UseUpAsync(talk);
        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Creator, "Slow down")).Status);
    }

    [Fact]
    public async Task It_is_a_setting()
    {
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Chat:PerMinute"] = "1" }, Time = new Local.Cosmos.SetTime() });
        var talk = await Talk.BeginAsync(host, "one");
        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Brand, "One")).Status);
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "Two")).Problem);
    }

    private static async Task UseUpAsync(Talk talk, int places = PerMinute)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, places).Select(i => talk.SayAsync(talk.Brand, $"Message {i}")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }
}
