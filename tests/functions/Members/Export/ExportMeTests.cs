using System.Net;
using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.Tests.Functions.Members.FollowUp;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members.Export;

/// <summary>GET /api/me/export.</summary>
public sealed class ExportMeTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task It_tells_what_every_container_has_of_the_member()
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "export");
        await creator.SendAsync($"/api/invites/{id}/accept");
        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = "One from the brand" });
        await creator.SendAsync($"/api/connections/{id}/messages", new { clientId = "2", text = "Two from the creator" });
        await creator.PutAsync("/api/favourites/demo-creator", new { note = "Kept for spring", lists = new[] { "Spring" } });
        await creator.PutAsync("/api/dismissed/creator-0003", new { });
        await creator.PutAsync("/api/me/saved-texts", new { value = new[] { new { name = "Rates", text = "From 400 euros" } } });
        await creator.PutAsync("/api/blocks/demo-brand", new { });
        await creator.PutAsync("/api/me/email-preferences", new { notices = new { inviteAccepted = false } });
        await creator.SendAsync("/api/invites", new { creatorId = "creator-0001", note = "Hello there" });
        await creator.SendAsync("/api/reports", new { memberId = "creator-0002", reason = "spam", details = "Sells followers" });
        await host.DrainAsync();

        var export = await ExportAsync(creator);

        Assert.Equal(
            ("export-creator", "Mira Lund"), (export["profile"]!["id"]!.ToString(), export["profile"]!["displayName"]!.ToString()));
        Assert.Equal("export-creator@example.com", export["account"]!["email"]!.ToString());
        Assert.False((bool)export["emailPreferences"]!["notices"]!["inviteAccepted"]!);
        Assert.True((bool)export["privacy"]!["readMarks"]!);
        var favourite = Assert.Single(export["favourites"]!.AsArray())!;
        Assert.Equal(
            ("demo-creator", "Kept for spring", "Spring"),
            (favourite["creatorId"]!.ToString(), favourite["note"]!.ToString(), favourite["lists"]![0]!.ToString()));
        Assert.Equal("From 400 euros", Assert.Single(export["savedTexts"]!.AsArray())!["text"]!.ToString());
        Assert.Equal("creator-0003", Assert.Single(export["dismissed"]!.AsArray())!["creatorId"]!.ToString());
        Assert.Equal("demo-brand", Assert.Single(export["blocks"]!.AsArray())!["memberId"]!.ToString());
        var report = Assert.Single(export["reports"]!.AsArray())!;
        Assert.Equal(("creator-0002", "Sells followers"), (report["memberId"]!.ToString(), report["details"]!.ToString()));
        Assert.NotEmpty(export["limits"]!.AsArray());
        var talk = export["connections"]!.AsArray().Single(connection => connection!["id"]!.ToString() == id)!;
        Assert.Equal(("connected", "Shall we?"), (talk["contact"]!["state"]!.ToString(), talk["contact"]!["note"]!.ToString()));
        Assert.Equal(
            ["One from the brand", "Two from the creator"], talk["messages"]!.AsArray().Select(message => message!["text"]!.ToString()));
        Assert.Contains(export["connections"]!.AsArray(), connection => connection!["contact"]?["note"]?.ToString() == "Hello there");
    }

    [Theory]
    [InlineData("creator", """
        {
          "openTo": ["paid", "gifted"], "formats": ["story"], "rateFrom": { "amount": 350, "currency": "GBP" }, "leadTime": 14,
          "availableFrom": "2027-03-01", "expects": "Tell me first."
        }
        """)]
    [InlineData("brand", """{ "offers": ["paid"], "about": "We answer." }""")]
    public async Task It_has_what_to_expect_of_the_member(string kind, string terms)
    {
        var member = host.ClientFor($"terms-{kind}");
        var profile = JsonNode.Parse(terms)!.AsObject();
        (profile["kind"], profile["displayName"]) = (kind, "Terms");
        Assert.Equal(HttpStatusCode.OK, (await member.PutAsync("/api/me", profile.ToJsonString())).Status);

        var exported = (await ExportAsync(member))["profile"]!;

        Assert.All(profile, field => Assert.True(JsonNode.DeepEquals(field.Value, exported[field.Key]), field.Key));
    }

    [Fact]
    public async Task It_is_a_file_and_has_none_of_the_secrets()
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "secret");
        await host.DrainAsync();
        var linkHash =
            (await host.Services.GetRequiredService<Connections.Invites.ConnectionStore>().FindAsync(id, default))!.Value.LinkHashes[0];

        foreach (var (client, member) in new[] { (brand, "secret-brand"), (creator, "secret-creator") })
        {
            using var answer = await client.GetAsync("/api/me/export");
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("connections-export.json", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Contains(member, text, StringComparison.Ordinal);
            Assert.DoesNotContain(linkHash, text, StringComparison.Ordinal);
            Assert.DoesNotContain((await CardChangesTests.StoredAsync(host, member)).UnsubscribeKey, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_long_talk_is_whole_and_in_order()
    {
        const int Count = 230;
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "long");
        await creator.SendAsync($"/api/invites/{id}/accept");
        var messages = host.Services.GetRequiredService<MessageStore>();
        MessageDocument? last = null;
        for (var i = 1; i <= Count; i++)
        {
            last = (await messages.AppendAsync(id, new MemberId(
                "long-brand"), new MemberId("long-creator"), new($"m{i}", $"Message {i}"), ConversationEnd.Of(last), default)).Message;
        }

        var export = await ExportAsync(brand);
        var talk = Assert.Single(export["connections"]!.AsArray())!;
        Assert.Equal(Enumerable.Range(1, Count), talk["messages"]!.AsArray().Select(message => (int)message!["seq"]!));
    }

    [Fact]
    public async Task Who_is_blocked_is_not_told_and_keeps_the_talk()
    {
        var (brand, creator, id) = await CardChangesTests.InvitedAsync(host, "shut");
        await creator.SendAsync($"/api/invites/{id}/accept");
        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = "Mine to keep" });
        await host.DrainAsync();
        await creator.PutAsync("/api/blocks/shut-brand", new { });
        await host.DrainAsync();

        var export = await ExportAsync(brand);
        Assert.Empty(export["blocks"]!.AsArray());
        var talk = Assert.Single(export["connections"]!.AsArray())!;
        Assert.Null(talk["contact"]);
        Assert.Equal("Mine to keep", Assert.Single(talk["messages"]!.AsArray())!["text"]!.ToString());
        Assert.DoesNotContain("Mira Lund", export.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_member_gets_it()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.AnonymousClient().ReadAsync("/api/me/export")).Status);
        var client = host.ClientFor("leaver");
        await client.BecomeBrandAsync();
        await client.CallAsync(HttpMethod.Delete, "/api/me");
        Assert.Equal("profile-erased", (await client.ReadAsync("/api/me/export")).Problem);
    }

    private static async Task<JsonNode> ExportAsync(HttpClient client)
    {
        var answer = await client.ReadAsync("/api/me/export");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body!;
    }
}
