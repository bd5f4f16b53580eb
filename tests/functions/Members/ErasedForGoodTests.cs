using System.Net;
using System.Text.Json.Nodes;
using Connections.Cosmos;
using Connections.Emulators.Queues;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>Nothing of an erased profile and of its member's texts remains visible to any member, even after the member returns.</summary>
public sealed class ErasedForGoodTests
{
    private static readonly string[] Lists =
    [
        "/api/favourites", "/api/dismissed", "/api/invites?direction=sent", "/api/invites?direction=received", "/api/connections",
        "/api/blocks",
    ];

    [Fact]
    public async Task Nothing_of_it_is_stored_in_any_container_and_nothing_is_sent()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var life = new FormerLife(host, "m");
        await life.LiveAsync();
        await host.DrainAsync();
        Assert.Equal(
            ["connections", "contacts", "favourites", "members", "messages", "reports"],
            (await FormerLife.DocumentsAsync(host)).Where(IsMarked).Select(one => one.Container).Distinct().Order());
        var mails = (await host.OutboxAsync()).Count;

        await life.EndAsync();

        Assert.Equal(
            [], (await FormerLife.DocumentsAsync(host)).Where(IsMarked).Select(one => $"{one.Container}: {one.Document.ToJsonString()}"));
        Assert.Equal(mails, (await host.OutboxAsync()).Count);
        var queue = host.Services.GetRequiredService<LocalQueue>();
        Assert.Equal((0, 0), (await queue.CountAsync(INoticeQueue.PoisonName, default), await DueAsync()));

        // The texts of other members stay.
        var kept = await life.Other("talk").ReadAsync("/api/me/export");
        var talk = Assert.Single(kept["connections"]!.AsArray())!;
        Assert.Equal(["kindly 1", "kindly 2"], talk["messages"]!.AsArray().Select(message => message!["text"]!.ToString()));

        // Of what happened between the two, support still finds who reported whom, and why.
        var reports = (await FormerLife.DocumentsAsync(host)).Where(one => one.Container == "reports").Select(one => one.Document).ToList();
        Assert.Equal(4, reports.Count);
        Assert.All(reports, report => Assert.Equal("spam", report["reason"]!.ToString()));

        async Task<int> DueAsync() => (await FormerLife.DocumentsAsync(host)).Count(one => one.Document["owedSince"] is not null);
    }

    [Fact]
    public async Task Who_comes_back_finds_nothing_of_before_and_others_a_former_member()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var life = new FormerLife(host, "m");
        await life.LiveAsync();
        await life.EndAsync();
        await life.ComeBackAsync();

        var export = await life.Member.ReadAsync("/api/me/export");
        foreach (var list in new[] { "favourites", "dismissed", "savedTexts", "blocks", "reports", "connections" })
        {
            Assert.Empty(export[list]!.AsArray());
        }

        Assert.DoesNotContain(FormerLife.Theirs, export.Body!.ToJsonString(), StringComparison.Ordinal);
        foreach (var list in Lists)
        {
            Assert.Empty((await life.Member.ReadAsync(list))["value"].AsArray());
        }

        foreach (var relation in FormerLife.Relations)
        {
            Assert.Equal("not-found", (await life.Member.ReadAsync(life.PathWith(relation))).Problem);
            Assert.NotEqual(HttpStatusCode.OK, (await life.Member.ReadAsync(life.PathWith(relation, "/messages"))).Status);
            await SeesFormerMemberAsync(life.Other(relation), life.PathWith(relation));
        }

        // Blocks of the member stay; the member's own blocks are lifted.
        foreach (var (relation, seen) in new[]
        {
            ("blocked", HttpStatusCode.NotFound), ("both", HttpStatusCode.NotFound), ("blocks", HttpStatusCode.OK),
            ("talk", HttpStatusCode.OK),
        })
        {
            Assert.Equal((relation, seen), (relation, (await life.Member.ReadAsync($"/api/creators/{life.OtherId(relation)}")).Status));
        }

        Assert.Equal("Former member", Assert.Single(
            (await life.Other("blocked").ReadAsync("/api/blocks"))["value"].AsArray())!["member"]!["displayName"]!.ToString());

        // Erasing a profile does not shorten the lock after a failed invite.
        foreach (var relation in new[] { "sent", "declined" })
        {
            Assert.Equal(
                (relation, "invite-locked"),
                (relation, (await life.Member.SendAsync("/api/invites", new { creatorId = life.OtherId(relation) })).Problem));
        }

        Assert.Equal("invite-locked", (await life.Other("declining").SendAsync("/api/invites", new { creatorId = "m" })).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_who_meet_again_begin_anew(bool memberInvites)
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var life = new FormerLife(host, "m");
        await life.LiveAsync();
        await life.EndAsync();
        await life.ComeBackAsync();
        var (member, other, path) = (life.Member, life.Other("talk"), life.PathWith("talk"));
        var (inviter, invitee, inviteeId) = memberInvites ? (member, other, life.OtherId("talk")) : (other, member, "m");
        await using var live = await LiveClient.OpenAsync(other);

        var invited = await FormerLife.DoneAsync(inviter.SendAsync("/api/invites", new { creatorId = inviteeId }));
        Assert.Equal(memberInvites ? "Other talk" : "Newborn", invited["other"]["displayName"]!.ToString());
        await live.EventAsync(e =>
            e["type"]!.ToString() == "connection.changed" && e["contact"]!["state"]!.ToString() == "pending"
                && e["contact"]!["other"]!["displayName"]!.ToString() == "Newborn");
        await FormerLife.DoneAsync(invitee.SendAsync($"/api/invites/{life.ConnectionWith("talk")}/accept"));
        await host.DrainAsync();

        foreach (var side in new[] { member, other })
        {
            var contact = (await FormerLife.DoneAsync(side.ReadAsync(path))).Body!;
            Assert.Equal((null, 0, null), (contact["lastMessage"], (int)contact["unread"]!, contact["note"]));
            Assert.Empty((await side.ReadAsync($"{path}/messages"))["value"].AsArray());
            Assert.Empty((await side.ReadAsync($"{path}/messages?after=0"))["value"].AsArray());
            Assert.Empty((await side.ReadAsync($"{path}/messages?before=4"))["value"].AsArray());
            for (var seq = 1; seq <= 4; seq++)
            {
                Assert.Equal(
                    "not-found", (await side.CallAsync(HttpMethod.Patch, $"{path}/messages/{seq}", new { text = "Again" })).Problem);
                Assert.Equal("not-found", (await side.CallAsync(HttpMethod.Delete, $"{path}/messages/{seq}")).Problem);
                Assert.Equal("not-found", (await side.SendAsync(
                    "/api/reports", new { connectionId = life.ConnectionWith("talk"), seq, reason = "spam" })).Problem);
            }
        }

        // An earlier client id belongs to the earlier message.
        Assert.Equal(HttpStatusCode.Created, (await member.SendAsync($"{path}/messages", new { clientId = "1", text = "Anew" })).Status);
        var second = await other.SendAsync($"{path}/messages", new { clientId = "1", text = "Welcome" });
        Assert.Equal((HttpStatusCode.Created, 6), (second.Status, (int)second["seq"]));
        await host.DrainAsync();
        foreach (var side in new[] { member, other })
        {
            var contact = (await side.ReadAsync(path)).Body!;
            Assert.Equal(("Welcome", 1), (contact["lastMessage"]!["text"]!.ToString(), (int)contact["unread"]!));
            Assert.Equal(["Welcome", "Anew"], await TextsAsync(side, $"{path}/messages"));
            Assert.Equal(["Anew", "Welcome"], await TextsAsync(side, $"{path}/messages?after=0"));
            Assert.Equal(["Welcome", "Anew"], await TextsAsync(side, $"{path}/messages?limit=1"));
        }

        Assert.Equal(0, (int)(await member.PutAsync($"{path}/read", new { seq = 6 }))["unread"]);
        Assert.Equal(["Anew", "Welcome"], ExportedTexts(await member.ReadAsync("/api/me/export"), life.ConnectionWith("talk")));
        Assert.Equal(["kindly 1", "kindly 2", "Anew", "Welcome"], ExportedTexts(
            await other.ReadAsync("/api/me/export"), life.ConnectionWith("talk")));
    }

    [Fact]
    public async Task Open_sockets_are_closed()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var member = host.ClientFor("m");
        await member.BecomeBrandAsync();
        await using var one = await LiveClient.OpenAsync(member);
        await using var another = await LiveClient.OpenAsync(member);

        await member.CallAsync(HttpMethod.Delete, "/api/me");

        await one.ClosedAsync();
        await another.ClosedAsync();
        Assert.Equal("profile-erased", (await member.SendAsync("/api/realtime/access")).Problem);
    }

    private static bool IsMarked((string Container, JsonNode Document) one) =>
        one.Document.ToJsonString().Contains(FormerLife.Mark, StringComparison.OrdinalIgnoreCase);

    private static async Task SeesFormerMemberAsync(HttpClient other, string path)
    {
        var seen = await other.ReadAsync(path);
        Assert.Equal("Former member", seen["other"]["displayName"]!.ToString());
        Assert.Equal((null, 0), (seen.Body!["lastMessage"], (int)seen["unread"]));
        var messages = await other.ReadAsync($"{path}/messages");
        Assert.True(messages.Problem is "not-connected" || messages["value"].AsArray().Count == 0, messages.Body!.ToJsonString());
    }

    private static async Task<string[]> TextsAsync(HttpClient side, string path)
    {
        var texts = new List<string>();
        for (string? next = path; next is not null;)
        {
            var page = await side.ReadAsync(next);
            texts.AddRange(page["value"].AsArray().Select(message => message!["text"]!.ToString()));
            next = page.Body!["nextLink"]?.ToString();
        }

        return [.. texts];
    }

    private static IEnumerable<string> ExportedTexts(Answer export, string connection) =>
        export["connections"].AsArray().Single(one => one!["id"]!.ToString() == connection)!["messages"]!
            .AsArray().Select(message => message!["text"]!.ToString());
}
