using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Local.Web;

/// <summary>Node and npm on this machine.</summary>
/// <param name="SearchPath">The <c>PATH</c> for their child processes.</param>
internal sealed record NodeTools(string Npm, string SearchPath)
{
    /// <summary>The oldest Node that the build tool supports.</summary>
    public static readonly Version Oldest = new(20, 19);

    /// <summary>What to do if they are missing.</summary>
    public static readonly string Install =
        $"Install Node {Oldest} or later with npm, from https://nodejs.org or by your system's package manager, and start this host again.";

    /// <summary>The possible names of the program Node.</summary>
    public static readonly string[] NodeNames = OperatingSystem.IsWindows() ? ["node.exe"] : ["node"];

    /// <returns>The tools; or null, and a sentence that says what is missing.</returns>
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
    public Task<NodeProcess> RunAsync(string folder, string[] arguments, CancellationToken ct) =>
        NodeProcess.RunAsync(Npm, SearchPath, folder, arguments, ct);

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

    /// <summary>The first program of one of these names in the folders; null if there is none.</summary>
    public static string? Find(string searchPath, string[] names) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>A finished run of Node or npm.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">The last lines of its output and errors, without colours.</param>
internal sealed partial record NodeProcess(int ExitCode, IReadOnlyList<string> Output)
{
    private const int LinesKept = 40;

    // Turns off colours, and npm's messages that are not about the build.
    private static readonly Dictionary<string, string> Quiet = new(StringComparer.Ordinal)
    {
        ["NO_COLOR"] = "1",
        ["npm_config_color"] = "false",
        ["npm_config_audit"] = "false",
        ["npm_config_fund"] = "false",
        ["npm_config_loglevel"] = "error",
        ["npm_config_progress"] = "false",
        ["npm_config_update_notifier"] = "false",
    };

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled. The process and its child processes have ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<NodeProcess> RunAsync(
        string program, string searchPath, string folder, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = searchPath;
        foreach (var (name, value) in Quiet)
        {
            start.Environment[name] = value;
        }

        ct.ThrowIfCancellationRequested();
        var lines = new Queue<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(lines, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(lines, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        lock (lines)
        {
            return new NodeProcess(process.ExitCode, [.. lines]);
        }
    }

    private static void Keep(Queue<string> lines, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(Colours().Replace(line, ""));
            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.None, 1000)]
    private static partial Regex Colours();
}

/// <summary>Compares <c>node_modules</c> with <c>package-lock.json</c>.</summary>
/// <remarks>Reads npm's own list of installed packages. npm writes it last, so an interrupted installation counts as none.</remarks>
internal static class NodePackages
{
    /// <summary>Whether exactly the packages of the lock file are installed, in its versions.</summary>
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

    // Packages for other systems, and peer packages, need not be installed.
    private static bool IsForOthers(JsonNode? package) =>
        package?["optional"] is not null || package?["devOptional"] is not null || package?["peer"] is not null;
}
