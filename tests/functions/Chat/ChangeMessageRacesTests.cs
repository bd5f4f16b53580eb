using System.Net;
using Connections.Chat;
using Connections.Invites.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>Edits and deletes against each other and against the change feed: no older text overwrites a
/// newer one, and no change is lost.</summary>
public sealed class ChangeMessageRacesTests
{
    [Fact]
    public async Task Edits_at_once_are_all_made_and_everybody_ends_at_the_same_text()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var talk = await Talk.BeginAsync(host, "edits");
        await talk.SayAsync(talk.Brand, "First");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => talk.EditAsync(talk.Brand, 1, $"Edit {i}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(20, (await MessageAsync(host, talk)).Revision);
        await host.DrainAsync();
        var text = Assert.Single(await talk.HistoryAsync())["text"]!.ToString();
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            Assert.Equal(text, (await talk.ContactAsync(member))["lastMessage"]["text"]!.ToString());
        }
    }

    [Fact]
    public async Task A_delete_among_edits_at_once_has_the_last_word()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var talk = await Talk.BeginAsync(host, "delete-edits");
        await talk.SayAsync(talk.Brand, "First");

        var edits = Enumerable.Range(0, 10).Select(i => talk.EditAsync(talk.Brand, 1, $"Edit {i}")).ToList();
        var deletes = Enumerable.Range(0, 2).Select(_ => talk.DeleteAsync(talk.Brand, 1)).ToList();

        Assert.All(
            await Task.WhenAll(deletes), answer => Assert.Equal((HttpStatusCode.OK, true), (answer.Status, (bool)answer["deleted"])));
        Assert.All(await Task.WhenAll(edits), answer => Assert.Contains(answer.Problem, new[] { null, "message-deleted" }));
        await host.DrainAsync();
        Assert.Equal("", Assert.Single(await talk.HistoryAsync())["text"]!.ToString());
        foreach (var member in new[] { talk.Brand, talk.Creator })
        {
            Assert.Equal("", (await talk.ContactAsync(member))["lastMessage"]["text"]!.ToString());
        }
    }

    [Fact]
    public async Task A_follow_up_that_read_the_message_before_the_edit_neither_shows_the_old_text_nor_forgets_the_new_one()
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var talk = await Talk.BeginAsync(host, "slow");
        await talk.SayAsync(talk.Brand, "Helo");
        var followUp = host.Services.GetRequiredService<MessageFollowUp>();
        var before = await MessageAsync(host, talk);
        await talk.EditAsync(talk.Brand, 1, "Hello");

        await followUp.RunAsync([before], default);

        Assert.Equal("Hello", (await talk.ContactAsync(talk.Brand))["lastMessage"]["text"]!.ToString());
        var after = await MessageAsync(host, talk);

        await followUp.RunAsync([after], default);
        await followUp.RunAsync([before], default);

        Assert.Equal("Hello", (await talk.ContactAsync(talk.Creator))["lastMessage"]["text"]!.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deletions_are_taken_from_what_is_unread_once_in_whatever_order_and_however_often_they_are_followed_up(int seed)
    {
        const int Count = 8;
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var talk = await Talk.BeginAsync(host, "order");
        var chance = new Random(seed);
        var store = host.Services.GetRequiredService<MessageStore>();
        var versions = new List<MessageDocument>();
        for (var seq = 1; seq <= Count; seq++)
        {
            await talk.SayAsync(talk.Brand, $"Message {seq}");
            versions.Add((await store.FindAsync(talk.Id, seq, default))!);
        }

        var deleted = Enumerable.Range(1, Count).Where(_ => chance.Next(2) == 0).ToList();
        foreach (var seq in deleted)
        {
            await talk.DeleteAsync(talk.Brand, seq);
            versions.Add((await store.FindAsync(talk.Id, seq, default))!);
        }

        var read = chance.Next(1, Count);
        var followUp = host.Services.GetRequiredService<MessageFollowUp>();
        var runs = versions.Concat(versions).OrderBy(_ => chance.Next()).Chunk(3).ToList();
        await Task.WhenAll(
            runs.Select(run => followUp.RunAsync(run, default)).Append(talk.Creator.PutAsync($"{talk.Path}/read", new { seq = read })));

        Assert.Equal(Count - read - deleted.Count(seq => seq > read), (int)(await talk.ContactAsync(talk.Creator))["unread"]);
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Brand))["unread"]);
    }

    [Fact]
    public async Task A_row_keeps_of_deleted_messages_only_those_that_are_not_read_and_not_without_end()
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var talk = await Talk.BeginAsync(host, "many");
        await talk.FillAsync(4);
        var (contacts, creator) = (host.Services.GetRequiredService<ContactStore>(), new MemberId(talk.CreatorId));
        Assert.NotNull(await contacts.NoteDeletedAsync(creator, talk.Id, [1, 2], default));
        Assert.Null(await contacts.NoteDeletedAsync(creator, talk.Id, [2], default));
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 2 });
        Assert.Null(await contacts.NoteDeletedAsync(creator, talk.Id, [1], default));
        Assert.Equal([4], (await contacts.NoteDeletedAsync(creator, talk.Id, [4], default))!.DeletedUnread);
        Assert.Equal(500, (await contacts.NoteDeletedAsync(
            creator, talk.Id, [.. Enumerable.Range(3, 1000).Select(i => (long)i)], default))!.DeletedUnread.Count);
    }

    [Fact]
    public async Task A_contact_never_goes_back_to_an_earlier_text_or_message()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var talk = await Talk.BeginAsync(host, "back");
        await talk.SayAsync(talk.Brand, "One");
        var first = await MessageAsync(host, talk);
        await talk.EditAsync(talk.Brand, 1, "One, edited");
        await host.DrainAsync();
        var contacts = host.Services.GetRequiredService<ContactStore>();
        var brand = new MemberId(talk.BrandId);

        await contacts.ShowMessageAsync(brand, talk.Id, first.ViewFor(brand), default);
        Assert.Equal("One, edited", (await talk.ContactAsync(talk.Brand))["lastMessage"]["text"]!.ToString());

        var edited = await MessageAsync(host, talk);
        await talk.SayAsync(talk.Brand, "Two");
        await contacts.ShowMessageAsync(brand, talk.Id, edited.ViewFor(brand), default);
        Assert.Equal("Two", (await talk.ContactAsync(talk.Brand))["lastMessage"]["text"]!.ToString());
    }

    private static async Task<MessageDocument> MessageAsync(LocalHostFixture host, Talk talk) =>
        (await host.Services.GetRequiredService<MessageStore>().FindAsync(talk.Id, 1, default))!;
}
