using System.Net;
using Connections.Invites;
using Connections.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>Sending: numbered from 1 without gaps, once per clientId, only while the two are connected.</summary>
public sealed class SendMessageTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_sent_message_has_the_published_shape()
    {
        var talk = await Talk.BeginAsync(host, "shape");
        var sent = await talk.SayAsync(talk.Brand, "Hello", clientId: "c-1");
        Assert.Equal(HttpStatusCode.Created, sent.Status);
        Assert.Equal(
            ["clientId", "connectionId", "early", "from", "sentAt", "seq", "text"],
            sent.Body!.AsObject().Select(field => field.Key).Order());
        Assert.Equal((talk.Id, 1, "c-1", talk.BrandId, "Hello"), (
            sent["connectionId"].ToString(), (int)sent["seq"], sent["clientId"].ToString(), sent["from"].ToString(),
            sent["text"].ToString()));
        Assert.Equal(
            sent.Body!.ToJsonString(), (await talk.Creator.ReadAsync(sent.Headers.Location!.ToString())).Body!.ToJsonString());
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("x", 4000)]
    [InlineData("é", 4000)]
    [InlineData("漢", 4000)]
    [InlineData("😀", 4000)]
    public async Task A_text_has_1_to_4000_characters_of_any_script(string character, int count)
    {
        var talk = await Talk.BeginAsync(host, $"text-{Guid.NewGuid()}");
        var text = string.Concat(Enumerable.Repeat(character, count));
        var sent = await talk.SayAsync(talk.Brand, text);
        Assert.Equal((HttpStatusCode.Created, text), (sent.Status, sent["text"].ToString()));
        Assert.Equal("invalid-input", (await talk.SayAsync(talk.Brand, string.Concat(Enumerable.Repeat(character, 4001)))).Problem);
        Assert.Single(await talk.HistoryAsync());
    }

    [Fact]
    public async Task A_text_keeps_its_line_breaks_and_whatever_looks_like_markup()
    {
        var talk = await Talk.BeginAsync(host, "markup");
        const string Text = "<b>Hi</b> & \"you\"\n\n\t'; DROP TABLE c; -- {{name}}";
        await talk.SayAsync(talk.Brand, Text);
        Assert.Equal(Text, Assert.Single(await talk.HistoryAsync())["text"]!.ToString());
    }

    [Fact]
    public async Task A_repeated_clientId_is_answered_with_the_first_message()
    {
        var talk = await Talk.BeginAsync(host, "twice");
        var first = await talk.SayAsync(talk.Brand, "First", clientId: "same");
        await talk.SayAsync(talk.Creator, "Between");
        var again = await talk.SayAsync(talk.Brand, "First", clientId: "same");
        Assert.Equal((HttpStatusCode.OK, first.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        Assert.Equal(["First", "Between"], (await talk.HistoryAsync()).Select(m => m["text"]!.ToString()));
    }

    [Fact]
    public async Task A_repeated_clientId_with_another_text_is_refused_and_stores_nothing()
    {
        var talk = await Talk.BeginAsync(host, "reused");
        var first = await talk.SayAsync(talk.Brand, "First", clientId: "same");
        var refused = await talk.SayAsync(talk.Brand, "Another text", clientId: "same");
        Assert.Equal((HttpStatusCode.Conflict, "key-reused"), (refused.Status, refused.Problem));
        Assert.Equal(["First"], (await talk.HistoryAsync()).Select(m => m["text"]!.ToString()));

        // What was edited since is answered as it is: its first text is not known any more.
        await talk.Brand.CallAsync(HttpMethod.Patch, $"{first.Headers.Location}", new { text = "Edited" });
        Assert.Equal("Edited", (await talk.SayAsync(talk.Brand, "First", clientId: "same"))["text"].ToString());
    }

    [Fact]
    public async Task A_clientId_is_the_senders_own_and_the_conversations_own()
    {
        var talk = await Talk.BeginAsync(host, "own-ids");
        await host.ClientFor("own-ids-other").BecomeCreatorAsync("Other", "ownother");
        var other = (await talk.Brand.SendAsync("/api/invites", new { creatorId = "own-ids-other" }))["id"].ToString();
        await host.ClientFor("own-ids-other").SendAsync($"/api/invites/{other}/accept");

        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Brand, "Mine", clientId: "same")).Status);
        Assert.Equal(HttpStatusCode.Created, (await talk.SayAsync(talk.Creator, "Theirs", clientId: "same")).Status);
        Assert.Equal(
            HttpStatusCode.Created,
            (await talk.Brand.SendAsync($"/api/connections/{other}/messages", new { clientId = "same", text = "Elsewhere" })).Status);
    }

    [Fact]
    public async Task After_the_connection_was_removed_a_send_is_refused()
    {
        var talk = await Talk.BeginAsync(host, "removed-send");
        await talk.SayAsync(talk.Brand, "Before");
        await talk.RemoveAsync();
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            var answer = await talk.SayAsync(member, "After");
            Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
        }
    }

    [Fact]
    public async Task After_the_invite_was_declined_a_send_is_refused()
    {
        var talk = await Talk.InviteAsync(host, "declined-send");
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/decline");
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            var answer = await talk.SayAsync(member, "But still");
            Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
        }
    }

    [Fact]
    public async Task A_message_is_sent_and_seen_where_the_call_that_should_have_made_the_senders_row_died()
    {
        var faulty = new FaultyDatabase();
        await using var still = await faulty.StartHostWithoutTriggersAsync();
        var (brand, creator) = (still.ClientFor("early-brand"), still.ClientFor("early-creator"));
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        var id = ConnectionId.Of(new MemberId("early-brand"), new MemberId("early-creator"));
        // The permit is taken first, so that creating the row is what fails.
        await still.Services.GetRequiredService<AllowanceStore>().AcquireAsync(
            still.Services.GetRequiredService<InviteSettings>().Inviting,
            new MemberId("early-brand"),
            default,
            new KeyedUse($"{id}_1", 1, _ => Task.FromResult(0)));
        faulty.Fails = (method, path) => method == HttpMethod.Post && path.Contains("/colls/contacts", StringComparison.Ordinal);
        Assert.Equal("unavailable", (await brand.SendAsync("/api/invites", new { creatorId = "early-creator" })).Problem);
        faulty.Fails = (_, _) => false;
        Assert.Equal(HttpStatusCode.OK, (await creator.SendAsync($"/api/invites/{id}/accept")).Status);

        var sent = await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = "Early" });

        Assert.Equal((HttpStatusCode.Created, 1), (sent.Status, (int)sent["seq"]));
        var seen = await brand.ReadAsync($"/api/connections/{id}");
        Assert.Equal(("connected", "Early"), (seen["state"].ToString(), seen["lastMessage"]["text"]!.ToString()));
    }

    [Fact]
    public async Task Both_sides_at_once_get_one_order_and_right_unread_counts()
    {
        const int Each = 25;
        var talk = await Talk.BeginAsync(host, "both");

        var answers = await Task.WhenAll(Enumerable.Range(0, Each)
            .SelectMany(i => new[] { talk.SayAsync(talk.Brand, $"Brand {i}"), talk.SayAsync(talk.Creator, $"Creator {i}") }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        var history = await talk.HistoryAsync();
        Assert.Equal(Enumerable.Range(1, 2 * Each), history.Select(m => (int)m["seq"]!));
        Assert.Equal(history.Select(m => m["sentAt"]!.GetValue<DateTimeOffset>()).Order(), history.Select(
            m => m["sentAt"]!.GetValue<DateTimeOffset>()));
        Assert.Equal(
            answers.ToDictionary(a => (int)a["seq"], a => a["text"].ToString()).OrderBy(a => a.Key).Select(a => a.Value),
            history.Select(m => m["text"]!.ToString()));
        await host.DrainAsync();
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            var contact = await talk.ContactAsync(member);
            Assert.Equal((Each, 2 * Each), ((int)contact["unread"], (int)contact["lastMessage"]["seq"]!));
        }

        // The read mark is in the middle: the rest counts by sender.
        await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = Each });
        var left = history.Skip(Each).Count(m => m["from"]!.ToString() == talk.CreatorId);
        Assert.Equal(left, (int)(await talk.ContactAsync(talk.Brand))["unread"]);
    }
}
