using System.Net;
using Connections.Chat;
using Connections.Tests.Functions.Limits;
using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Chat;

/// <summary>A repeated call gets the answer of the first, costs no other member anything, and is limited.</summary>
public sealed class RepeatsTests(LimitedHost limited) : IClassFixture<LimitedHost>
{
    private const int AtOnce = 30;

    [Fact]
    public async Task A_message_that_is_sent_four_hundred_times_is_told_once_and_refused_from_the_thirty_first_repeat_on()
    {
        var talk = await Talk.BeginAsync(limited.Host, "four-hundred");
        await using var other = await LiveClient.OpenAsync(talk.Creator);
        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Brand, "Once", clientId: "once")).Status);

        var answers = await ManyAsync(400, () => talk.SayAsync(talk.Brand, "Once", clientId: "once"));

        Assert.Equal(AtOnce, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("rate-limit", answer.Problem));
        await talk.SayAsync(talk.Creator, "After all");
        await other.EventAsync(e => e["message"]?["text"]?.ToString() == "After all");
        Assert.Single(other.Events, e => e["message"]?["text"]?.ToString() == "Once");
    }

    [Fact]
    public async Task Edits_and_deletions_that_are_repeated_are_told_once_and_limited()
    {
        var talk = await Talk.BeginAsync(limited.Host, "same-edits");
        await using var other = await LiveClient.OpenAsync(talk.Creator);
        await talk.SayAsync(talk.Brand, "First");
        await talk.SayAsync(talk.Brand, "Second");

        var answers = await ManyAsync(20, () => talk.EditAsync(talk.Brand, 1, "Edited"));
        answers = [.. answers, .. await ManyAsync(20, () => talk.DeleteAsync(talk.Brand, 2))];

        Assert.Equal(2 + AtOnce, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(8, answers.Count(answer => answer.Problem == "rate-limit"));
        await talk.SayAsync(talk.Creator, "After all");
        await other.EventAsync(e => e["message"]?["text"]?.ToString() == "After all");
        Assert.Equal(
            [1, 2], other.Events.Where(e => e["type"]!.ToString() == "message.changed").Select(e => (int)e["message"]!["seq"]!).Order());
    }

    [Fact]
    public async Task An_event_that_was_lost_is_sent_by_the_repeated_call_unless_clients_have_found_the_message_by_themselves()
    {
        var (time, live) = (new SetTime(), new Losing());
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Time = time, Services = services => services.Decorate<ILiveDelivery>(live.Around) });
        var talk = await Talk.BeginAsync(host, "lost");
        await host.DrainAsync(TimeSpan.Zero);
        await using var other = await LiveClient.OpenAsync(talk.Creator);
        live.Loses = true;
        await talk.SayAsync(talk.Brand, "Lost", clientId: "lost");
        await talk.SayAsync(talk.Brand, "Lost for long", clientId: "long");
        await talk.EditAsync(talk.Brand, 2, "Lost for long!");
        await host.DrainAsync(TimeSpan.Zero);
        live.Loses = false;

        await talk.SayAsync(talk.Brand, "Lost", clientId: "lost");
        await other.EventAsync(e => e["message"]?["text"]?.ToString() == "Lost");
        time.Advance(TimeSpan.FromMinutes(3));
        await talk.SayAsync(talk.Brand, "Lost for long", clientId: "long");
        await talk.EditAsync(talk.Brand, 2, "Lost for long!");

        await talk.SayAsync(talk.Creator, "After all");
        await other.EventAsync(e => e["message"]?["text"]?.ToString() == "After all");
        Assert.Equal(
            ["Lost", "After all"], other.Events.Where(e => e["message"] is not null).Select(e => e["message"]!["text"]!.ToString()));
    }

    [Fact]
    public async Task Edits_count_as_messages()
    {
        var talk = await Talk.BeginAsync(limited.Host, "counted-edits");
        limited.Advance(TimeSpan.FromMinutes(1));
        await talk.SayAsync(talk.Brand, "Message 0");
        var edits = new List<Answer>();
        for (var i = 1; i <= 53; i++)
        {
            edits.Add(await talk.EditAsync(talk.Brand, 1, $"Message {i}"));
        }

        Assert.Equal(29, edits.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(edits.Skip(29), answer => Assert.Equal("message-limit", answer.Problem));
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "One too many")).Problem);
        Assert.Equal("Message 29", (await talk.HistoryAsync())[0]["text"]!.ToString());
        // Repeating the last edit changes nothing, and the author can still delete the message.
        Assert.Equal(HttpStatusCode.OK, (await talk.EditAsync(talk.Brand, 1, "Message 29")).Status);
        Assert.Equal(HttpStatusCode.OK, (await talk.DeleteAsync(talk.Brand, 1)).Status);
        limited.Advance(limited.WaitOf(edits[^1]));
        await talk.SayAsync(talk.Brand, "Later");
        Assert.Equal(HttpStatusCode.OK, (await talk.EditAsync(talk.Brand, 2, "Later!")).Status);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_takes_no_place()
    {
        var talk = await Talk.BeginAsync(limited.Host, "free-edits");
        limited.Advance(TimeSpan.FromMinutes(1));
        await talk.SayAsync(talk.Brand, "Mine");
        await talk.SayAsync(talk.Creator, "Theirs");
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await talk.EditAsync(talk.Brand, 1, "Mine")).Status);
            Assert.Equal("not-your-message", (await talk.EditAsync(talk.Brand, 2, "Mine too")).Problem);
            Assert.Equal("not-found", (await talk.EditAsync(talk.Brand, 99, "Nothing")).Problem);
        }

        var answers = await ManyAsync(30, () => talk.SayAsync(talk.Brand, "More"));
        Assert.Equal(29, answers.Count(answer => answer.Status == HttpStatusCode.Created));
    }

    private static async Task<IReadOnlyList<Answer>> ManyAsync(int count, Func<Task<Answer>> call)
    {
        // Sends without pauses: the count must not depend on their order.
        var answers = new List<Answer>();
        for (var i = 0; i < count; i += 10)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(10, count - i)).Select(_ => call())));
        }

        return answers;
    }

    /// <summary>Live delivery that fails when a test says so.</summary>
    private sealed class Losing
    {
        public bool Loses { get; set; }

        public ILiveDelivery Around(ILiveDelivery inner) => new Delivery(this, inner);

        private sealed class Delivery(Losing losing, ILiveDelivery inner) : ILiveDelivery
        {
            public Task SendAsync(MemberId to, string json, CancellationToken ct) =>
                losing.Loses ? throw new InvalidOperationException("Lost.") : inner.SendAsync(to, json, ct);

            public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
                inner.GetClientAccessAsync(member, lifetime, ct);

            public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
                inner.CloseAsync(member, except, ct);

            public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => inner.IsOnlineAsync(member, ct);
        }
    }
}
