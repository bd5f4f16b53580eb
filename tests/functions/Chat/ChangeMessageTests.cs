using System.Net;

namespace Connections.Tests.Functions.Chat;

/// <summary>Edit and delete: own messages, within 15 minutes; a deleted one leaves a tombstone.</summary>
public sealed class ChangeMessageTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    private static readonly TimeSpan EditFor = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task An_edit_changes_the_text_and_says_when()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "edit");
        var sent = await talk.SayAsync(talk.Brand, "Helo");
        frozen.Advance(TimeSpan.FromMinutes(1));

        var edited = await talk.EditAsync(talk.Brand, 1, "Hello");

        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.Equal(("Hello", frozen.Now), (edited["text"].ToString(), edited["editedAt"].GetValue<DateTimeOffset>()));
        foreach (var same in new[] { "connectionId", "seq", "clientId", "from", "sentAt" })
        {
            Assert.Equal(sent[same].ToString(), edited[same].ToString());
        }

        Assert.Null(edited.Body!["deleted"]);
        Assert.Equal(edited.Body!.ToJsonString(), Assert.Single(await talk.HistoryAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_deleted_message_keeps_its_place_without_its_text()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "delete");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");
        await talk.EditAsync(talk.Brand, 1, "One, edited");

        var deleted = await talk.DeleteAsync(talk.Brand, 1);

        Assert.Equal(
            (HttpStatusCode.OK, 1, "", true), (deleted.Status, (int)deleted["seq"], deleted["text"].ToString(), (bool)deleted["deleted"]));
        Assert.Equal(3, (int)(await talk.SayAsync(talk.Creator, "Three"))["seq"]);
        Assert.Equal(["", "Two", "Three"], (await talk.HistoryAsync()).Select(m => m["text"]!.ToString()));
    }

    [Fact]
    public async Task A_deleted_text_is_gone_from_every_document()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "gone");
        await talk.SayAsync(talk.Brand, "An unspeakable secret");
        await frozen.DrainAsync();
        Assert.Equal(3, await Documents.MentioningAsync(frozen.Host, "unspeakable"));

        await talk.DeleteAsync(talk.Brand, 1);

        await frozen.DrainAsync();
        Assert.Equal(0, await Documents.MentioningAsync(frozen.Host, "unspeakable"));
    }

    [Fact]
    public async Task Both_sides_are_told_on_all_their_devices()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "changed");
        await using var other = await LiveClient.OpenAsync(talk.Creator);
        await using var own = await LiveClient.OpenAsync(talk.Brand);
        await using var ownToo = await LiveClient.OpenAsync(talk.Brand);
        await talk.SayAsync(talk.Brand, "Helo");

        var edited = await talk.EditAsync(talk.Brand, 1, "Hello");
        var deleted = await talk.DeleteAsync(talk.Brand, 1);

        foreach (var device in new[] { other, own, ownToo })
        {
            foreach (var expected in new[] { edited, deleted })
            {
                await device.EventAsync(
                    e => e["type"]!.ToString() == "message.changed" && e["message"]!.ToJsonString() == expected.Body!.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Contacts_show_the_change_of_their_last_message_the_own_at_once()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "last");
        await talk.SayAsync(talk.Brand, "Helo");
        await talk.EditAsync(talk.Brand, 1, "Hello");
        Assert.Equal("Hello", (await talk.ContactAsync(talk.Brand))["lastMessage"]["text"]!.ToString());
        Assert.Equal("Hello", (await talk.ContactAsync(
            talk.Creator, c => c.Body?["lastMessage"]?["text"]?.ToString() == "Hello"))["lastMessage"]["text"]!.ToString());

        await talk.DeleteAsync(talk.Brand, 1);

        Assert.True((bool?)(await talk.ContactAsync(talk.Brand))["lastMessage"]["deleted"]);
        var contact = await talk.ContactAsync(talk.Creator, c => c["lastMessage"]["deleted"] is not null);
        Assert.Equal((true, ""), ((bool?)contact["lastMessage"]["deleted"], contact["lastMessage"]["text"]!.ToString()));
    }

    [Fact]
    public async Task Contacts_keep_their_last_message_when_an_earlier_one_changes()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "earlier");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");

        await talk.EditAsync(talk.Brand, 1, "One, edited");

        await frozen.DrainAsync();
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            Assert.Equal("Two", (await talk.ContactAsync(member))["lastMessage"]["text"]!.ToString());
        }
    }

    [Fact]
    public async Task A_deleted_message_is_not_unread_any_more_wherever_that_is_shown()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "taken");
        await using var live = await LiveClient.OpenAsync(talk.Creator);
        for (var i = 1; i <= 3; i++)
        {
            await talk.SayAsync(talk.Brand, $"Message {i}");
        }

        await talk.SayAsync(talk.Creator, "Mine");
        await talk.ContactAsync(talk.Brand, contact => (int)contact["unread"] == 1);
        await talk.ContactAsync(talk.Creator, contact => (int)contact["unread"] == 3);
        foreach (var (seq, left) in new[] { (2, 2), (3, 1), (1, 0) })
        {
            await talk.DeleteAsync(talk.Brand, seq);
            await live.EventAsync(e => e["type"]!.ToString() == "connection.changed" && (int)e["contact"]!["unread"]! == left);
        }

        await frozen.DrainAsync();
        Assert.Equal(
            (0, 0), ((int)(await talk.ContactAsync(talk.Creator))["unread"], (int)(await talk.ContactAsync(talk.Creator))["readSeq"]));
        Assert.Equal(0, (int)Assert.Single((await talk.Creator.ReadAsync("/api/connections"))["value"].AsArray())!["unread"]!);
        Assert.Equal(0, (int)(await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept"))["unread"]);
        // A deletion changes the other member's unread count, not the author's.
        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Brand))["unread"]);

        await talk.SayAsync(talk.Brand, "Message 4");
        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Creator, contact => (int)contact["unread"] == 1))["unread"]);
        Assert.Equal(0, (int)(await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 5 }))["unread"]);
    }

    [Fact]
    public async Task Unread_counts_stay_when_a_message_is_edited_or_a_read_one_is_deleted()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "unread");
        for (var i = 1; i <= 3; i++)
        {
            await talk.SayAsync(talk.Brand, $"Message {i}");
        }

        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await talk.EditAsync(talk.Brand, 2, "An unread one");
        await talk.DeleteAsync(talk.Brand, 1);

        await frozen.DrainAsync();
        Assert.Equal(
            (2, 1), ((int)(await talk.ContactAsync(talk.Creator))["unread"], (int)(await talk.ContactAsync(talk.Creator))["readSeq"]));
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Brand))["unread"]);
    }

    [Fact]
    public async Task A_repeated_change_gets_the_same_answer_even_when_it_is_too_late_for_a_new_one()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "repeat");
        await talk.SayAsync(talk.Brand, "One");
        await talk.SayAsync(talk.Brand, "Two");
        var edited = await talk.EditAsync(talk.Brand, 1, "One, edited");
        var deleted = await talk.DeleteAsync(talk.Brand, 2);

        frozen.Advance(EditFor * 2);

        Assert.Equal(edited.Body!.ToJsonString(), (await talk.EditAsync(talk.Brand, 1, "One, edited")).Body!.ToJsonString());
        Assert.Equal(deleted.Body!.ToJsonString(), (await talk.DeleteAsync(talk.Brand, 2)).Body!.ToJsonString());
    }

    [Fact]
    public async Task An_edit_to_the_text_that_it_has_is_no_edit()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "same");
        var sent = await talk.SayAsync(talk.Brand, "Hello");
        Assert.Equal(sent.Body!.ToJsonString(), (await talk.EditAsync(talk.Brand, 1, " Hello\r\n")).Body!.ToJsonString());
    }

    [Fact]
    public async Task After_15_minutes_it_is_too_late()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "late");
        var sent = await talk.SayAsync(talk.Brand, "One");
        frozen.Advance(EditFor);
        Assert.Equal(HttpStatusCode.OK, (await talk.EditAsync(talk.Brand, 1, "At the last moment")).Status);

        frozen.Advance(TimeSpan.FromMilliseconds(1));

        foreach (var answer in new[] { await talk.EditAsync(talk.Brand, 1, "Later"), await talk.DeleteAsync(talk.Brand, 1) })
        {
            Assert.Equal((HttpStatusCode.Conflict, "too-late"), (answer.Status, answer.Problem));
            Assert.Equal(sent["sentAt"].GetValue<DateTimeOffset>() + EditFor, answer["until"].GetValue<DateTimeOffset>());
        }

        Assert.Equal("At the last moment", Assert.Single(await talk.HistoryAsync())["text"]!.ToString());
    }

    [Fact]
    public async Task Somebody_elses_message_cannot_be_changed()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "theirs");
        await talk.SayAsync(talk.Brand, "Mine");

        foreach (var answer in new[] { await talk.EditAsync(talk.Creator, 1, "Theirs"), await talk.DeleteAsync(talk.Creator, 1) })
        {
            Assert.Equal((HttpStatusCode.Forbidden, "not-your-message"), (answer.Status, answer.Problem));
        }

        Assert.Equal("Mine", Assert.Single(await talk.HistoryAsync())["text"]!.ToString());
    }

    [Fact]
    public async Task A_deleted_message_cannot_be_edited()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "dead");
        await talk.SayAsync(talk.Brand, "One");
        await talk.DeleteAsync(talk.Brand, 1);
        var answer = await talk.EditAsync(talk.Brand, 1, "Back again");
        Assert.Equal((HttpStatusCode.Conflict, "message-deleted"), (answer.Status, answer.Problem));
        Assert.Equal("", Assert.Single(await talk.HistoryAsync())["text"]!.ToString());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("one")]
    [InlineData("99999999999999999999")]
    public async Task A_number_that_no_message_has_is_not_found(string seq)
    {
        var talk = await Talk.BeginAsync(frozen.Host, $"none-{Guid.NewGuid()}");
        await talk.SayAsync(talk.Brand, "One");
        foreach (var answer in new[] { await talk.EditAsync(talk.Brand, seq, "Two"), await talk.DeleteAsync(talk.Brand, seq) })
        {
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
        }
    }

    [Fact]
    public async Task An_edited_text_has_1_to_4000_characters()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "bounds");
        await talk.SayAsync(talk.Brand, "One");
        Assert.Equal(HttpStatusCode.OK, (await talk.EditAsync(talk.Brand, 1, new string('x', 4000))).Status);
        foreach (var text in new[] { "", " \n ", new string('x', 4001), "a\0b" })
        {
            var answer = await talk.EditAsync(talk.Brand, 1, text);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
            Assert.NotNull(answer["errors"]["text"]);
        }
    }

    [Fact]
    public async Task Nothing_can_be_changed_after_the_connection_was_removed()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "removed");
        await talk.SayAsync(talk.Brand, "One");
        await talk.RemoveAsync();
        foreach (var answer in new[] { await talk.EditAsync(talk.Brand, 1, "Two"), await talk.DeleteAsync(talk.Brand, 1) })
        {
            Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
        }
    }

    [Fact]
    public async Task A_repeated_send_does_not_bring_back_what_was_deleted()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "revive");
        await talk.SayAsync(talk.Brand, "One", clientId: "once");
        var deleted = await talk.DeleteAsync(talk.Brand, 1);
        var again = await talk.SayAsync(talk.Brand, "One", clientId: "once");
        Assert.Equal((HttpStatusCode.OK, deleted.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
    }
}
