using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Connections.Local;

namespace Connections.Tests;

/// <summary>A folder of the repository whose scripts run client libraries from npm, each in its own Node process.</summary>
/// <param name="path">The path from the root of the repository. The first start installs its packages.</param>
internal sealed class NodeFolder(params string[] path)
{
    private const string InstallNode =
        "These tests run client libraries in JavaScript: install Node 20 or later, with npm, as the README says.";

    private readonly Lazy<Task<string>> _installed = new(() => InstallAsync(path));

    public async Task<Process> StartAsync(string script, params string[] arguments) =>
        Start("node", await _installed.Value, [script, .. arguments]);

    /// <summary>Runs a script to its end, and returns its standard output. A failing script fails the test with its output.</summary>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = await StartAsync(script, arguments);
        var (exitCode, output, errors) = await EndAsync(process);
        Assert.True(exitCode == 0, $"{script} failed:\n{output}{errors}");
        return output;
    }

    // The lock keeps processes from running npm in the same folder at once, which would damage the installation.
    private static async Task<string> InstallAsync(string[] path)
    {
        await RequireNodeAsync();
        var folder = Path.Combine(
            [RepositoryFolder.Find() ?? throw new InvalidOperationException("These tests run inside the repository."), .. path]);
        var wanted = new FileInfo(Path.Combine(folder, "package-lock.json"));
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        using var held = await LockAsync($"{folder}.lock");
        installed.Refresh();
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
        {
            using var npm = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "ci");
            var (exitCode, output, errors) = await EndAsync(npm);
            Assert.True(exitCode == 0, $"npm ci in {folder} failed:\n{output}{errors}");
        }

        return folder;
    }

    private static async Task RequireNodeAsync()
    {
        using var node = Start("node", AppContext.BaseDirectory, "--version");
        var (exitCode, output, errors) = await EndAsync(node);
        Assert.True(
            exitCode == 0 && Version.TryParse(output.Trim().TrimStart('v'), out var version) && version.Major >= 20,
            $"{InstallNode} Found: {output}{errors}");
    }

    private static async Task<FileStream> LockAsync(string folderLock)
    {
        var file = Path.Combine(
            Path.GetTempPath(), $"connections-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folderLock)))[..16]}.lock");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(3))
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} could not be started ({e.Message}). {InstallNode}", e);
        }
    }
}
