using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;

namespace Connections.Tests.Functions.Chat;

/// <summary>A message that replies to another quotes it, always as that one is now.</summary>
public sealed class QuotesTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    [Fact]
    public async Task A_reply_shows_the_number_the_sender_and_the_text_of_what_it_replies_to_wherever_it_is_shown()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote");
        await talk.SayAsync(talk.Brand, "Shall we walk?");
        await using var live = await LiveClient.OpenAsync(talk.Brand);
        var since = (await talk.Brand.ReadAsync("/api/changes"))["next"];

        var reply = await ReplyAsync(talk, talk.Creator, "In May", to: 1);

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        var expected = new JsonObject { ["seq"] = 1, ["from"] = talk.BrandId, ["text"] = "Shall we walk?" };
        Assert.True(JsonNode.DeepEquals(expected, reply["quote"]), $"{reply.Body}");
        var shown = reply.Body!.ToJsonString();
        await live.EventAsync(e => e["type"]!.ToString() == "message.created" && e["message"]!.ToJsonString() == shown);
        Assert.Equal(shown, (await talk.Brand.ReadAsync($"{talk.Messages}/2")).Body!.ToJsonString());
        Assert.Equal(shown, (await talk.HistoryAsync())[1].ToJsonString());
        Assert.Equal(shown, (await talk.Brand.ReadAsync($"{talk.Messages}?limit=1"))["value"][0]!.ToJsonString());
        var changed = (await talk.Brand.ReadAsync($"/api/changes?since={since}"))["value"][0]!["messages"]!.AsArray();
        Assert.Contains(shown, changed.Select(message => message!.ToJsonString()));
        var exported = (await talk.Brand.ReadAsync("/api/me/export"))["connections"][0]!["messages"]![1]!;
        Assert.Equal(shown, exported.ToJsonString());
    }

    [Fact]
    public async Task An_edit_of_the_quoted_message_shows_in_the_quote()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-edit");
        await talk.SayAsync(talk.Brand, "Shall we wlak?");
        await ReplyAsync(talk, talk.Creator, "In May", to: 1);

        await talk.EditAsync(talk.Brand, 1, "Shall we walk?");

        Assert.Equal("Shall we walk?", (await talk.HistoryAsync())[1]["quote"]!["text"]!.ToString());
        var edited = await talk.EditAsync(talk.Creator, 2, "In June");
        Assert.Equal("Shall we walk?", edited["quote"]["text"]!.ToString());
    }

    [Fact]
    public async Task A_quote_of_a_deleted_message_says_so_and_has_none_of_its_text()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-gone");
        await talk.SayAsync(talk.Brand, "An unspeakable plan");
        await ReplyAsync(talk, talk.Creator, "In May", to: 1);

        await talk.DeleteAsync(talk.Brand, 1);

        var quote = (await talk.HistoryAsync())[1]["quote"]!;
        Assert.Equal((1, "", true), ((int)quote["seq"]!, quote["text"]!.ToString(), (bool)quote["deleted"]!));
        await frozen.DrainAsync();
        Assert.Equal(0, await Documents.MentioningAsync(frozen.Host, "unspeakable plan"));
    }

    [Fact]
    public async Task A_deleted_reply_quotes_nothing()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-deleted");
        await talk.SayAsync(talk.Brand, "Shall we walk?");
        await ReplyAsync(talk, talk.Brand, "In May", to: 1);

        Assert.Null((await talk.DeleteAsync(talk.Brand, 2)).Body!["quote"]);
        Assert.Null((await talk.HistoryAsync())[1]["quote"]);
    }

    [Fact]
    public async Task A_message_that_is_not_there_deleted_or_of_another_conversation_cannot_be_quoted_and_nothing_is_stored()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-none");
        var other = await Talk.BeginAsync(frozen.Host, "quote-other");
        await other.FillAsync(3);
        await talk.SayAsync(talk.Brand, "One");
        await talk.DeleteAsync(talk.Brand, 1);

        foreach (var seq in new[] { 1, 2, 3, long.MaxValue })
        {
            var refused = await ReplyAsync(talk, talk.Creator, "To what?", to: seq);
            Assert.Equal((HttpStatusCode.Conflict, "not-quotable"), (refused.Status, refused.Problem));
        }

        Assert.Equal("invalid-input", (await ReplyAsync(talk, talk.Creator, "To what?", to: 0)).Problem);
        Assert.Single(await talk.HistoryAsync());
    }

    [Fact]
    public async Task A_repeated_reply_is_answered_with_the_first_one_even_when_what_it_quotes_was_deleted_since()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-again");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");
        await ReplyAsync(talk, talk.Creator, "In May", to: 1, clientId: "once");
        await talk.DeleteAsync(talk.Brand, 1);

        var again = await ReplyAsync(talk, talk.Creator, "In May", to: 1, clientId: "once");
        Assert.Equal((HttpStatusCode.OK, 3, true), (again.Status, (int)again["seq"], (bool)again["quote"]["deleted"]!));

        foreach (var seq in new long?[] { 2, null })
        {
            Assert.Equal("key-reused", (await ReplyAsync(talk, talk.Creator, "In May", seq, clientId: "once")).Problem);
        }
    }

    [Fact]
    public async Task A_batch_quotes_and_a_message_of_it_that_cannot_be_is_refused_alone()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-batch");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");
        await ReplyAsync(talk, talk.Creator, "Stored", to: 2, clientId: "stored");
        await talk.DeleteAsync(talk.Brand, 2);
        var messages = new object[]
        {
            new { clientId = "stored", text = "Stored", replyTo = 2 },
            new { clientId = "a", text = "Of one", replyTo = 1 },
            new { clientId = "b", text = "Of two", replyTo = 2 },
            new { clientId = "c", text = "Of none" },
        };

        var sent = await talk.Creator.SendAsync($"{talk.Messages}/batch", new { messages });

        var results = sent["results"].AsArray();
        Assert.Equal([200, 201, 409, 201], results.Select(result => (int)result!["status"]!));
        Assert.Equal("/problems/not-quotable", results[2]!["problem"]!["type"]!.ToString());
        Assert.Equal("One", results[1]!["message"]!["quote"]!["text"]!.ToString());
        Assert.Equal(
            [("Stored", ""), ("Of one", "One"), ("Of none", null)],
            (await talk.HistoryAsync()).Skip(2).Select(message => ($"{message["text"]}", message["quote"]?["text"]?.ToString())));
    }

    [Fact]
    public async Task A_long_text_is_quoted_by_its_beginning()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "quote-long");
        await talk.SayAsync(talk.Brand, string.Concat(Enumerable.Repeat("👩🏽‍🚀", 100)));

        var quoted = (await ReplyAsync(talk, talk.Creator, "In May", to: 1))["quote"]["text"]!.ToString();

        Assert.InRange(quoted.Length, Quote.MaxText - "👩🏽‍🚀".Length, Quote.MaxText);
        Assert.Equal("…", quoted.Replace("👩🏽‍🚀", "", StringComparison.Ordinal));
    }

    private static Task<Answer> ReplyAsync(Talk talk, HttpClient member, string text, long? to, string? clientId = null) =>
        member.SendAsync(talk.Messages, new { clientId = clientId ?? Guid.NewGuid().ToString(), text, replyTo = to });
}
