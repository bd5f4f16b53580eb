using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The TypeScript clients that hey-api and openapi-typescript generate from the contract do the main job, as an app would with
/// them: <c>tests/contract/apps</c> has the two apps.</summary>
[Trait("Category", "Long")]
public sealed class TypeScriptClientsTests(GeneratedClientsTests.Host host) : IClassFixture<GeneratedClientsTests.Host>
{
    private static readonly NodeFolder Apps = new("tests", "contract");

    [Fact]
    public async Task By_each_a_brand_finds_invites_and_talks_with_a_creator()
    {
        var told = await Apps.RunAsync("generate.mjs", host.Fixture.Url.AbsoluteUri.TrimEnd('/'), "ts");

        var apps = told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(2, apps.Count);
        foreach (var did in apps)
        {
            var found = Texts(did["found"]!);
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.InRange(found.Count, 13, 14);
            Assert.Equal((found.Count + 4) / 5, did["pages"]!.AsArray().Count);
            Assert.Equal(5_000_000_000, (long)did["followers"]!);
            Assert.Equal(("connected", 1, "Hi!"), ($"{did["state"]}", (int)did["sent"]!, $"{did["read"]}"));
            Assert.Equal(["201", "201", "/problems/key-reused"], Texts(did["batch"]!));
            Assert.Equal(["Hi!", "Hello", "Autumn works."], Texts(did["history"]!));
            Assert.Equal(2, (int)did["readTo"]!);
            Assert.Equal("/problems/key-reused 409", $"{did["reused"]!["type"]} {did["reused"]!["status"]}");
            Assert.Equal("/problems/not-found 404", $"{did["unknown"]!["type"]} {did["unknown"]!["status"]}");
            var invalid = did["invalid"]!["fields"]!.AsArray().Single()!;
            Assert.Equal("category unknown-value", $"{invalid["field"]} {invalid["code"]}");
        }
    }

    private static IReadOnlyList<string> Texts(JsonNode list) => [.. list.AsArray().Select(item => $"{item}")];
}
