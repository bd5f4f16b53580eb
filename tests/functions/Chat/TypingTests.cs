using System.Net;

namespace Connections.Tests.Functions.Chat;

/// <summary>Typing: tells the other side, nothing is stored.</summary>
public sealed class TypingTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_other_side_is_told_on_all_its_devices_and_the_typist_is_not()
    {
        var talk = await Talk.BeginAsync(host, "typing");
        await using var phone = await LiveClient.OpenAsync(talk.Creator);
        await using var laptop = await LiveClient.OpenAsync(talk.Creator);
        await using var own = await LiveClient.OpenAsync(talk.Brand);

        Assert.Equal(HttpStatusCode.NoContent, (await talk.Brand.SendAsync($"{talk.Path}/typing")).Status);

        foreach (var device in new[] { phone, laptop })
        {
            var typing = await device.EventAsync(e => e["type"]!.ToString() == "typing");
            Assert.Equal((talk.Id, talk.BrandId), (typing["connectionId"]!.ToString(), typing["by"]!.ToString()));
        }

        // A later event has arrived, so an earlier one would have as well.
        await talk.SayAsync(talk.Brand, "Done");
        await own.EventAsync(e => e["type"]!.ToString() == "message.created");
        Assert.DoesNotContain(own.Events, e => e["type"]!.ToString() == "typing");
    }

    [Fact]
    public async Task Nothing_is_stored()
    {
        var talk = await Talk.BeginAsync(host, "typing-stores");
        await talk.SayAsync(talk.Brand, "Hello");
        await host.DrainAsync();
        var before = await EverythingAsync(talk);

        await talk.Creator.SendAsync($"{talk.Path}/typing");

        await host.DrainAsync();
        Assert.Equal(before, await EverythingAsync(talk));
    }

    [Fact]
    public async Task It_needs_nobody_to_be_online()
    {
        var talk = await Talk.BeginAsync(host, "typing-alone");
        Assert.Equal(HttpStatusCode.NoContent, (await talk.Brand.SendAsync($"{talk.Path}/typing")).Status);
    }

    [Fact]
    public async Task The_two_must_be_connected()
    {
        var talk = await Talk.InviteAsync(host, "typing-pending");
        var answer = await talk.Brand.SendAsync($"{talk.Path}/typing");
        Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
    }

    private static async Task<string> EverythingAsync(Talk talk) => string.Join(
        "\n", (await talk.ContactAsync(talk.Brand)).Body, (await talk.ContactAsync(talk.Creator)).Body, string.Join(
            "\n", (await talk.HistoryAsync()).Select(m => m.ToJsonString())));
}
