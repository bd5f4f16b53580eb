using System.Net;
using System.Text.Json.Nodes;
using Connections.Changes;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Tests.Functions.Chat;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Changes;

/// <summary>What an app learns that was away.</summary>
public sealed partial class ListChangesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    // So long that every row is settled, and no message is new any more by its time alone.
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_app_that_was_away_learns_of_a_new_message_an_edit_a_deletion_a_read_mark_and_the_end()
    {
        var (talk, phone) = await SleepingAsync("all");
        await talk.SayAsync(talk.Brand, "Four");
        await talk.EditAsync(talk.Brand, 1, "One!");
        await talk.DeleteAsync(talk.Brand, 2);
        await talk.Brand.PutAsync($"{talk.Path}/read", new { seq = 3 });
        await talk.RemoveAsync();
        await host.DrainAsync();

        var change = Assert.Single(await phone.CatchUpAsync());

        Assert.Equal("removed", change["contact"]!["state"]!.ToString());
        Assert.Equal(3, (long)change["contact"]!["otherReadSeq"]!);
        Assert.Equal(
            ["1 One!", "2 deleted", "4 Four"],
            change["messages"]!.AsArray().Select(m => $"{m!["seq"]} {(m["deleted"] is null ? m["text"]! : "deleted")}"));
        Assert.Equal(0, phone.Unread);
        Assert.Empty(await phone.CatchUpAsync());
    }

    [Fact]
    public async Task A_message_that_is_the_only_new_one_comes_whole_from_the_row()
    {
        var (talk, phone) = await SleepingAsync("one");
        var sent = await talk.SayAsync(talk.Brand, "Only this");
        var edited = await talk.EditAsync(talk.Brand, 4, "Only that");
        await host.DrainAsync();
        host.Pass(Away);
        await phone.CatchUpAsync();
        Assert.Equal(edited.Body!.ToJsonString(), phone.Messages[talk.Id][4].ToJsonString());

        var last = await talk.SayAsync(talk.Brand, "And this");
        await host.DrainAsync();

        var change = Assert.Single(await phone.CatchUpAsync());
        Assert.Equal(last.Body!.ToJsonString(), Assert.Single(change["messages"]!.AsArray())!.ToJsonString());
        Assert.NotEqual(sent["text"].ToString(), edited["text"].ToString());
        Assert.Equal(5, phone.Unread);
    }

    [Fact]
    public async Task A_row_that_changed_without_its_messages_comes_without_messages()
    {
        var (talk, phone) = await SleepingAsync("card");
        await talk.Brand.PutAsync("/api/me", new { kind = "brand", displayName = "Another name", organisation = "Another name" });
        await host.DrainAsync();

        var change = Assert.Single(await phone.CatchUpAsync());

        Assert.Equal("Another name", change["contact"]!["other"]!["displayName"]!.ToString());
        Assert.Empty(change["messages"]!.AsArray());
    }

    [Fact]
    public async Task Past_a_hundred_changed_messages_there_is_a_mark_instead()
    {
        var (talk, phone) = await SleepingAsync("many");
        await talk.FillAsync(ChangeReader.MaxMessages);
        await host.DrainAsync();
        Assert.Equal(ChangeReader.MaxMessages, Assert.Single(await phone.CatchUpAsync())["messages"]!.AsArray().Count);

        host.Pass(Away);
        await talk.FillAsync(ChangeReader.MaxMessages + 1);
        await host.DrainAsync();

        var change = Assert.Single(await phone.CatchUpAsync());
        Assert.True((bool)change["hasMore"]!);
        Assert.Empty(change["messages"]!.AsArray());
        Assert.Equal(3 + (2 * ChangeReader.MaxMessages) + 1, phone.Messages[talk.Id].Count);
    }

    [Fact]
    public async Task The_answer_with_nothing_new_is_the_same_again_and_304_for_its_ETag()
    {
        var (talk, phone) = await SleepingAsync("same");
        var first = await talk.Creator.ReadAsync($"/api/changes?since={phone.Next}");
        Assert.Equal(phone.Next, first["next"].ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/changes?since={phone.Next}");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        using var second = await talk.Creator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_block_looks_like_a_removal_and_one_before_any_invite_like_nothing()
    {
        var (removed, phoneOfRemoved) = await SleepingAsync("removed");
        var (blocked, phoneOfBlocked) = await SleepingAsync("blocked");
        await removed.RemoveAsync();
        await blocked.Brand.PutAsync($"/api/blocks/{blocked.CreatorId}", new { });
        await host.DrainAsync();

        var (one, other) = (Assert.Single(await phoneOfRemoved.CatchUpAsync()), Assert.Single(await phoneOfBlocked.CatchUpAsync()));
        Assert.Equal(Shape(one), Shape(other));

        await host.ClientFor("never").BecomeCreatorAsync();
        var never = new Phone(() => host.ClientFor("never"));
        await never.StartAsync();
        var token = never.Next;
        Assert.Equal(HttpStatusCode.NoContent, (await removed.Brand.PutAsync("/api/blocks/never", new { })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.ClientFor("never").PutAsync("/api/blocks/nobody", new { })).Status);
        await host.DrainAsync();
        Assert.Empty(await never.CatchUpAsync());
        Assert.Equal(token, never.Next);

        // The states and names of its fields, without ids, names and times.
        static string Shape(JsonNode change) => string.Join(
            ' ',
            change["contact"]!.AsObject().Select(field => field.Key)
                .Append(change["contact"]!["state"]!.ToString()).Append($"{change["messages"]!.AsArray().Count}"));
    }

    [Fact]
    public async Task What_was_hidden_by_a_block_is_read_again_when_it_is_lifted()
    {
        var (talk, phone) = await SleepingAsync("hidden");
        await talk.EditAsync(talk.Brand, 1, "Not seen before the block");
        await talk.Brand.PutAsync($"/api/blocks/{talk.CreatorId}", new { });
        await host.DrainAsync();
        host.Pass(Away);
        Assert.Empty(Assert.Single(await phone.CatchUpAsync())["messages"]!.AsArray());
        host.Pass(Away);
        await talk.Brand.CallAsync(HttpMethod.Delete, $"/api/blocks/{talk.CreatorId}");
        await host.DrainAsync();

        Assert.True((bool)Assert.Single(await phone.CatchUpAsync())["hasMore"]!);
        Assert.Equal("Not seen before the block", phone.Messages[talk.Id][1]["text"]!.ToString());
    }

    [Fact]
    public async Task The_messages_of_an_erased_profile_are_to_be_dropped()
    {
        var (talk, phone) = await SleepingAsync("erased");
        Assert.Equal(3, phone.Messages[talk.Id].Count);
        await talk.Brand.CallAsync(HttpMethod.Delete, "/api/me");
        await host.DrainAsync();

        var change = Assert.Single(await phone.CatchUpAsync());

        Assert.Equal(3, (long)change["erasedSeq"]!);
        Assert.Null(change["contact"]!["lastMessage"]);
        Assert.Empty(phone.Messages[talk.Id]);
    }

    [Fact]
    public async Task A_row_that_says_that_it_was_late_leads_back_to_what_it_was_late_with()
    {
        var (talk, phone) = await SleepingAsync("late");
        // An edit whose call dies before it shows the edit, while the app learns of something later.
        var store = host.Services.GetRequiredService<MessageStore>();
        var read = await store.FindForChangeAsync(talk.Id, 1, default);
        var at = host.Services.GetRequiredService<TimeProvider>().Now();
        await store.ChangeAsync(
            read!, message => new MessageChange.Changed(message with { Text = "Late", Revision = 1, ChangedAt = at }), default);
        host.Pass(Away);
        await talk.SayAsync(talk.Brand, "Later");
        await phone.CatchUpAsync();
        host.Pass(Away);

        await host.DrainAsync();

        await phone.CatchUpAsync();
        Assert.Equal("Late", phone.Messages[talk.Id][1]["text"]!.ToString());
    }

    [Fact]
    public async Task A_token_holds_for_thirty_days_and_for_one_profile()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        // A client's own token does not hold for a month.
        HttpClient Phone() => own.ClientFor("phone");
        await Phone().BecomeCreatorAsync();
        var token = (await Phone().ReadAsync("/api/changes"))["next"].ToString();
        own.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(2));
        Assert.Null((await Phone().ReadAsync($"/api/changes?since={token}")).Problem);
        own.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal("changes-expired", (await Phone().ReadAsync($"/api/changes?since={token}")).Problem);

        token = (await Phone().ReadAsync("/api/changes"))["next"].ToString();
        own.Pass(TimeSpan.FromMinutes(2));
        await Phone().CallAsync(HttpMethod.Delete, "/api/me");
        await own.DrainAsync();
        await Phone().BecomeCreatorAsync();
        Assert.Equal("changes-expired", (await Phone().ReadAsync($"/api/changes?since={token}")).Problem);
        token = (await Phone().ReadAsync("/api/changes"))["next"].ToString();
        Assert.Null((await Phone().ReadAsync($"/api/changes?since={token}")).Problem);
    }

    [Fact]
    public async Task A_token_that_is_not_the_caller_s_is_refused()
    {
        var (talk, phone) = await SleepingAsync("tokens");
        var now = host.Services.GetRequiredService<TimeProvider>().Now();
        foreach (var wrong in new[] { "", "nonsense", phone.Next[..^2], ChangesToken.Of(now, 0).Write(new MemberId(talk.BrandId)) })
        {
            var answer = await talk.Creator.ReadAsync($"/api/changes?since={wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.NotNull(answer["errors"]["since"]);
        }

        Assert.NotNull((await talk.Creator.ReadAsync($"/api/changes?continuation={phone.Next}"))["errors"]["continuation"]);
    }

    [Fact]
    public async Task The_unread_total_counts_what_rows_of_before_it_was_marked_have()
    {
        var (talk, phone) = await SleepingAsync("legacy");
        var contacts = host.Services.GetRequiredService<Containers>().Contacts;
        await contacts.PatchItemAsync<object>(
            talk.Id, new PartitionKey(talk.CreatorId), [PatchOperation.Remove("/hasUnread")], cancellationToken: default);

        Assert.Equal(3, (long)(await talk.Creator.ReadAsync("/api/changes"))["unread"]);
        Assert.Equal(3, phone.Unread);
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 2 });
        Assert.Equal(1, (long)(await talk.Creator.ReadAsync("/api/changes"))["unread"]);
    }

    /// <summary>A talk with three messages of the brand, and the creator's phone, which has slept since.</summary>
    private async Task<(Talk Talk, Phone Phone)> SleepingAsync(string name)
    {
        var talk = await Talk.BeginAsync(host, $"changes-{name}");
        foreach (var text in new[] { "One", "Two", "Three" })
        {
            await talk.SayAsync(talk.Brand, text);
        }

        await host.DrainAsync();
        host.Pass(Away);
        var phone = new Phone(() => talk.Creator);
        await phone.StartAsync();
        Assert.Empty(await phone.CatchUpAsync());
        // Less than a message can be edited after it was sent.
        host.Pass(Away);
        return (talk, phone);
    }
}
