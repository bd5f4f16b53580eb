using System.Net;
using System.Text.Json.Nodes;
using Connections.FollowUp;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>Privacy: who hides their read marks or when they are online shows them to nobody, and sees nobody's.</summary>
public sealed class PrivacyTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Path = "/api/me/privacy";

    [Fact]
    public async Task Everything_is_shown_until_the_member_says_otherwise_and_what_is_left_out_stays()
    {
        var member = host.ClientFor("privacy-own");
        await member.BecomeBrandAsync();
        Assert.Equal("""{"readMarks":true,"online":true}""", (await member.ReadAsync(Path)).Body!.ToJsonString());
        foreach (var (change, expected) in new (object Change, string Expected)[]
        {
            (new { readMarks = false }, """{"readMarks":false,"online":true}"""),
            (new { online = false }, """{"readMarks":false,"online":false}"""),
            (new { online = false }, """{"readMarks":false,"online":false}"""),
        })
        {
            Assert.Equal(expected, (await member.PutAsync(Path, change)).Body!.ToJsonString());
        }

        var refused = await member.PutAsync(Path, new { online = "no" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("invalid-input", (await member.PutAsync(Path, new { })).Problem);
        Assert.False((bool)(await member.ReadAsync("/api/me/export"))["privacy"]["online"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_marks_are_hidden_both_ways_whoever_hides_theirs(bool readerHides)
    {
        var talk = await Talk.BeginAsync(host, $"privacy-marks-{readerHides}");
        await talk.SayAsync(talk.Brand, "One");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await talk.ContactAsync(talk.Brand, contact => (int)contact["otherReadSeq"] == 1);

        await using var sender = await LiveClient.OpenAsync(talk.Brand);
        await using var reader = await LiveClient.OpenAsync(talk.Creator);
        var hides = readerHides ? talk.Creator : talk.Brand;
        await hides.PutAsync(Path, new { readMarks = false });
        if (!readerHides)
        {
            await host.DrainAsync();
        }

        // The reader's own choice holds at once, before the rows follow.
        await talk.SayAsync(talk.Brand, "Two");
        var answer = await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 2 });
        Assert.Equal((2, 0), ((int)answer["readSeq"], (int)answer["unread"]));

        // The reader's own devices follow, the other member's do not.
        await reader.EventAsync(IsRead);
        await talk.SayAsync(talk.Creator, "Three");
        await sender.EventAsync(e => e["type"]!.ToString() == "message.created" && (int)e["message"]!["seq"]! == 3);
        Assert.DoesNotContain(sender.Events, IsRead);
        await sender.EventAsync(e => e["type"]!.ToString() == "connection.changed" && (int)e["contact"]!["otherReadSeq"]! == 0);
        await host.DrainAsync();
        await SweepAsync();
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Creator))["otherReadSeq"]);

        // Shown again: the marks made meanwhile, too.
        await hides.PutAsync(Path, new { readMarks = true });
        await host.DrainAsync();
        await SweepAsync();
        Assert.Equal(2, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
    }

    [Fact]
    public async Task Hidden_before_the_two_connect_stays_hidden()
    {
        var talk = await Talk.InviteAsync(host, "privacy-before");
        await talk.Creator.PutAsync(Path, new { readMarks = false, online = false });
        await host.DrainAsync();
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        await host.DrainAsync();
        await talk.SayAsync(talk.Brand, "One");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await SweepAsync();
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
        await using var open = await LiveClient.OpenAsync(talk.Creator);
        Assert.False(await IsOnlineAsync(talk, talk.Brand));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Online_and_typing_are_hidden_both_ways(bool brandHides)
    {
        var talk = await Talk.BeginAsync(host, $"privacy-online-{brandHides}");
        await using var brand = await LiveClient.OpenAsync(talk.Brand);
        await using var creator = await LiveClient.OpenAsync(talk.Creator);
        Assert.True(await IsOnlineAsync(talk, talk.Brand));

        var hides = brandHides ? talk.Brand : talk.Creator;
        await hides.PutAsync(Path, new { online = false });
        await host.DrainAsync();

        foreach (var (member, other, device) in new[] { (talk.Brand, talk.Creator, creator), (talk.Creator, talk.Brand, brand) })
        {
            Assert.False(await IsOnlineAsync(talk, member));
            Assert.Equal(HttpStatusCode.NoContent, (await member.SendAsync($"{talk.Path}/typing")).Status);
            await talk.SayAsync(member, "Done");
            await device.EventAsync(e => e["type"]!.ToString() == "message.created");
            Assert.DoesNotContain(device.Events, e => e["type"]!.ToString() == "typing");
        }

        // Read marks are a choice of their own.
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await brand.EventAsync(IsRead);

        await hides.PutAsync(Path, new { online = true });
        await host.DrainAsync();
        Assert.True(await IsOnlineAsync(talk, talk.Brand));
    }

    [Fact]
    public async Task Nobody_else_is_told_what_somebody_hides()
    {
        var talk = await Talk.BeginAsync(host, "privacy-card");
        var before = (await talk.ContactAsync(talk.Brand))["other"]!.ToJsonString();
        await talk.Creator.PutAsync(Path, new { readMarks = false, online = false });
        await host.DrainAsync();
        Assert.Equal(before, (await talk.ContactAsync(talk.Brand))["other"]!.ToJsonString());
    }

    private static bool IsRead(JsonNode e) => e["type"]!.ToString() == "message.read";

    private static async Task<bool> IsOnlineAsync(Talk talk, HttpClient member) =>
        (bool)(await member.ReadAsync($"{talk.Path}/presence"))["online"];

    private Task SweepAsync() => host.Services.GetRequiredService<ReadMarkSweep>().RunAsync(default);
}
