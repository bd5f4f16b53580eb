using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Local.Dev;

public sealed partial class SignInPageTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_members_are_the_brand_the_creator_and_then_the_demo_creators()
    {
        var members = JsonNode.Parse(await host.AnonymousClient().GetStringAsync("/dev/members"))!.AsArray();

        Assert.Equal(["id", "displayName", "kind", "email"], members[0]!.AsObject().Select(p => p.Key));
        Assert.Equal(["demo-brand", "demo-creator", "creator-0001"], members.Take(3).Select(m => (string)m!["id"]!));
        Assert.Equal("brand", (string?)members[0]!["kind"]);
        Assert.Equal("demo-brand@nordlys.example", (string?)members[0]!["email"]);
        Assert.Equal(["demo-moderator", "demo-suspended"], members.TakeLast(2).Select(m => (string)m!["id"]!));
        Assert.All(members.Skip(1).SkipLast(2), m => Assert.Equal("creator", (string?)m!["kind"]));
    }

    [Fact]
    public async Task The_moderator_s_token_opens_the_desk_with_two_open_reports_and_a_suspended_member()
    {
        var page = await SignInAsync("demo-moderator");
        var payload = JsonNode.Parse(Convert.FromBase64String(Pad(Jwt().Match(page).Groups["payload"].Value)))!;
        Assert.Equal("moderator", $"{payload["roles"]![0]}");
        var moderator = host.ClientFor("demo-moderator", roles: "moderator");
        Assert.Equal(
            ["impersonation", "harassment"],
            (await moderator.ReadAsync("/api/moderation/reports"))["value"].AsArray().Select(report => $"{report!["reason"]}"));
        Assert.NotNull((await moderator.ReadAsync("/api/moderation/members/demo-suspended")).Body!["suspension"]);
        Assert.Equal("suspended", (await host.ClientFor("demo-suspended").ReadAsync("/api/connections")).Problem);
    }

    [Fact]
    public async Task Signing_in_shows_a_token_of_that_member()
    {
        var page = await SignInAsync("demo-creator");

        var payload = JsonNode.Parse(Convert.FromBase64String(Pad(Jwt().Match(page).Groups["payload"].Value)))!;
        Assert.Equal("demo-creator", (string?)payload["sub"]);
        Assert.Equal("demo-creator@example.com", (string?)payload["email"]);
        Assert.Contains("curl -H", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_is_shown_as_text_only()
    {
        var page = await SignInAsync("<script>alert(1)</script>", HttpStatusCode.BadRequest);

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("Not signed in", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_avatar_is_stable_and_unique_to_its_member()
    {
        var client = host.AnonymousClient();
        var answer = await client.GetAsync("/dev/avatars/demo-brand.svg");

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        // The web client on another origin must be able to load it.
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await client.GetStringAsync("/dev/avatars/demo-brand.svg"));
        Assert.NotEqual(await answer.Content.ReadAsStringAsync(), await client.GetStringAsync("/dev/avatars/demo-creator.svg"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/dev/avatars/demo-brand.png")).StatusCode);
    }

    private async Task<string> SignInAsync(string id, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("sub", id)]);
        var answer = await host.AnonymousClient().PostAsync("/dev", form);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Pad(string base64Url) =>
        base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '=');

    [GeneratedRegex(@">eyJ[^.]+\.(?<payload>[^.]+)\.[^<]+</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jwt();
}
