using System.Net;

namespace Connections.Tests.Web;

/// <summary>A brand with data on every page, including names and texts that stress the layout.</summary>
internal sealed class PopulatedBrand
{
    /// <summary>A name of the maximum length without a space to break at.</summary>
    public const string LongName = "WolfeschlegelsteinhausenbergerdorffNguyễnŻółkiewskiWolfeschlegelsteinhausenberge";

    /// <summary>A right-to-left name.</summary>
    public const string RightToLeftName = "نور الهدى العبدالله";

    private const string Words =
        "Walk with us? https://example.com/a-very-long-address-that-has-no-space-to-break-it-at-and-goes-on-and-on\n\n";

    private PopulatedBrand(Pair pair) => Pair = pair;

    /// <summary>The brand and the creator it is connected with.</summary>
    public Pair Pair { get; }

    /// <summary>Their connection, with messages of every kind.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>A creator whom the brand has invited, with a note of the maximum length.</summary>
    public required string InvitedId { get; init; }

    /// <summary>A search that finds the brand's creators: one in each state of a card.</summary>
    public string Search => $"company{Pair.CreatorId.Split('-')[1]}";

    /// <summary>Creates a brand with its creators.</summary>
    public static async Task<PopulatedBrand> MakeAsync(LocalHostFixture host)
    {
        var pair = await Pair.MakeAsync(host);
        var company =
            new PopulatedBrand(pair) { ConnectionId = await pair.ConnectAsync("Shall we?"), InvitedId = $"{pair.CreatorId}-invited" };
        await company.ProfileAsync(pair.Creator, pair.CreatorName);
        await company.ProfileAsync(host.ClientFor($"{pair.CreatorId}-open"), "Ana Open");
        var invited = await company.ProfileAsync(host.ClientFor(company.InvitedId), LongName);
        var declining = await company.ProfileAsync(host.ClientFor($"{pair.CreatorId}-declining"), RightToLeftName);
        await company.ProfileAsync(host.ClientFor($"{pair.CreatorId}-blocked"), "Bea Blocked");
        var inviting = await company.ProfileAsync(host.ClientFor($"{pair.CreatorId}-inviting"), "Ida Inviting");

        await InviteAsync(pair.Brand, $"{pair.CreatorId}-invited", Words.PadRight(300, 'o'));
        await InviteAsync(invited, pair.CreatorId, Words.PadRight(300, 'o'));
        await InviteAsync(inviting, pair.CreatorId, note: null);
        var declined = await InviteAsync(pair.Brand, $"{pair.CreatorId}-declining", "Hello");
        await SentAsync(declining.SendAsync($"/api/invites/{declined}/decline"));
        await SentAsync(pair.Brand.CallAsync(HttpMethod.Put, $"/api/blocks/{pair.CreatorId}-blocked"));
        await SentAsync(pair.Brand.CallAsync(HttpMethod.Put, $"/api/favourites/{pair.CreatorId}"));
        await SentAsync(pair.Brand.CallAsync(HttpMethod.Put, $"/api/favourites/{pair.CreatorId}-invited"));
        await company.TalkAsync();
        return company;
    }

    private async Task TalkAsync()
    {
        var path = $"/api/connections/{ConnectionId}/messages";
        await Pair.SendMessageAsync(Pair.Brand, ConnectionId, "Hello! Are you out this weekend?");
        await Pair.SendMessageAsync(Pair.Brand, ConnectionId, $"{Words}{new string('o', 3000)}");
        await Pair.SendMessageAsync(Pair.Creator, ConnectionId, "مرحبا، نعم");
        await Pair.SendMessageAsync(Pair.Creator, ConnectionId, "Not what I meant");
        await Pair.SendMessageAsync(Pair.Brand, ConnectionId, "Tuesday?");
        await SentAsync(Pair.Creator.CallAsync(HttpMethod.Delete, $"{path}/4"));
        await SentAsync(Pair.Brand.CallAsync(HttpMethod.Patch, $"{path}/5", new { text = "Wednesday?" }));
        await SentAsync(Pair.Creator.PutAsync($"/api/connections/{ConnectionId}/read", new { seq = 5 }));
        await Pair.SendMessageAsync(Pair.Creator, ConnectionId, "🏔️");
    }

    // All texts have their maximum length.
    private async Task<HttpClient> ProfileAsync(HttpClient client, string name)
    {
        await SentAsync(client.PutAsync(
            "/api/me",
            new
            {
                kind = "creator",
                displayName = name,
                handle = new string('h', 40),
                headline = new string('W', 60) + " slow travel and long trails, by bus and by boat, in the rain"[..60],
                bio = $"{Words}{new string('b', 1500)}",
                organisation = new string('o', 80),
                website = $"https://example.com/{new string('w', 400)}",
                categories = new[] { "travel", "outdoors", "food", "lifestyle", "sustainability" },
                tags = (string[])[Search, .. Enumerable.Range(0, 19).Select(n => $"tag {n} {new string('t', 22)}")],
                platforms = Enumerable.Range(0, 10).Select(n => new
                {
                    name = "instagram",
                    handle = $"{new string('p', 90)}{n}",
                    url = $"https://example.com/{n}",
                    followers = 9_999_999_999L,
                    engagement = 0.034,
                }),
                country = "VC",
                languages = new[] { "nb", "en", "ar", "de" },
                listed = true,
            }));
        return client;
    }

    private static async Task<string> InviteAsync(HttpClient client, string creatorId, string? note) =>
        (await SentAsync(client.SendAsync("/api/invites", new { creatorId, note })))["id"].ToString();

    private static async Task<Answer> SentAsync(Task<Answer> sending)
    {
        var answer = await sending;
        Assert.True(
            answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent,
            $"{(int)answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }
}
