using System.Diagnostics;

namespace Connections.Tests.Infra;

/// <summary>A hook that azd runs around a deployment.</summary>
internal static class Hook
{
    /// <summary>Writes <c>config.json</c> and <c>staticwebapp.config.json</c> for the web client to a folder.</summary>
    public static async Task WriteWebConfigAsync(string folder, Dictionary<string, string?> outputs) =>
        Assert.Equal((0, ""), await RunAsync("write-web-config.mjs", outputs, folder));

    /// <summary>Runs a hook with the outputs of a deployment, and returns its exit code and errors.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(
        string file, Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(BicepFile.Folder, "hooks", file), .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
