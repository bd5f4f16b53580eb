using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>The official JavaScript client library in a Node process of its own, driven by <c>client/client.mjs</c>.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    private const string InstallNode = "These tests run the official Web PubSub client library: install Node 20 or later, with npm, as the README says.";

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Channel<JsonObject> _answers = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentQueue<JsonObject> _events = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private NodeClient(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>The connection ids of the library's <c>connected</c> events: it raises none for a recovery.</summary>
    public string[] Connected => [.. Events("connected").Select(e => (string)e["connectionId"]!)];

    /// <summary>The payloads that the library handed out, in the order it did.</summary>
    public JsonNode[] Messages => [.. Events("message").Select(e => e["data"]!)];

    public IEnumerable<JsonObject> Events(string name) => _events.Where(e => (string?)e["event"] == name);

    /// <summary>Starts the library with this URL and waits until it says that it is connected.</summary>
    public static async Task<NodeClient> ConnectAsync(Uri url, string protocol)
    {
        var folder = await Installed.Value;
        var client = new NodeClient(Start("node", folder, "client.mjs", url.AbsoluteUri, protocol));
        await client.DoAsync(new JsonObject { ["command"] = "start" });
        await client.UntilAsync(c => c.Connected.Length == 1, "connected");
        return client;
    }

    public Task<JsonObject> DoAsync(string command) => DoAsync(new JsonObject { ["command"] = command });

    /// <summary>Gives a command; the answer says that it was done, or failed and why.</summary>
    public async Task<JsonObject> DoAsync(JsonObject command)
    {
        await _process.StandardInput.WriteLineAsync(command.ToJsonString());
        await _process.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        try
        {
            return await _answers.Reader.ReadAsync(patience.Token);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The Node client did not answer {command["command"]}: {string.Join('\n', _errors)}", e);
        }
    }

    public Task UntilAsync(Func<NodeClient, bool> condition, string what) =>
        PubSubHost.UntilAsync(() => condition(this), $"{what} ({_events.Count} events; {string.Join('\n', _errors)})");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var e = JsonNode.Parse(line)!.AsObject();
            if ((string?)e["event"] is "done" or "failed")
            {
                _answers.Writer.TryWrite(e);
            }
            else
            {
                _events.Enqueue(e);
            }
        }

        _answers.Writer.TryComplete();
    }

    // Once for all tests, and one test run at a time: two of npm in one folder spoil each other's work.
    private static async Task<string> InstallAsync()
    {
        await RequireNodeAsync();
        var folder = Folder();
        var wanted = new FileInfo(Path.Combine(folder, "package-lock.json"));
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        using var turn = await LockAsync($"{folder}.lock");
        installed.Refresh();
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
        {
            var (exitCode, output) = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "ci");
            Assert.True(exitCode == 0, $"npm ci in {folder} failed:\n{output}");
        }

        return folder;
    }

    private static async Task RequireNodeAsync()
    {
        var (exitCode, output) = await RunAsync("node", AppContext.BaseDirectory, "--version");
        Assert.True(exitCode == 0 && Version.TryParse(output.Trim().TrimStart('v'), out var version) && version.Major >= 20, $"{InstallNode} Found: {output}");
    }

    private static async Task<FileStream> LockAsync(string folderLock)
    {
        var file = Path.Combine(Path.GetTempPath(), $"connections-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folderLock)))[..16]}.lock");
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromMinutes(3))
            {
                await Task.Delay(100);
            }
        }
    }

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Connections.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests run from within the repository.");
        }

        return Path.Combine(root.FullName, "tests", "local", "WebPubSub", "client");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Start(program, folder, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
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
