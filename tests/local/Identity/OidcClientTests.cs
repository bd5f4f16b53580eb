using System.Text.Json.Nodes;

namespace Connections.Tests.Local.Identity;

/// <summary>The unmodified <c>oidc-client-ts</c>, the library of the web client, against the issuer.</summary>
public sealed class OidcClientTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly NodeFolder Library = new("tests", "local", "Identity", "client");

    [Fact]
    public async Task It_signs_in_renews_twice_and_signs_out()
    {
        var told = JsonNode.Parse(await Library.RunAsync("client.mjs", new Uri(host.Url, "/dev/identity").AbsoluteUri, "demo-creator"))!;

        Assert.Equal("/creators?q=tea", told["state"]!["page"]!.ToString());
        var steps = new[] { "signedIn", "renewed", "renewedAgain" }.Select(step => told[step]!).ToList();
        foreach (var step in steps)
        {
            Assert.Equal(
                ("demo-creator", "Maya Okafor", "demo-creator@example.com"),
                (Profile(step, "sub"), Profile(step, "name"), Profile(step, "email")));
            Assert.True((bool)step["refreshes"]!);
            Assert.InRange((int)step["expiresIn"]!, 3500, 3600);
            Assert.Equal("demo-creator", (await new CodeFlow(host).CallAsync("/api/me", step["accessToken"]!.ToString()))["id"].ToString());
        }

        Assert.Equal(3, steps.Select(step => step["accessToken"]!.ToString()).Distinct().Count());
        Assert.Equal("bye", told["signedOut"]!.ToString());
        Assert.StartsWith("http://localhost:5173/signed-out?state=", told["landed"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("invalid_grant", told["renewedAfterSigningOut"]!.ToString());
    }

    private static string Profile(JsonNode step, string claim) => step["profile"]![claim]!.ToString();
}
