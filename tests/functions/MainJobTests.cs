using System.Net;
using System.Text.RegularExpressions;

namespace Connections.Tests.Functions;

/// <summary>The main job of the product over real sockets: find, invite, answer from the email, talk.</summary>
public sealed partial class MainJobTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_brand_finds_a_creator_invites_them_and_they_talk()
    {
        var brand = host.ClientFor("job-brand", "Aurora Outdoor");
        var creator = host.ClientFor("job-creator", "Mira Lund");
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync();
        await using var brandLive = await LiveClient.OpenAsync(brand);

        // Find, with filters.
        var found = await brand.ReadAsync(
            "/api/creators?q=mira%20trails&category=travel&platform=instagram&country=NO&language=nb&minFollowers=50000&maxFollowers=60000"
                + "&minEngagement=0.03");
        var card = Assert.Single(found["value"].AsArray())!;
        Assert.Equal(("job-creator", "none"), (card["id"]!.ToString(), card["relation"]!["state"]!.ToString()));

        // Invite, with a note.
        var invited = await brand.SendAsync(
            "/api/invites", new { creatorId = "job-creator", note = "Loved your Lofoten series.\nCould we talk about autumn?" });
        Assert.Equal(
            (HttpStatusCode.Created, "pending", "sent"), (invited.Status, invited["state"].ToString(), invited["direction"].ToString()));
        var id = invited["id"].ToString();
        var again = await brand.ReadAsync("/api/creators?q=mira%20trails&country=NO");
        Assert.Equal(
            "invited", again["value"].AsArray().Single(c => c!["id"]!.ToString() == "job-creator")!["relation"]!["state"]!.ToString());

        // The email, within moments.
        var mail = await host.MailAsync("job-creator@example.com");
        Assert.Contains("Aurora Outdoor", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("> Loved your Lofoten series.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"], StringComparison.Ordinal);
        var link = new Uri(
            Link().Matches(mail.Text).Select(match => match.Value).First(url => url.EndsWith("answer=accept", StringComparison.Ordinal)));

        // Looking at the link changes nothing, however often scanners follow it.
        var anybody = host.AnonymousClient();
        for (var i = 0; i < 3; i++)
        {
            var page = await anybody.ReadAsync(link.PathAndQuery);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("Aurora Outdoor", page.Body!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("pending", (await creator.ReadAsync($"/api/connections/{id}"))["state"].ToString());
        Assert.DoesNotContain(brandLive.Events, e => e["contact"]?["state"]?.ToString() == "connected");

        // The button answers.
        var accepted = await anybody.CallAsync(HttpMethod.Post, link.PathAndQuery, new FormUrlEncodedContent([new("answer", "accept")]));
        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        var live = await brandLive.EventAsync(
            e => e["type"]!.ToString() == "connection.changed" && e["contact"]!["state"]!.ToString() == "connected");
        Assert.Equal(id, live["contact"]!["id"]!.ToString());
        Assert.Contains("Mira Lund", (await host.MailAsync("job-brand@example.com")).Subject, StringComparison.Ordinal);

        // The link has done its work, and shows it.
        Assert.Contains(
            "You and Aurora Outdoor are connected",
            (await anybody.ReadAsync(link.PathAndQuery)).Body!.ToString(),
            StringComparison.Ordinal);

        // Talk, live, both ways.
        await using var creatorLive = await LiveClient.OpenAsync(creator);
        var first = await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "b1", text = "Hi Mira!" });
        Assert.Equal((HttpStatusCode.Created, 1), (first.Status, (int)first["seq"]));
        Assert.Equal(
            "Hi Mira!", (await creatorLive.EventAsync(e => e["type"]!.ToString() == "message.created"))["message"]!["text"]!.ToString());
        await creator.SendAsync($"/api/connections/{id}/messages", new { clientId = "c1", text = "Hi! Autumn works." });
        await brandLive.EventAsync(e => e["message"]?["text"]?.ToString() == "Hi! Autumn works.");

        // Unread until read, and the other side sees it.
        var contact = await Calls.EventuallyAsync(() => brand.ReadAsync($"/api/connections/{id}"), c => (long)c["unread"] == 1);
        Assert.Equal((1, "Hi! Autumn works."), ((int)contact["unread"], contact["lastMessage"]["text"]!.ToString()));
        var read = await brand.PutAsync($"/api/connections/{id}/read", new { seq = 2 });
        Assert.Equal((0, 2), ((int)read["unread"], (int)read["readSeq"]));
        await creatorLive.EventAsync(
            e => e["type"]!.ToString() == "message.read" && (int)e["seq"]! == 2 && e["by"]!.ToString() == "job-brand");
        Assert.Equal(
            2, (int)(await Calls.EventuallyAsync(() => creator.ReadAsync($"/api/connections/{id}"), c => (long)c["otherReadSeq"] == 2))[
                "otherReadSeq"]);

        // A client that was away fetches what it missed by seq.
        await creatorLive.DisposeAsync();
        for (var i = 3; i <= 5; i++)
        {
            await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = $"b{i}", text = $"While you were away {i}" });
        }

        await using var back = await LiveClient.OpenAsync(creator);
        var missed = await creator.ReadAsync($"/api/connections/{id}/messages?after=2");
        Assert.Equal([3, 4, 5], missed["value"].AsArray().Select(m => (int)m!["seq"]!));
        Assert.Null(missed.Body!["nextLink"]);

        // And the card says so.
        Assert.Equal("connected", (await brand.ReadAsync("/api/creators/job-creator"))["relation"]["state"]!.ToString());
        Assert.Equal(id, (await brand.ReadAsync("/api/connections"))["value"][0]!["id"]!.ToString());
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
