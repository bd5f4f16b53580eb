using System.Net;
using Connections.Chat;
using Connections.Invites.Contacts;
using Connections.Notices;
using Connections.Tests.Functions.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Chat;

/// <summary>A member archives, pins, mutes and marks conversations as unread. Nobody else learns of it.</summary>
public sealed class InboxTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task Flags_show_to_their_member_and_their_other_devices_and_to_nobody_else()
    {
        var talk = await Talk.BeginAsync(host, "flags");
        await talk.SayAsync(talk.Creator, "Hello");
        await host.DrainAsync();
        await using var own = await LiveClient.OpenAsync(host.ClientFor(talk.BrandId));
        await using var others = await LiveClient.OpenAsync(host.ClientFor(talk.CreatorId));
        var before = (await talk.ContactAsync(talk.Creator)).Body!.ToJsonString();

        var answer = await StandAsync(talk, new { pinned = true, muted = true, markedUnread = true });

        Assert.Equal("archived=,pinned=true,muted=true,markedUnread=true", FlagsOf(answer));
        Assert.Equal(FlagsOf(answer), FlagsOf(await talk.ContactAsync(talk.Brand)));
        var told = await own.EventAsync(e => $"{e["type"]}" == "connection.changed");
        Assert.Equal("true", $"{told["contact"]!["muted"]}");
        Assert.Equal(before, (await talk.ContactAsync(talk.Creator)).Body!.ToJsonString());
        Assert.DoesNotContain(others.Events, e => $"{e["type"]}" == "connection.changed");

        // Repeated, it answers the same.
        Assert.Equal(answer.Body!.ToJsonString(), (await StandAsync(talk, new { muted = true })).Body!.ToJsonString());
        Assert.Equal(
            "archived=,pinned=,muted=,markedUnread=",
            FlagsOf(await StandAsync(talk, new { pinned = false, muted = false, markedUnread = false })));
    }

    [Theory]
    [InlineData("{}", "archived", "required")]
    [InlineData("""{ "archived": null }""", "archived", "required")]
    [InlineData("""{ "archived": true, "pinned": true }""", "pinned", "conflict")]
    public async Task A_change_that_says_nothing_or_contradicts_itself_is_refused(string body, string field, string code)
    {
        var talk = await Talk.BeginAsync(host, $"refused-{field}{body.Length}");
        using var content = new StringContent(body, null, "application/json");
        var refused = await talk.Brand.CallAsync(HttpMethod.Put, $"{talk.Path}/inbox", content);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (refused.Status, refused.Problem));
        Assert.Equal((field, code), ($"{refused["fields"][0]!["field"]}", $"{refused["fields"][0]!["code"]}"));
    }

    [Fact]
    public async Task An_archived_conversation_comes_back_when_the_other_writes_and_not_otherwise()
    {
        var talk = await Talk.BeginAsync(host, "archived");
        await talk.SayAsync(talk.Creator, "One");
        await talk.SayAsync(talk.Creator, "Two");
        await StandAsync(talk, new { archived = true });
        Assert.Equal((0, 1), await CountAsync(talk.Brand));

        await talk.SayAsync(talk.Brand, "My own");
        await talk.DeleteAsync(talk.Creator, 1);
        await host.DrainAsync();
        Assert.Equal((0, 1), await CountAsync(talk.Brand));

        await talk.SayAsync(talk.Creator, "Three");
        await host.DrainAsync();
        Assert.Equal((1, 0), await CountAsync(talk.Brand));

        await StandAsync(talk, new { archived = true });
        await talk.DeleteAsync(talk.Creator, 4);
        await host.DrainAsync();
        Assert.Equal((0, 1), await CountAsync(talk.Brand));

        await talk.SayAsync(talk.Creator, "Four");
        await StandAsync(talk, new { archived = true });
        await talk.EditAsync(talk.Creator, 5, "Five");
        await talk.Creator.PutAsync($"{talk.Messages}/5/reaction", new { kind = "heart" });
        await host.DrainAsync();
        Assert.Equal((0, 1), await CountAsync(talk.Brand));
    }

    [Fact]
    public async Task A_message_whose_call_died_brings_the_conversation_back_also_when_it_is_shown_with_a_change()
    {
        var talk = await Talk.BeginAsync(host, "archived-late");
        await talk.SayAsync(talk.Creator, "One");
        await host.DrainAsync();
        await StandAsync(talk, new { archived = true });
        // The call stored it and died; then the check of its file was over, or the other side reacted to it.
        var brand = new MemberId(talk.BrandId);
        var (contacts, messages) = (host.Services.GetRequiredService<ContactStore>(), host.Services.GetRequiredService<MessageStore>());
        var first = await messages.LastAsync(talk.Id, default);
        var (second, _) = await messages.AppendAsync(
            talk.Id, first!.From, first.To, new MessageDraft("2", "Two"), ConversationEnd.Of(first), default);
        var now = second.SentAt.AddSeconds(1);
        var changed = second.WithReactionOf(second.From, Reaction.Kinds[0]) with { Revision = 1, ChangedAt = now };
        await contacts.ShowMessageAsync(brand, talk.Id, changed.ViewFor(brand), default);

        var row = await contacts.FindAsync(brand, talk.Id, default);
        Assert.Equal((false, true, 2L), (row!.Archived, row.HasUnread, row.Unread));
        // A change of what it shows is nothing new.
        await StandAsync(talk, new { archived = true });
        var again = changed with { Revision = 2, ChangedAt = now.AddSeconds(1) };
        await contacts.ShowMessageAsync(brand, talk.Id, again.ViewFor(brand), default);
        Assert.True((await contacts.FindAsync(brand, talk.Id, default))!.Archived);
    }

    [Fact]
    public async Task A_message_that_comes_while_the_member_sends_one_brings_the_conversation_back_though_the_row_never_showed_it()
    {
        var talk = await Talk.BeginAsync(host, "archived-between");
        await talk.SayAsync(talk.Creator, "One");
        await StandAsync(talk, new { archived = true });
        var (brand, creator) = (new MemberId(talk.BrandId), new MemberId(talk.CreatorId));
        var (contacts, messages) = (host.Services.GetRequiredService<ContactStore>(), host.Services.GetRequiredService<MessageStore>());
        var first = await messages.LastAsync(talk.Id, default);
        await messages.AppendAsync(talk.Id, creator, brand, new MessageDraft("2", "Two"), ConversationEnd.Of(first!), default);

        await talk.SayAsync(talk.Brand, "My own");

        var row = await contacts.FindAsync(brand, talk.Id, default);
        Assert.Equal((false, true, 2L, 3L), (row!.Archived, row.HasUnread, row.Unread, row.Chat!.Last.Seq));
    }

    [Fact]
    public async Task Of_many_pins_at_once_three_are_taken_and_one_given_up_or_ended_makes_room()
    {
        var brand = host.ClientFor("pins");
        await brand.BecomeBrandAsync();
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var creator = host.ClientFor($"pins-{i}");
            await creator.BecomeCreatorAsync($"Pin {i}", $"pins{i}");
            ids.Add((await brand.SendAsync("/api/invites", new { creatorId = $"pins-{i}" }))["id"].ToString());
            Assert.Equal(HttpStatusCode.OK, (await creator.SendAsync($"/api/invites/{ids[^1]}/accept")).Status);
        }

        var answers = await Task.WhenAll(ids.Select(id => StandAsync(brand, id, new { pinned = true })));
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("pin-limit", answer.Problem));
        var pinned = await IdsAsync(brand, "pinned");
        Assert.Equal(3, pinned.Length);
        var free = new Queue<string>(ids.Except(pinned));

        // Pinned again it takes no room, and unpinned twice it gives none back twice.
        Assert.Null((await StandAsync(brand, pinned[0], new { pinned = true })).Problem);
        Assert.Null((await StandAsync(brand, pinned[0], new { pinned = false })).Problem);
        Assert.Null((await StandAsync(brand, pinned[0], new { pinned = false })).Problem);
        Assert.Null((await StandAsync(brand, free.Dequeue(), new { pinned = true })).Problem);
        Assert.Equal("pin-limit", (await StandAsync(brand, free.Peek(), new { pinned = true })).Problem);

        // Archived, it is not pinned any more; pinned, it is not archived.
        Assert.Equal("archived=true,pinned=,muted=,markedUnread=", FlagsOf(await StandAsync(brand, pinned[1], new { archived = true })));
        Assert.Equal("archived=,pinned=true,muted=,markedUnread=", FlagsOf(await StandAsync(brand, pinned[1], new { pinned = true })));

        Assert.Null((await brand.CallAsync(HttpMethod.Delete, $"/api/connections/{pinned[2]}")).Problem);
        Assert.Equal(2, (await IdsAsync(brand, "pinned")).Length);
        Assert.Null((await StandAsync(brand, free.Dequeue(), new { pinned = true })).Problem);
        Assert.Equal("pin-limit", (await StandAsync(brand, free.Dequeue(), new { pinned = true })).Problem);
    }

    [Fact]
    public async Task Archived_and_pinned_at_once_it_is_one_of_the_two()
    {
        var talk = await Talk.BeginAsync(host, "both");
        var contacts = host.Services.GetRequiredService<ContactStore>();
        foreach (var (first, second) in new[]
        {
            (new InboxChange(Archived: true), new InboxChange(Pinned: true)),
            (new InboxChange(Pinned: true), new InboxChange(Archived: true)),
        })
        {
            await StandAsync(talk, new { archived = false, pinned = false });
            var row = (await contacts.FindAsync(new MemberId(talk.BrandId), talk.Id, default))!;
            Assert.NotNull(await contacts.TryChangeInboxAsync(row, first, default));
            // By a call that read the row before.
            Assert.Null(await contacts.TryChangeInboxAsync(row, second, default));
        }
    }

    [Fact]
    public async Task Marked_as_unread_it_counts_until_it_is_read_again_and_the_other_side_sees_nothing()
    {
        var talk = await Talk.BeginAsync(host, "marked");
        await talk.SayAsync(talk.Creator, "One");
        await talk.SayAsync(talk.Creator, "Two");
        await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = 2 });
        await StandAsync(talk, new { markedUnread = true });
        Assert.Equal(1, await UnreadAsync(talk.Brand));
        Assert.Equal([talk.Id], await IdsAsync(talk.Brand, "unread"));
        Assert.Equal(2, (int)(await talk.ContactAsync(talk.Creator))["otherReadSeq"]);

        // An earlier mark that a client repeats is no reading.
        await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = 1 });
        Assert.Equal(1, await UnreadAsync(talk.Brand));
        await using (var own = await LiveClient.OpenAsync(host.ClientFor(talk.BrandId)))
        {
            Assert.Null((await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = 2 })).Body!["markedUnread"]);
            Assert.Null((await own.EventAsync(e => $"{e["type"]}" == "connection.changed"))["contact"]!["markedUnread"]);
        }

        Assert.Equal(0, await UnreadAsync(talk.Brand));
        Assert.Empty(await IdsAsync(talk.Brand, "unread"));

        await StandAsync(talk, new { markedUnread = true });
        await talk.SayAsync(talk.Creator, "Three");
        Assert.Null((await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = 3 })).Body!["markedUnread"]);
        await StandAsync(talk, new { markedUnread = true });
        Assert.Null((await StandAsync(talk, new { markedUnread = false })).Body!["markedUnread"]);
        Assert.Equal(0, await UnreadAsync(talk.Brand));
    }

    [Fact]
    public async Task A_mute_is_not_lifted_before_the_email_about_what_is_unread_is_queued()
    {
        var queue = new HeldQueue();
        await using var still = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
        {
            Services = services => services.Replace(ServiceDescriptor.Singleton<INoticeQueue>(queue)),
        });
        var talk = await Talk.BeginAsync(still, "lifted");
        await StandAsync(talk, new { muted = true });
        await talk.SayAsync(talk.Creator, "Are you there?");
        queue.IsAway = true;
        Assert.NotEqual(HttpStatusCode.OK, (await StandAsync(talk, new { muted = false })).Status);
        queue.IsAway = false;
        queue.Notices.Clear();

        Assert.Equal(HttpStatusCode.OK, (await StandAsync(talk, new { muted = false })).Status);

        var notice = Assert.Single(queue.Notices, notice => notice.Kind == NoticeKind.UnreadMessages);
        Assert.Equal(talk.BrandId, notice.To.Value);
    }

    [Fact]
    public async Task Archived_and_muted_conversations_do_not_count_in_the_total()
    {
        var talk = await Talk.BeginAsync(host, "counted");
        await talk.SayAsync(talk.Creator, "One");
        await host.DrainAsync();
        Assert.Equal(1, await UnreadAsync(talk.Brand));
        await StandAsync(talk, new { muted = true });
        Assert.Equal(0, await UnreadAsync(talk.Brand));
        Assert.Equal([talk.Id], await IdsAsync(talk.Brand, "unread"));
        Assert.Equal(1, (int)(await talk.ContactAsync(talk.Brand))["unread"]);

        await StandAsync(talk, new { muted = false, archived = true });
        Assert.Equal(0, await UnreadAsync(talk.Brand));
        Assert.Empty(await IdsAsync(talk.Brand, "unread"));
        await StandAsync(talk, new { archived = false });
        Assert.Equal(1, await UnreadAsync(talk.Brand));
    }

    [Fact]
    public async Task An_ended_connection_shows_no_flags_and_one_that_begins_again_is_in_the_inbox()
    {
        var talk = await Talk.BeginAsync(host, "ended");
        await StandAsync(talk, new { archived = true, muted = true, markedUnread = true });
        await talk.RemoveAsync();
        Assert.Equal("archived=,pinned=,muted=,markedUnread=", FlagsOf(await talk.ContactAsync(talk.Brand)));
        Assert.Equal((0, 0), await CountAsync(talk.Brand));
        Assert.Equal("not-connected", (await StandAsync(talk, new { archived = false })).Problem);

        await talk.Brand.SendAsync("/api/invites", new { creatorId = talk.CreatorId });
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        await host.DrainAsync();
        Assert.Equal("archived=,pinned=,muted=true,markedUnread=", FlagsOf(await talk.ContactAsync(talk.Brand)));
    }

    [Fact]
    public async Task A_former_profile_leaves_no_flags()
    {
        var talk = await Talk.BeginAsync(host, "former");
        await StandAsync(talk, new { pinned = true, muted = true });
        await talk.Brand.CallAsync(HttpMethod.Delete, "/api/me");
        await host.DrainAsync();
        await Calls.EventuallyAsync(() => talk.Brand.BecomeBrandAsync(), answer => answer.Problem is null);
        await talk.Brand.SendAsync("/api/invites", new { creatorId = talk.CreatorId });
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        await host.DrainAsync();
        Assert.Equal("archived=,pinned=,muted=,markedUnread=", FlagsOf(await talk.ContactAsync(talk.Brand)));
    }

    [Fact]
    public async Task Apps_that_were_away_and_the_export_have_the_flags()
    {
        var talk = await Talk.BeginAsync(host, "told");
        await host.DrainAsync();
        var since = (await talk.Brand.ReadAsync("/api/changes"))["next"];
        await StandAsync(talk, new { pinned = true, muted = true });
        var changed = (await talk.Brand.ReadAsync($"/api/changes?since={since}"))["value"].AsArray();
        Assert.Contains(changed, change => $"{change!["contact"]!["id"]}" == talk.Id && $"{change["contact"]!["pinned"]}" == "true");
        var exported = (await talk.Brand.ReadAsync("/api/me/export"))["connections"][0]!["contact"]!;
        Assert.Equal(("true", "true"), ($"{exported["pinned"]}", $"{exported["muted"]}"));
    }

    [Theory]
    [InlineData("show=all", "unknown-value")]
    [InlineData("show=archived&state=ended", "conflict")]
    [InlineData("show=archived&id=c000000000000000000000000000000", "conflict")]
    public async Task A_part_that_does_not_exist_is_refused(string query, string code)
    {
        var member = host.ClientFor("parts");
        await member.BecomeBrandAsync();
        var refused = await member.ReadAsync($"/api/connections?{query}");
        Assert.Equal(("show", code), ($"{refused["fields"][0]!["field"]}", $"{refused["fields"][0]!["code"]}"));
    }

    private static Task<Answer> StandAsync(Talk talk, object how) => StandAsync(talk.Brand, talk.Id, how);

    private static Task<Answer> StandAsync(HttpClient member, string id, object how) =>
        member.PutAsync($"/api/connections/{id}/inbox", how);

    private static string FlagsOf(Answer contact) =>
        string.Join(',', new[] { "archived", "pinned", "muted", "markedUnread" }.Select(flag => $"{flag}={contact.Body![flag]}"));

    private static async Task<string[]> IdsAsync(HttpClient member, string part) =>
        [.. (await member.ReadAsync($"/api/connections?show={part}"))["value"].AsArray().Select(contact => $"{contact!["id"]}")];

    private static async Task<(int Inbox, int Archived)> CountAsync(HttpClient member) =>
        ((await IdsAsync(member, "inbox")).Length, (await IdsAsync(member, "archived")).Length);

    private static async Task<long> UnreadAsync(HttpClient member) => (long)(await member.ReadAsync("/api/connections/unread"))["unread"];
}
