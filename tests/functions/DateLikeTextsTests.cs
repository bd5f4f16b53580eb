using Connections.Tests.Functions.Chat;

namespace Connections.Tests.Functions;

/// <summary>Members' texts that look like dates pass through the change feeds as they are, and stop nothing behind them.</summary>
public sealed class DateLikeTextsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData("overflow", "9999-12-31T24:00:00Z")]
    [InlineData("serialized", "/Date(253402300800000)/")]
    [InlineData("zoned", "2026-12-01T09:00:00+02:00")]
    public async Task A_name_a_note_and_a_message_reach_the_other_side_unchanged_and_so_does_what_comes_later(string name, string text)
    {
        var (brand, creator) = (host.ClientFor($"{name}-brand"), host.ClientFor($"{name}-creator"));
        await brand.BecomeBrandAsync(text);
        await creator.BecomeCreatorAsync();
        var invited = await brand.SendAsync("/api/invites", new { creatorId = $"{name}-creator", note = text });
        var mail = await host.MailAsync($"{name}-creator@example.com");
        // Emails keep mail programs from making links of what members write.
        Assert.Contains(text, mail.Text.Replace("\u200b", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(text, mail.Subject.Replace("\u200b", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await creator.SendAsync($"/api/invites/{invited["id"]}/accept");
        await using var live = await LiveClient.OpenAsync(creator);

        await brand.SendAsync($"/api/connections/{invited["id"]}/messages", new { clientId = "1", text });
        var told = await live.EventAsync(e => e["type"]!.ToString() == "message.created");
        Assert.Equal(text, told["message"]!["text"]!.ToString());

        var later = await Talk.BeginAsync(host, $"{name}-later");
        await later.SayAsync(later.Brand, "Later");
        await host.DrainAsync();
        Assert.Equal("Later", (await later.ContactAsync(later.Creator))["lastMessage"]["text"]!.ToString());
        var contact = await creator.ReadAsync($"/api/connections/{invited["id"]}");
        Assert.Equal(
            (text, text, text),
            (contact["other"]["displayName"]!.ToString(), contact["note"].ToString(), contact["lastMessage"]["text"]!.ToString()));
        Assert.Equal((1, 1), ((int)contact["unread"], (int)contact["lastMessage"]["seq"]!));
    }
}
