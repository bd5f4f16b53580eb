using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;

namespace Connections.Tests.Functions.Chat;

/// <summary>Sending several messages in one call: a result for each, in order, and each stored once.</summary>
public sealed class SendMessagesTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    private const int PerMinute = 30;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_order_of_the_array_is_that_of_the_messages_and_of_the_results()
    {
        var talk = await BeginAsync("batch-order");
        await talk.SayAsync(talk.Creator, "First");

        var sent = await SendAsync(talk, Drafts(1, ChatSettings.MaxBatch));

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(Enumerable.Repeat(201, ChatSettings.MaxBatch), Statuses(sent));
        Assert.Equal(Enumerable.Range(2, ChatSettings.MaxBatch), Results(sent).Select(result => (int)result["message"]!["seq"]!));
        Assert.Equal(
            Drafts(1, ChatSettings.MaxBatch).Select(draft => draft.ClientId),
            Results(sent).Select(result => result["clientId"]?.ToString()));
        var history = await talk.HistoryAsync();
        Assert.Equal(Results(sent).Select(result => result["message"]!.ToJsonString()), history.Skip(1).Select(one => one.ToJsonString()));
    }

    [Fact]
    public async Task A_repeated_batch_answers_the_same_messages_and_stores_nothing()
    {
        var talk = await BeginAsync("batch-again");
        var first = await SendAsync(talk, Drafts(1, 5));

        var again = await SendAsync(talk, Drafts(1, 5));

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(Enumerable.Repeat(200, 5), Statuses(again));
        Assert.Equal(Messages(first), Messages(again));
        Assert.Equal(5, (await talk.HistoryAsync()).Count);
    }

    [Fact]
    public async Task Batches_that_are_sent_at_once_store_each_message_once_in_order()
    {
        var talk = await BeginAsync("batch-race");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => SendAsync(talk, Drafts(1, 5)))
                .Append(talk.Creator.SendAsync($"{talk.Messages}/batch", Body(Drafts(1, 5)))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers[..4], answer => Assert.Equal(Messages(answers[0]), Messages(answer)));
        var history = await talk.HistoryAsync();
        Assert.Equal(Enumerable.Range(1, 10), history.Select(message => (int)message["seq"]!));
        foreach (var side in history.GroupBy(message => message["from"]!.ToString()))
        {
            Assert.Equal(Drafts(1, 5).Select(draft => draft.Text), side.Select(message => message["text"]!.ToString()));
        }
    }

    [Fact]
    public async Task A_batch_that_was_cut_off_goes_on_where_it_was()
    {
        var talk = await BeginAsync("batch-rest");
        var first = await SendAsync(talk, Drafts(1, 2));
        await talk.SayAsync(talk.Creator, "In between");

        var all = await SendAsync(talk, Drafts(1, 4));

        Assert.Equal([200, 200, 201, 201], Statuses(all));
        Assert.Equal(Messages(first), Messages(all).Take(2));
        Assert.Equal([4, 5], Messages(all).Skip(2).Select(message => (int)JsonNode.Parse(message)!["seq"]!));
    }

    [Fact]
    public async Task Each_message_that_cannot_be_stored_has_its_problem_and_the_others_are_stored()
    {
        var talk = await BeginAsync("batch-parts");
        await talk.SayAsync(talk.Brand, "Once", clientId: "used");

        var sent = await SendAsync(
            talk, ("a", "Fine"), ("used", "Another text"), ("b", " "), ("", "No id"), (null, "Nor here"), ("c", new string('x', 4001)),
            ("used", "Once"), ("d", "Fine too"), ("d", "Fine too"), ("d", "Not the same"));

        Assert.Equal(HttpStatusCode.MultiStatus, sent.Status);
        Assert.Equal([201, 409, 400, 400, 400, 400, 200, 201, 200, 409], Statuses(sent));
        Assert.Equal(
            ["key-reused", "invalid-input text", "invalid-input clientId", "invalid-input clientId", "invalid-input text", "key-reused"],
            Results(sent).Where(result => result["problem"] is not null).Select(result => Shown(result["problem"]!)));
        Assert.Equal(
            ["a", "used", "b", null, null, "c", "used", "d", "d", "d"], Results(sent).Select(result => result["clientId"]?.ToString()));
        Assert.Null(sent.Headers.RetryAfter);
        Assert.Equal(["Once", "Fine", "Fine too"], (await talk.HistoryAsync()).Select(message => message["text"]!.ToString()));
    }

    [Fact]
    public async Task What_the_minute_has_no_room_for_is_refused_by_the_message_and_can_be_sent_again()
    {
        var talk = await BeginAsync("batch-limit");
        frozen.Advance(TimeSpan.FromSeconds(20));
        await SendAsync(talk, Drafts(1, 20));

        var sent = await SendAsync(talk, [.. Drafts(1, 2), .. Drafts(21, 15)]);

        Assert.Equal(HttpStatusCode.MultiStatus, sent.Status);
        Assert.Equal([200, 200, .. Enumerable.Repeat(201, 10), .. Enumerable.Repeat(429, 5)], Statuses(sent));
        var limited = Results(sent)[^1]["problem"]!;
        Assert.Equal("/problems/message-limit", limited["type"]!.ToString());
        var wait = TimeSpan.FromSeconds(int.Parse(sent.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));
        Assert.Equal(frozen.Now + wait, limited["until"]!.GetValue<DateTimeOffset>());
        Assert.Equal("message-limit", (await talk.SayAsync(talk.Brand, "One too many")).Problem);
        Assert.Equal(PerMinute, (await talk.HistoryAsync()).Count);

        frozen.Advance(wait);
        var again = await SendAsync(talk, [.. Drafts(1, 2), .. Drafts(21, 15)]);
        Assert.Equal([.. Enumerable.Repeat(200, 12), .. Enumerable.Repeat(201, 5)], Statuses(again));
        Assert.Equal(Enumerable.Range(31, 5), Messages(again).Skip(12).Select(message => (int)JsonNode.Parse(message)!["seq"]!));
    }

    [Fact]
    public async Task Only_messages_that_are_stored_use_the_limit()
    {
        var talk = await BeginAsync("batch-places");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await SendAsync(talk, [.. Drafts(1, 19), ("bad", " ")]);
        }

        Assert.Equal(Enumerable.Repeat(201, PerMinute - 19), Statuses(await SendAsync(talk, Drafts(20, PerMinute - 19))));
        Assert.Equal([429], Statuses(await SendAsync(talk, ("late", "One too many"))));
    }

    [Fact]
    public async Task Many_batches_at_once_store_exactly_what_the_minute_takes()
    {
        var talk = await BeginAsync("batch-flood");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SendAsync(talk, Drafts((i * 7) + 1, 7))));

        Assert.Equal(PerMinute, answers.SelectMany(Statuses).Count(status => status == 201));
        Assert.Equal((6 * 7) - PerMinute, answers.SelectMany(Statuses).Count(status => status == 429));
        Assert.Equal(PerMinute, (await talk.HistoryAsync()).Count);
    }

    [Fact]
    public async Task Each_message_reaches_the_devices_of_both_once_in_order_and_both_see_the_last()
    {
        var talk = await BeginAsync("batch-live");
        await using var phone = await LiveClient.OpenAsync(talk.Brand);
        await using var other = await LiveClient.OpenAsync(talk.Creator);

        var sent = await SendAsync(talk, Drafts(1, 6));
        await SendAsync(talk, Drafts(1, 6));

        Assert.Equal(6, (int)(await talk.ContactAsync(talk.Brand))["lastMessage"]["seq"]!);
        await talk.SayAsync(talk.Creator, "After all");
        foreach (var device in new[] { phone, other })
        {
            await device.EventAsync(e => e["message"]?["text"]?.ToString() == "After all");
            Assert.Equal(
                Messages(sent),
                device.Events.Where(e => e["type"]!.ToString() == "message.created").Select(e => e["message"]!.ToJsonString()).SkipLast(1));
        }

        await talk.ContactAsync(talk.Creator, contact => (int)contact["unread"] == 6);
        Assert.Equal(6, (int)(await talk.ContactAsync(talk.Creator))["unread"]);
    }

    [Theory]
    [InlineData("""{ }""", "required")]
    [InlineData("""{ "messages": null }""", "required")]
    [InlineData("""{ "messages": [] }""", "required")]
    [InlineData("""{ "messages": "x" }""", "wrong-type")]
    [InlineData("""{ "messages": { "clientId": "a", "text": "x" } }""", "wrong-type")]
    public async Task A_body_without_messages_is_refused(string body, string code)
    {
        var talk = await BeginAsync($"batch-body-{Guid.NewGuid()}");
        var answer = await talk.Brand.SendAsync($"{talk.Messages}/batch", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal(("messages", code), (answer["fields"][0]!["field"]!.ToString(), answer["fields"][0]!["code"]!.ToString()));
    }

    [Fact]
    public async Task More_messages_than_a_call_takes_are_refused_together()
    {
        var talk = await BeginAsync("batch-too-many");
        var answer = await SendAsync(talk, Drafts(1, ChatSettings.MaxBatch + 1));
        Assert.Equal((HttpStatusCode.BadRequest, "too-many"), (answer.Status, answer["fields"][0]!["code"]!.ToString()));
        Assert.Empty(await talk.HistoryAsync());
    }

    [Fact]
    public async Task Twenty_of_the_longest_messages_fit_however_they_are_written()
    {
        var talk = await BeginAsync("batch-long");
        var longest = string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 4000));
        var messages = Enumerable.Range(0, ChatSettings.MaxBatch).Select(i => $$"""{ "clientId": "{{i}}", "text": "{{longest}}" }""");

        var sent = await talk.Brand.SendAsync($"{talk.Messages}/batch", $$"""{ "messages": [{{string.Join(',', messages)}}] }""");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(Enumerable.Repeat(201, ChatSettings.MaxBatch), Statuses(sent));
    }

    [Fact]
    public async Task An_element_that_is_no_message_is_a_message_without_anything()
    {
        var talk = await BeginAsync("batch-null");
        var sent = await talk.Brand.SendAsync($"{talk.Messages}/batch", """{ "messages": [null, { "clientId": "a", "text": "Fine" }] }""");
        Assert.Equal([400, 201], Statuses(sent));
    }

    [Fact]
    public async Task A_batch_without_a_connection_is_refused_as_a_whole_and_uses_nothing_of_the_limit()
    {
        var talk = await BeginAsync("batch-pending");
        await frozen.Host.ClientFor("batch-invited").BecomeCreatorAsync("Invited", "batchinvited");
        var pending = (await talk.Brand.SendAsync("/api/invites", new { creatorId = "batch-invited" }))["id"];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await talk.Brand.SendAsync($"/api/connections/{pending}/messages/batch", Body(Drafts(1, 20)));
            Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
        }

        Assert.Equal(Enumerable.Repeat(201, 20), Statuses(await SendAsync(talk, Drafts(1, 20))));
        Assert.Equal(Enumerable.Repeat(201, PerMinute - 20), Statuses(await SendAsync(talk, Drafts(21, PerMinute - 20))));
    }

    private async Task<Talk> BeginAsync(string name)
    {
        // Each test has a minute of its own.
        frozen.Advance(Minute - TimeSpan.FromSeconds(frozen.Now.Second));
        return await Talk.BeginAsync(frozen.Host, name);
    }

    private static (string? ClientId, string Text)[] Drafts(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => ((string?)$"c{i}", $"Message {i}"))];

    private static Task<Answer> SendAsync(Talk talk, params (string? ClientId, string Text)[] drafts) =>
        talk.Brand.SendAsync($"{talk.Messages}/batch", Body(drafts));

    private static object Body((string? ClientId, string Text)[] drafts) =>
        new { messages = drafts.Select(draft => new { clientId = draft.ClientId, text = draft.Text }) };

    private static IReadOnlyList<JsonNode> Results(Answer answer) => [.. answer["results"].AsArray().Select(result => result!)];

    private static IReadOnlyList<int> Statuses(Answer answer) => [.. Results(answer).Select(result => (int)result["status"]!)];

    private static IReadOnlyList<string> Messages(Answer answer) =>
        [.. Results(answer).Where(result => result["message"] is not null).Select(result => result["message"]!.ToJsonString())];

    private static string Shown(JsonNode problem) =>
        $"{problem["type"]!.ToString()["/problems/".Length..]} {(problem["errors"] as JsonObject)?.First().Key}".TrimEnd();
}
