using System.Net.WebSockets;

namespace Connections.Tests.Functions.Chat;

/// <summary>Live events: to all of a member's open clients, and to nobody else's.</summary>
public sealed class LiveEventsTests(FrozenHost frozen) : IClassFixture<FrozenHost>
{
    [Fact]
    public async Task A_new_message_reaches_all_devices_of_both_sides_and_nobody_else()
    {
        var talk = await Talk.BeginAsync(frozen.Host, "devices");
        var strangers = await Talk.BeginAsync(frozen.Host, "strangers");
        await using var brandPhone = await LiveClient.OpenAsync(talk.Brand);
        await using var brandLaptop = await LiveClient.OpenAsync(talk.Brand);
        await using var creatorPhone = await LiveClient.OpenAsync(talk.Creator);
        await using var creatorLaptop = await LiveClient.OpenAsync(talk.Creator);
        await using var stranger = await LiveClient.OpenAsync(strangers.Brand);

        var sent = await talk.SayAsync(talk.Brand, "Hello");

        foreach (var device in new[] { brandPhone, brandLaptop, creatorPhone, creatorLaptop })
        {
            var created = await device.EventAsync(e => e["type"]!.ToString() == "message.created");
            Assert.Equal(sent.Body!.ToJsonString(), created["message"]!.ToJsonString());
        }

        // A later event has arrived, so an earlier one would have as well.
        await strangers.SayAsync(strangers.Brand, "Elsewhere");
        await stranger.EventAsync(e => e["message"]?["text"]?.ToString() == "Elsewhere");
        Assert.DoesNotContain(stranger.Events, e => e["message"]?["text"]?.ToString() == "Hello");
    }

    [Fact]
    public async Task An_accepted_invite_reaches_all_devices_of_both_sides()
    {
        var talk = await Talk.InviteAsync(frozen.Host, "accepts");
        await using var brandPhone = await LiveClient.OpenAsync(talk.Brand);
        await using var brandLaptop = await LiveClient.OpenAsync(talk.Brand);
        await using var creatorPhone = await LiveClient.OpenAsync(talk.Creator);

        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");

        foreach (var device in new[] { brandPhone, brandLaptop, creatorPhone })
        {
            await device.EventAsync(e => e["type"]!.ToString() == "connection.changed"
                && e["contact"]!["id"]!.ToString() == talk.Id && e["contact"]!["state"]!.ToString() == "connected");
        }
    }

    [Fact]
    public async Task A_client_URL_opens_until_it_expires()
    {
        var member = frozen.Host.ClientFor("url-member");
        var access = await member.SendAsync("/api/realtime/access");
        var expiresAt = access["expiresAt"].GetValue<DateTimeOffset>();
        Assert.Equal(frozen.Now + TimeSpan.FromHours(1), expiresAt);
        var url = new Uri(access["url"].ToString());

        frozen.Advance(TimeSpan.FromMinutes(59));
        await OpenAsync(url);

        frozen.Advance(expiresAt - frozen.Now + TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(url));
    }

    private static async Task OpenAsync(Uri url)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await socket.ConnectAsync(url, CancellationToken.None);
    }
}
