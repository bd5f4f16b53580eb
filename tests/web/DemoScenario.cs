using System.Net;

namespace Connections.Tests.Web;

/// <summary>Six days of the demo brand and the demo creator, for screenshots: their searches, invites and messages.</summary>
internal sealed class DemoScenario(LocalHostFixture host, ShiftedTime clock)
{
    /// <summary>The search in the screenshots.</summary>
    public const string Search = "category=outdoors&category=travel&minFollowers=10000";

    /// <summary>How far in the past the clock has to be at the start.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromDays(6);

    /// <summary>The conversation of the demo brand and the demo creator.</summary>
    public string Conversation { get; private set; } = "";

    // A token lasts an hour of the simulated days.
    private HttpClient Linnea => host.ClientFor("demo-brand");

    private HttpClient Maya => host.ClientFor("demo-creator");

    /// <summary>Plays the scenario, which ends now.</summary>
    public async Task PlayAsync()
    {
        var found = (await Linnea.ReadAsync($"/api/creators?{Search}&limit=12"))["value"].AsArray()
            .Select(card => card!["id"]!.ToString()).Where(id => id != "demo-creator").ToList();

        At(days: 6);
        var (first, second, third) = (
            await InviteAsync(Linnea, found[1], null),
            await InviteAsync(Linnea, found[5], null),
            await InviteAsync(Linnea, found[7], "Your photos of the Dolomites made us pack."));
        foreach (var favourite in (string[])["demo-creator", found[0], found[1], found[4]])
        {
            await SentAsync(Linnea.CallAsync(HttpMethod.Put, $"/api/favourites/{favourite}"));
        }

        At(days: 5);
        Conversation = await InviteAsync(Linnea, "demo-creator", "We make rain jackets that can be mended. Walk with us?");
        await InviteAsync(await BrandAsync("tarn-coffee", "Tomás Rivera", "Tarn Coffee"), "demo-creator",
            "Coffee for people who leave the house before six. We would love your honest opinion of it.");
        await AcceptAsync(found[1], first);
        await SendMessageAsync(
            host.ClientFor(found[1]), first, "Thank you for the invite! I am in the mountains until Friday, and write then.");

        At(days: 4);
        await AcceptAsync("demo-creator", Conversation);
        await AcceptAsync(found[5], second);
        await SendMessageAsync(Linnea, second, "Welcome! Do you ever film in winter?");
        await SendMessageAsync(host.ClientFor(found[5]), second, "All the time. Ice is my favourite weather.");
        await SentAsync(host.ClientFor(found[7]).SendAsync($"/api/invites/{third}/decline"));

        At(days: 2);
        await InviteAsync(Linnea, found[2], "Three days on the coast path in May: would you come along, and show it as it is?");
        await InviteAsync(await BrandAsync("brightwheel", "Ada Osei", "Brightwheel Bikes"), "demo-creator",
            "We lend bikes at railway stations. Your bus hikes would make fine bike hikes.");

        At(days: 1);
        await SendMessageAsync(Linnea, Conversation, "Hello Maya! Your map of the wet feet made our whole office laugh.");
        await SendMessageAsync(Maya, Conversation, "Ha, that one took four pairs of socks. What did you have in mind?");
        await SendMessageAsync(Linnea, Conversation,
            "Nothing fixed. We have a jacket that we think can stand Yorkshire, and you know where it rains.");

        At(minutes: 50);
        await InviteAsync(Linnea, found[3], null);
        await InviteAsync(await BrandAsync("lanternhouse", "Jun Park", "Lantern House"), "demo-creator", null);
        await SendMessageAsync(host.ClientFor(found[1]), first, "Back! When would you like to talk?");
        await SendMessageAsync(host.ClientFor(found[1]), first, "Mornings are best.");

        At(minutes: 12);
        await SendMessageAsync(Maya, Conversation,
            "Everywhere, then. I walk from Grassington to Kettlewell on Saturday, by bus there and "
                + "back:\nhttps://maya-outside.example.com/kettlewell");
        await SendMessageAsync(Maya, Conversation, "Come along, and see what your jacket does.");
        await SendMessageAsync(Linnea, Conversation, "I will. Which bus?");

        At(minutes: 2);
        await SendMessageAsync(Maya, Conversation, "The 72 from Skipton, 9:05. Bring a second pair of socks.");
        clock.Ahead = TimeSpan.Zero;
        await host.DrainAsync(TimeSpan.Zero);
    }

    private void At(int days = 0, int minutes = 0) => clock.Ahead = -new TimeSpan(days, 0, minutes, 0);

    private async Task<HttpClient> BrandAsync(string id, string name, string organisation)
    {
        var brand = host.ClientFor(id);
        await SentAsync(brand.PutAsync(
            "/api/me", new { kind = "brand", displayName = name, organisation, headline = $"Partnerships at {organisation}" }));
        return brand;
    }

    private static async Task<string> InviteAsync(HttpClient brand, string creatorId, string? note) =>
        (await SentAsync(brand.SendAsync("/api/invites", new { creatorId, note })))["id"].ToString();

    private async Task AcceptAsync(string creatorId, string id) =>
        await SentAsync(host.ClientFor(creatorId).SendAsync($"/api/invites/{id}/accept"));

    private static async Task SendMessageAsync(HttpClient member, string id, string text)
    {
        await Pair.SendMessageAsync(member, id, text);
        var last = (await member.ReadAsync($"/api/connections/{id}/messages?limit=1"))["value"][0]!["seq"]!.GetValue<long>();
        await SentAsync(member.PutAsync($"/api/connections/{id}/read", new { seq = last }));
    }

    private static async Task<Answer> SentAsync(Task<Answer> sending)
    {
        var answer = await sending;
        Assert.True(
            answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent,
            $"{(int)answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }
}
