using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;

namespace Connections.Tests.Functions.Chat;

/// <summary>Reactions: one a member and message, to the messages of both, for as long as the two are connected.</summary>
public sealed class ReactionsTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    [Fact]
    public async Task Both_react_to_the_messages_of_both_and_another_reaction_takes_the_place_of_the_first()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react");
        await talk.SayAsync(talk.Brand, "One");

        Assert.Equal("creator:heart", Shown(await ReactAsync(talk, talk.Creator, 1, "heart")));
        Assert.Equal("creator:heart brand:laugh", Shown(await ReactAsync(talk, talk.Brand, 1, "laugh")));
        var last = await ReactAsync(talk, talk.Creator, 1, "celebrate");
        Assert.Equal((HttpStatusCode.OK, "brand:laugh creator:celebrate"), (last.Status, Shown(last)));
        Assert.Equal(last.Body!.ToJsonString(), Assert.Single(await talk.HistoryAsync()).ToJsonString());

        Assert.Equal("creator:celebrate", Shown(await TakeBackAsync(talk, talk.Brand, 1)));
        Assert.Null((await TakeBackAsync(talk, talk.Creator, 1)).Body!["reactions"]);
    }

    [Fact]
    public async Task Every_published_kind_is_taken_and_no_other()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-kinds");
        await talk.SayAsync(talk.Brand, "One");
        Assert.Equal(6, Reaction.Kinds.Count);
        foreach (var kind in Reaction.Kinds)
        {
            Assert.Equal($"brand:{kind}", Shown(await ReactAsync(talk, talk.Brand, 1, kind)));
        }

        foreach (var (kind, code) in new[] { ("Heart", "unknown-value"), ("❤️", "unknown-value"), ("", "required"), (null, "required") })
        {
            var refused = await ReactAsync(talk, talk.Brand, 1, kind);
            Assert.Equal(("invalid-input", code), (refused.Problem, refused["fields"][0]!["code"]!.ToString()));
        }
    }

    [Fact]
    public async Task Both_see_it_live_on_all_devices_and_an_app_that_slept_learns_of_it_by_changes()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-live");
        await talk.FillAsync(3);
        var since = (await talk.Brand.ReadAsync("/api/changes"))["next"];
        await using var own = await LiveClient.OpenAsync(talk.Creator);
        await using var other = await LiveClient.OpenAsync(talk.Brand);
        frozen.Advance(TimeSpan.FromMinutes(20));

        var reacted = await ReactAsync(talk, talk.Creator, 1, "sad");

        foreach (var device in new[] { own, other })
        {
            await device.EventAsync(
                e => e["type"]!.ToString() == "message.changed" && e["message"]!.ToJsonString() == reacted.Body!.ToJsonString());
        }

        var changed = (await talk.Brand.ReadAsync($"/api/changes?since={since}"))["value"][0]!["messages"]!.AsArray();
        Assert.Contains(reacted.Body!.ToJsonString(), changed.Select(message => message!.ToJsonString()));
    }

    [Fact]
    public async Task A_reaction_changes_neither_the_unread_count_nor_what_the_list_shows_nor_brings_an_archived_conversation_back()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-quiet");
        await talk.SayAsync(talk.Brand, "One");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        Assert.Null((await talk.Creator.PutAsync($"{talk.Path}/inbox", new { archived = true })).Problem);
        await frozen.DrainAsync();
        var (brand, creator) = (await talk.ContactAsync(talk.Brand), await talk.ContactAsync(talk.Creator));

        await ReactAsync(talk, talk.Creator, 1, "heart");

        await frozen.DrainAsync();
        Assert.Equal(brand.Body!.ToJsonString(), (await talk.ContactAsync(talk.Brand)).Body!.ToJsonString());
        Assert.Equal(creator.Body!.ToJsonString(), (await talk.ContactAsync(talk.Creator)).Body!.ToJsonString());
        Assert.Equal(0, (int)(await talk.Creator.ReadAsync("/api/connections/unread"))["unread"]);
    }

    [Fact]
    public async Task A_repeated_reaction_is_answered_alike_and_of_two_versions_the_later_one_has_the_higher_revision()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-again");
        var sent = await talk.SayAsync(talk.Brand, "One");
        Assert.Null(sent.Body!["revision"]);

        var first = await ReactAsync(talk, talk.Creator, 1, "heart");
        var again = await ReactAsync(talk, talk.Creator, 1, "heart");
        Assert.Equal(first.Body!.ToJsonString(), again.Body!.ToJsonString());
        Assert.Equal([1, 2, 3], new[]
        {
            again, await talk.EditAsync(talk.Brand, 1, "One!"), await TakeBackAsync(talk, talk.Creator, 1),
        }.Select(answer => (int)answer["revision"]));
        Assert.Equal(3, (int)(await TakeBackAsync(talk, talk.Creator, 1))["revision"]);
    }

    [Fact]
    public async Task Two_who_react_at_once_both_have_their_reaction()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-race");
        await talk.SayAsync(talk.Brand, "One");

        await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(
            _ => new[] { ReactAsync(talk, talk.Brand, 1, "sad"), ReactAsync(talk, talk.Creator, 1, "heart") }));

        var reactions = Assert.Single(await talk.HistoryAsync())["reactions"]!.AsArray();
        Assert.Equal(
            [("react-race-brand", "sad"), ("react-race-creator", "heart")],
            reactions.Select(reaction => ($"{reaction!["by"]}", $"{reaction["kind"]}")).Order());
    }

    [Fact]
    public async Task An_edit_keeps_reactions_and_a_deletion_takes_them_along()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-gone");
        await talk.SayAsync(talk.Brand, "One");
        await ReactAsync(talk, talk.Creator, 1, "heart");
        Assert.Equal("creator:heart", Shown(await talk.EditAsync(talk.Brand, 1, "One!")));

        Assert.Null((await talk.DeleteAsync(talk.Brand, 1)).Body!["reactions"]);

        Assert.Equal("message-deleted", (await ReactAsync(talk, talk.Creator, 1, "heart")).Problem);
        Assert.Equal(HttpStatusCode.OK, (await TakeBackAsync(talk, talk.Creator, 1)).Status);
    }

    [Fact]
    public async Task Nobody_reacts_after_the_end_nor_to_what_is_not_there()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-end");
        await talk.SayAsync(talk.Brand, "One");
        await ReactAsync(talk, talk.Creator, 1, "heart");
        foreach (var seq in new object[] { 0, 2, "one", long.MaxValue })
        {
            Assert.Equal("not-found", (await ReactAsync(talk, talk.Brand, seq, "heart")).Problem);
            Assert.Equal("not-found", (await TakeBackAsync(talk, talk.Brand, seq)).Problem);
        }

        await talk.RemoveAsync();

        Assert.Equal("not-connected", (await ReactAsync(talk, talk.Brand, 1, "heart")).Problem);
        Assert.Equal("not-connected", (await TakeBackAsync(talk, talk.Creator, 1)).Problem);
        Assert.Equal("creator:heart", Shown(Assert.Single(await talk.HistoryAsync())));
    }

    [Fact]
    public async Task Who_erases_their_profile_takes_their_reactions_along()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "react-erase");
        await talk.SayAsync(talk.Brand, "Mine");
        await talk.SayAsync(talk.Creator, "Theirs");
        foreach (var seq in new[] { 1, 2 })
        {
            await ReactAsync(talk, talk.Brand, seq, "laugh");
            await ReactAsync(talk, talk.Creator, seq, "heart");
        }

        await talk.Creator.CallAsync(HttpMethod.Delete, "/api/me");
        await frozen.DrainAsync();

        var kept = Assert.Single((await talk.Brand.ReadAsync("/api/me/export"))["connections"][0]!["messages"]!.AsArray())!;
        Assert.Equal(("Mine", "brand:laugh"), (kept["text"]!.ToString(), Shown(kept)));
        Assert.Equal(0, await Documents.MentioningAsync(frozen.Host, "\"by\":\"react-erase-creator\""));
    }

    private static Task<Answer> ReactAsync(Talk talk, HttpClient member, object seq, string? kind) =>
        member.PutAsync($"{talk.Messages}/{seq}/reaction", new { kind });

    private static Task<Answer> TakeBackAsync(Talk talk, HttpClient member, object seq) =>
        member.CallAsync(HttpMethod.Delete, $"{talk.Messages}/{seq}/reaction");

    private static string Shown(Answer answer) => Shown(answer.Body!);

    private static string Shown(JsonNode message) => string.Join(
        ' ', message["reactions"]!.AsArray().Select(reaction => $"{reaction!["by"]!.ToString().Split('-')[^1]}:{reaction["kind"]}"));
}
