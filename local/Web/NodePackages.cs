using System.Text.Json.Nodes;

namespace Connections.Local.Web;

/// <summary>Whether <c>node_modules</c> is what <c>package-lock.json</c> asks for.</summary>
/// <remarks>
/// npm keeps its own list of what it installed, written last; so an installation that was broken off counts as none, and one by
/// hand counts as good.
/// </remarks>
internal static class NodePackages
{
    /// <summary>Whether everything is installed, in the version that the lock file names, and nothing else is.</summary>
    /// <param name="folder">The folder of <c>package-lock.json</c>.</param>
    public static bool AreInstalled(string folder)
    {
        var list = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(list))
        {
            return false;
        }

        var wanted = Packages(Path.Combine(folder, "package-lock.json"));
        var installed = Packages(list);
        wanted.Remove("");
        return installed.All(package => wanted[package.Key] is { } entry && Same(entry, package.Value))
            && wanted.All(package => installed.ContainsKey(package.Key) || IsForOthers(package.Value));
    }

    private static JsonObject Packages(string file) => JsonNode.Parse(File.ReadAllText(file))?["packages"]?.AsObject() ?? [];

    private static bool Same(JsonNode wanted, JsonNode? installed) =>
        (string?)wanted["version"] == (string?)installed?["version"] && (string?)wanted["integrity"] == (string?)installed?["integrity"];

    // For another system, or asked for only by what is there anyway.
    private static bool IsForOthers(JsonNode? package) => package?["optional"] is not null || package?["devOptional"] is not null || package?["peer"] is not null;
}
