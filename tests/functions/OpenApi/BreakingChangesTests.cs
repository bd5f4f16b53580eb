using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The contract against the last one that was released, which is kept here: <c>released.yaml</c>.</summary>
public sealed class BreakingChangesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "functions", "OpenApi");
    private static readonly Contract Released = Contract.Of(File.ReadAllText(Path.Combine(Folder, "released.yaml")));

    [Fact]
    public void Every_breaking_change_since_the_last_release_is_declared()
    {
        var declared = File.ReadAllLines(Path.Combine(Folder, "declared-changes.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').ToList();
        var found = BreakingChanges.Between(Released, Contract.Current);
        Assert.Equal([], found.Except(declared).Select(change => $"{change}: this breaks apps, and is not declared"));
        Assert.Equal([], declared.Except(found).Select(change => $"{change}: this is declared, and has not happened"));
    }

    [Fact]
    public void The_version_tells_what_changed_since_the_last_release()
    {
        var (before, now) = (VersionOf(Released), VersionOf(Contract.Current));
        Assert.True(now > before, $"The contract is the one after {before}, and must have a higher version.");
        Assert.True(
            now.Major > before.Major || BreakingChanges.Between(Released, Contract.Current).Count == 0,
            $"A breaking change needs version {before.Major + 1}.0.0.");
    }

    [Theory]
    [InlineData("paths//api/blocks/get", null, "listBlocks: is gone or moved")]
    [InlineData("components/schemas/Card/properties/headline", null, "listBlocks 200.value[].member: headline is gone")]
    [InlineData("components/schemas/Card/required/1", null, "listBlocks 200.value[].member: displayName can be absent")]
    [InlineData("components/schemas/Followers/format", "int32", "findCreators 200.value[].followers: its format is int32, and was int64")]
    [InlineData("components/schemas/Time/type", "integer", "listBlocks 200.value[].blockedAt: can be integer")]
    [InlineData(
        "components/schemas/SendMessageRequest/properties/text/maxLength", 100, "sendMessage body.text: maxLength is 100, and was 4000")]
    [InlineData(
        "components/schemas/ReportReason/x-extensible-enum/0", null, "sendReport body.reason: the value spam is not taken any more")]
    [InlineData("components/parameters/Limit/required", true, "listBlocks: the parameter query limit is required")]
    [InlineData("components/parameters/Limit/schema/maximum", 50, "listBlocks query limit: maximum is 50, and was 100")]
    [InlineData("components/schemas/InviteRequest/required/1", "note", "sendInvite body: note is required")]
    [InlineData("components/responses/NotModified/headers/ETag", null, "readMyProfile 304: the header ETag is gone")]
    public void A_change_that_breaks_apps_is_found(string at, object? value, string change) =>
        Assert.Contains(change, BreakingChanges.Between(Contract.Current, Changed(at, value)));

    [Theory]
    [InlineData("components/schemas/Card/properties/pronouns", "a new field")]
    [InlineData("components/schemas/ReportReason/x-extensible-enum/5", "a new value of an open list")]
    [InlineData("components/schemas/SendMessageRequest/properties/text/maxLength", 5000)]
    [InlineData("components/schemas/SendMessageRequest/properties/quote", "a new field of a body")]
    [InlineData("components/schemas/Contact/description", "another text")]
    public void A_change_that_breaks_nobody_is_none(string at, object value) =>
        Assert.Empty(BreakingChanges.Between(Contract.Current, Changed(at, at.Contains("/properties/", StringComparison.Ordinal)
            && value is string text ? new Dictionary<string, string> { ["description"] = text, ["type"] = "string" } : value)));

    private static Version VersionOf(Contract contract) => Version.Parse($"{contract.Document["info"]!["version"]}");

    /// <summary>The contract with one thing taken away or set. A path in the address keeps its slashes.</summary>
    private static Contract Changed(string at, object? value)
    {
        var document = Contract.Current.Document.DeepClone();
        var names = at.StartsWith("paths/", StringComparison.Ordinal)
            ? ["paths", at["paths/".Length..at.LastIndexOf('/')], at[(at.LastIndexOf('/') + 1)..]]
            : at.Split('/');
        var parent = names[..^1].Aggregate(document, (node, name) => node is JsonArray list ? list[int.Parse(name)]! : node[name]!);
        var set = value is null ? null : JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(value));
        switch (parent)
        {
            case JsonArray list when set is null:
                list.RemoveAt(int.Parse(names[^1]));
                break;
            case JsonArray list:
                list.Add(set);
                break;
            case JsonObject item when set is null:
                Assert.True(item.Remove(names[^1]), $"There is no {at}.");
                break;
            default:
                parent[names[^1]] = set;
                break;
        }

        return Contract.Of(document);
    }
}
