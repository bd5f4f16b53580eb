using Connections.Members;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Connections.Tests.Functions;

/// <summary>The number of database requests of each call, which does not depend on the number of
/// members, connections and messages.</summary>
public sealed class DatabaseRequestsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly RequestLog _log = new();
    private readonly ManualTime _time = new(DateTimeOffset.UtcNow);
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() =>
        _host = await _log.StartHostWithoutTriggersAsync(change: o => o with { Creators = 50, Time = _time });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_call_sends_these_requests_and_no_more()
    {
        var brand = _host.ClientFor("brand");
        var creator = _host.ClientFor("creator");
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        foreach (var other in new[] { "declines", "revoked" })
        {
            await _host.ClientFor(other).BecomeCreatorAsync(other, other);
            await brand.SendAsync("/api/invites", new { creatorId = other });
        }

        // The creator, the connection of the two, the cap (counted with the first favourite), the favourite.
        await CostsAsync(
            "mark the first favourite",
            () => brand.PutAsync("/api/favourites/creator", new { }),
            "members",
            "contacts",
            "contacts",
            "favourites",
            "contacts",
            "favourites");
        await CostsAsync(
            "mark a favourite",
            () => brand.PutAsync("/api/favourites/demo-creator", new { }),
            "members",
            "contacts",
            "contacts",
            "favourites");
        await CostsAsync(
            "mark it again",
            () => brand.PutAsync("/api/favourites/demo-creator", new { }),
            "members",
            "contacts",
            "contacts",
            "favourites",
            "contacts");
        // The mark, what the caller may see of the creator, and the mark again.
        await CostsAsync(
            "write a note",
            () => brand.PutAsync("/api/favourites/demo-creator", new { note = "Warm" }),
            "favourites",
            "members",
            "contacts",
            "favourites",
            "favourites");
        // Before the write, how the names of the member's lists are spelled.
        await CostsAsync(
            "put into a list",
            () => brand.PutAsync("/api/favourites/demo-creator", new { lists = new[] { "Spring" } }),
            "favourites",
            "members",
            "contacts",
            "favourites",
            "favourites",
            "favourites");
        await CostsAsync("read a note", () => brand.ReadAsync("/api/favourites/demo-creator"), "members", "contacts", "favourites");
        await CostsAsync("lists", () => brand.ReadAsync("/api/favourite-lists"), "favourites");
        await CostsAsync("take a mark away", () => brand.CallAsync(HttpMethod.Delete, "/api/favourites/creator"), "favourites", "contacts");
        await CostsAsync("take away what is not marked", () => brand.CallAsync(HttpMethod.Delete, "/api/favourites/creator"), "favourites");

        await CostsAsync("explore", () => brand.ReadAsync("/api/creators?limit=5"), "members", "contacts", "favourites");
        await CostsAsync(
            "explore, words and filters",
            () => brand.ReadAsync("/api/creators?q=slow&language=en&sort=newest&limit=100"),
            "members",
            "contacts",
            "favourites");
        await CostsAsync("explore, nothing found", () => brand.ReadAsync("/api/creators?q=nobodyhasthisword"), "members");
        await CostsAsync("creator", () => brand.ReadAsync("/api/creators/demo-creator"), "members", "contacts", "favourites");
        await CostsAsync("favourites", () => brand.ReadAsync("/api/favourites"), "favourites", "members", "contacts", "favourites");
        await CostsAsync(
            "put the first creator away",
            () => brand.PutAsync("/api/dismissed/demo-creator", new { }),
            "members",
            "contacts",
            "contacts",
            "favourites",
            "contacts",
            "favourites");
        await CostsAsync("put away", () => brand.ReadAsync("/api/dismissed"), "favourites", "members", "contacts", "favourites");
        await CostsAsync("take back", () => brand.CallAsync(HttpMethod.Delete, "/api/dismissed/demo-creator"), "favourites", "contacts");
        await brand.ReadAsync("/api/creators/facets");
        await CostsAsync("facets", () => brand.ReadAsync("/api/creators/facets"), "members");
        // The stored counts, the members hidden from the caller, those whom the caller has put away, and the creators who match all but one
        // list of the filter.
        await CostsAsync(
            "facets of a filter",
            () => brand.ReadAsync("/api/creators/facets?q=slow&category=travel"),
            "members",
            "favourites",
            "contacts",
            "members");
        await CostsAsync("me", () => brand.ReadAsync("/api/me"), "members");

        await CostsAsync("email", () => brand.ReadAsync("/api/me/email"), "members");
        // The member, the day's permit (made with the first), the member.
        await CostsAsync(
            "another email, the first",
            () => brand.PutAsync("/api/me/email", new { email = "brand@example.net" }),
            "members",
            "contacts",
            "contacts",
            "members");

        // Both profiles and the record in parallel, the daily allowance, the record, both rows.
        var invited = await CostsAsync(
            "invite",
            () => brand.SendAsync("/api/invites", new { creatorId = "creator" }),
            "members",
            "members",
            "connections",
            "contacts",
            "connections",
            "contacts",
            "contacts");
        var id = invited["id"].ToString();
        await CostsAsync(
            "accept, before the change feed",
            () => creator.SendAsync($"/api/invites/{id}/accept"),
            "connections",
            "connections",
            "contacts");
        await CostsAsync("accept again", () => creator.SendAsync($"/api/invites/{id}/accept"), "connections", "contacts", "contacts");
        var declines = await IdOfAsync(brand, "declines");
        await CostsAsync(
            "decline",
            () => _host.ClientFor("declines").SendAsync($"/api/invites/{declines}/decline"),
            "connections",
            "connections",
            "contacts");
        var revoked = await IdOfAsync(brand, "revoked");
        await CostsAsync(
            "revoke", () => brand.CallAsync(HttpMethod.Delete, $"/api/invites/{revoked}"), "connections", "connections", "contacts");

        await CostsAsync("invites", () => brand.ReadAsync("/api/invites?direction=sent"), "contacts");
        await CostsAsync("connections", () => creator.ReadAsync("/api/connections"), "contacts");
        await CostsAsync("ended connections", () => creator.ReadAsync("/api/connections?state=ended"), "contacts");
        await CostsAsync("unread total", () => creator.ReadAsync("/api/connections/unread"), "contacts");
        await CostsAsync("two connections", () => creator.ReadAsync($"/api/connections?id={id}&id={declines}"), "contacts");
        await CostsAsync("connection", () => creator.ReadAsync($"/api/connections/{id}"), "contacts");
        // The unread total, and, as the demo has a suspended member, the invites that wait for the end of a suspension.
        var since = (await CostsAsync("a token for changes", () => creator.ReadAsync("/api/changes"), "contacts", "contacts"))["next"]
            .ToString();

        // The caller's row, the message, both rows. The creator's row is that of the accept, the brand's is behind: it takes the record.
        await CostsAsync(
            "send, before the change feed",
            () => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = "One" }),
            "contacts",
            "connections",
            "contacts",
            "messages",
            "contacts",
            "contacts");
        await CostsAsync(
            "send",
            () => creator.SendAsync($"/api/connections/{id}/messages", new { clientId = "2", text = "Two" }),
            "contacts",
            "messages",
            "contacts",
            "contacts");
        await CostsAsync(
            "answer at once",
            () => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "3", text = "Three" }),
            "contacts",
            "messages",
            "contacts",
            "contacts");
        await CostsAsync(
            "send again", () => brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "3", text = "Three" }),
            "contacts", "messages", "messages", "messages", "contacts", "contacts");
        // The caller's row and the earlier message in parallel; the message; both rows.
        await CostsAsync(
            "edit",
            () => brand.CallAsync(HttpMethod.Patch, $"/api/connections/{id}/messages/3", new { text = "Three!" }),
            "contacts",
            "messages",
            "messages",
            "contacts",
            "contacts");
        await CostsAsync(
            "edit to the same",
            () => brand.CallAsync(HttpMethod.Patch, $"/api/connections/{id}/messages/3", new { text = "Three!" }),
            "contacts",
            "messages",
            "contacts",
            "contacts");
        // The recipient had not read it, so their row is read and notes it.
        await CostsAsync(
            "delete",
            () => brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/3"),
            "contacts",
            "messages",
            "messages",
            "contacts",
            "contacts",
            "contacts",
            "contacts");
        // The rows and the unread total, and of the conversation, of which more than the last message changed, its messages. Nothing new is
        // one request.
        since = (await CostsAsync(
            "changes", () => creator.ReadAsync($"/api/changes?since={since}"), "contacts", "contacts", "messages"))["next"].ToString();
        await CostsAsync("changes, nothing new", () => creator.ReadAsync($"/api/changes?since={since}"), "contacts");
        await CostsAsync("typing", () => brand.SendAsync($"/api/connections/{id}/typing"), "contacts");
        await CostsAsync("presence", () => brand.ReadAsync($"/api/connections/{id}/presence"), "contacts");
        await CostsAsync("history", () => brand.ReadAsync($"/api/connections/{id}/messages"), "connections", "messages");
        await CostsAsync("fill a gap", () => brand.ReadAsync($"/api/connections/{id}/messages?after=1"), "connections", "messages");
        await CostsAsync("search", () => brand.ReadAsync($"/api/connections/{id}/messages?q=one"), "connections", "messages");
        // The reader's row, the mark in it, the other's row; and the message, where the mark is not at the last one.
        await CostsAsync(
            "read mark in the middle",
            () => brand.PutAsync($"/api/connections/{id}/read", new { seq = 2 }),
            "contacts",
            "messages",
            "contacts",
            "contacts");
        await CostsAsync(
            "read mark", () => brand.PutAsync($"/api/connections/{id}/read", new { seq = 3 }), "contacts", "contacts", "contacts");
        // The caller's row and the flags in it; a pin takes room first, and the first one counts what is there.
        Task<Answer> StandAsync(object how) => brand.PutAsync($"/api/connections/{id}/inbox", how);
        await CostsAsync("mute", () => StandAsync(new { muted = true }), "contacts", "contacts");
        await CostsAsync("mute again", () => StandAsync(new { muted = true }), "contacts");
        await CostsAsync("mark as unread", () => StandAsync(new { markedUnread = true }), "contacts", "contacts");
        await CostsAsync(
            "read again", () => brand.PutAsync($"/api/connections/{id}/read", new { seq = 3 }), "contacts", "contacts", "contacts");
        await CostsAsync("first pin", () => StandAsync(new { pinned = true }), "contacts", "contacts", "contacts", "contacts", "contacts");
        await CostsAsync("unpin", () => StandAsync(new { pinned = false }), "contacts", "contacts", "contacts");
        await CostsAsync("pin", () => StandAsync(new { pinned = true }), "contacts", "contacts", "contacts");
        await CostsAsync("pinned", () => brand.ReadAsync("/api/connections?show=pinned"), "contacts");
        await CostsAsync("archive", () => StandAsync(new { archived = true }), "contacts", "contacts", "contacts");
        await CostsAsync("archived", () => brand.ReadAsync("/api/connections?show=archived"), "contacts");
        await CostsAsync("unread", () => brand.ReadAsync("/api/connections?show=unread"), "contacts");
        // The caller's row; each message; both rows.
        var batch = new { messages = Enumerable.Range(4, 3).Select(i => new { clientId = $"{i}", text = $"Message {i}" }) };
        await CostsAsync(
            "send three at once",
            () => brand.SendAsync($"/api/connections/{id}/messages/batch", batch),
            "contacts",
            "messages",
            "messages",
            "messages",
            "contacts",
            "contacts");
        // The first is found to be there, and then the others together; both rows are read.
        await CostsAsync(
            "send the three again",
            () => brand.SendAsync($"/api/connections/{id}/messages/batch", batch),
            "contacts",
            "messages",
            "messages",
            "messages",
            "messages",
            "contacts",
            "contacts");
        // The caller's row and the message in parallel; the message; both rows.
        var reaction = $"/api/connections/{id}/messages/6/reaction";
        await CostsAsync(
            "react", () => creator.PutAsync(reaction, new { kind = "heart" }), "contacts", "messages", "messages", "contacts", "contacts");
        await CostsAsync(
            "react the same again",
            () => creator.PutAsync(reaction, new { kind = "heart" }),
            "contacts",
            "messages",
            "contacts",
            "contacts");
        // As a send, and the message that it quotes.
        await CostsAsync(
            "send with a quote",
            () => creator.SendAsync($"/api/connections/{id}/messages", new { clientId = "7", text = "Seven", replyTo = 1 }),
            "contacts",
            "messages",
            "messages",
            "contacts",
            "contacts");
        // The page has what it quotes; a shorter one takes the quoted message.
        await CostsAsync("history with a quote", () => brand.ReadAsync($"/api/connections/{id}/messages"), "connections", "messages");
        await CostsAsync(
            "a page with a quote",
            () => brand.ReadAsync($"/api/connections/{id}/messages?limit=2"),
            "connections",
            "messages",
            "messages");
        await CostsAsync(
            "remove",
            () => brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}"),
            "connections",
            "connections",
            "contacts",
            "contacts");
        await CostsAsync(
            "history of an ended connection", () => creator.ReadAsync($"/api/connections/{id}/messages"), "connections", "messages");

        // The room for one more (counted with the first), the other's profile, the record, both rows and the own list, each looked at
        // first: as many for whomever it is.
        await CostsAsync(
            "block a contact", () => creator.PutAsync("/api/blocks/brand", new { }),
            "contacts",
            "blocks",
            "contacts",
            "members",
            "connections",
            "connections",
            "contacts",
            "contacts",
            "contacts",
            "contacts",
            "blocks",
            "blocks");
        await CostsAsync("blocks", () => creator.ReadAsync("/api/blocks"), "blocks", "contacts");
        await CostsAsync("lift a block", () => creator.CallAsync(
            HttpMethod.Delete, "/api/blocks/brand"), "connections", "connections", "contacts", "contacts", "blocks", "blocks", "contacts");

        // Both profiles, the day's permit (made with the first report), the report, and that its mail is queued.
        await CostsAsync(
            "report a member, the first",
            () => brand.SendAsync("/api/reports", new { memberId = "creator", reason = "spam" }),
            "members",
            "members",
            "contacts",
            "contacts",
            "reports",
            "reports");
        await CostsAsync(
            "report a message",
            () => brand.SendAsync("/api/reports", new { connectionId = id, seq = 2, reason = "spam" }),
            "connections",
            "messages",
            "members",
            "members",
            "contacts",
            "reports",
            "reports");
        await CostsAsync("realtime access", () => brand.SendAsync("/api/realtime/access"), "members");

        // The profile, favourites, creators put away, saved texts, blocks, files, reports, decisions, counters and rows, and of each talk
        // as many pages as it has and one that has no more.
        await CostsAsync("export, one talk", () => creator.ReadAsync(
            "/api/me/export"),
            "members", "favourites", "favourites", "favourites", "blocks", "files", "reports", "audit", "contacts", "contacts",
            "messages", "messages");
        await CostsAsync("erase", () => creator.CallAsync(HttpMethod.Delete, "/api/me"), "members", "members");
    }

    /// <summary>A call looks whether the caller is still there: half a minute is remembered, and a call that reads the
    /// caller's document itself counts.</summary>
    [Fact]
    public async Task A_member_s_first_call_in_half_a_minute_sends_one_request_more()
    {
        var brand = _host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await CostsAsync("just after another call", () => brand.ReadAsync("/api/connections"), "contacts");

        _time.Advance(CallerGate.RememberFor);
        await CostsAsync("the first in half a minute", () => brand.ReadAsync("/api/connections"), "members", "contacts");
        await CostsAsync("the second", () => brand.ReadAsync("/api/connections"), "contacts");

        _time.Advance(CallerGate.RememberFor);
        await CostsAsync("me", () => brand.ReadAsync("/api/me"), "members");
        await CostsAsync("just after it", () => brand.ReadAsync("/api/connections"), "contacts");
    }

    private static async Task<string> IdOfAsync(HttpClient brand, string creator) =>
        (await brand.ReadAsync("/api/invites?direction=sent"))["value"]
            .AsArray().Single(c => c!["other"]!["id"]!.ToString() == creator)!["id"]!.ToString();

    private async Task<Answer> CostsAsync(string call, Func<Task<Answer>> make, params string[] containers)
    {
        _log.Clear();
        var answer = await make();
        var sent = _log.Sent.Select(request => request.Container).ToArray();
        output.WriteLine($"{call,-32} {sent.Length}  {string.Join(", ", sent)}");
        Assert.Null(answer.Problem);
        Assert.Equal(containers.Order(), sent.Order());
        return answer;
    }
}
