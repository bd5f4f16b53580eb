using System.ComponentModel;

namespace Connections.Local.Web;

/// <summary>Node and npm on this machine.</summary>
/// <param name="Npm">The program npm.</param>
/// <param name="SearchPath">The <c>PATH</c> that what they start is given.</param>
internal sealed record NodeTools(string Npm, string SearchPath)
{
    /// <summary>The oldest Node that the build tool takes.</summary>
    public static readonly Version Oldest = new(20, 19);

    /// <summary>What to do without them, for people.</summary>
    public static readonly string Install = $"Install Node {Oldest} or later with npm, from https://nodejs.org or by your system's package manager, and start this host again.";

    /// <summary>What the program Node can be called.</summary>
    public static readonly string[] NodeNames = OperatingSystem.IsWindows() ? ["node.exe"] : ["node"];

    /// <summary>Finds them.</summary>
    /// <returns>The tools; or null, and what was found instead.</returns>
    public static async Task<(NodeTools? Tools, string Found)> FindAsync(string searchPath, CancellationToken ct)
    {
        if (Find(searchPath, NodeNames) is not { } node)
        {
            return (null, "There is no Node on this machine.");
        }

        var said = await VersionAsync(node, searchPath, ct);
        if (!Version.TryParse(said.TrimStart('v'), out var version))
        {
            return (null, $"{node} does not say its version: {said}");
        }

        if (version < Oldest)
        {
            return (null, $"The Node on this machine is {version} ({node}).");
        }

        return Find(searchPath, OperatingSystem.IsWindows() ? ["npm.cmd", "npm.exe"] : ["npm"]) is { } npm
            ? (new NodeTools(npm, searchPath), $"Node {version}")
            : (null, $"There is Node {version} on this machine, but no npm.");
    }

    /// <summary>Runs npm in a folder.</summary>
    public Task<NodeProcess> RunAsync(string folder, string[] arguments, CancellationToken ct) => NodeProcess.RunAsync(Npm, SearchPath, folder, arguments, ct);

    private static async Task<string> VersionAsync(string node, string searchPath, CancellationToken ct)
    {
        try
        {
            var process = await NodeProcess.RunAsync(node, searchPath, Environment.CurrentDirectory, ["--version"], ct);
            return process.Output is [var line, ..] ? line.Trim() : "";
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>The first program of one of these names in the folders; null where there is none.</summary>
    public static string? Find(string searchPath, string[] names) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
