using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Connections.Tests;

/// <summary>A local host in its own process, as <c>dotnet run</c> starts it. A test may kill it.</summary>
public sealed partial class LocalProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LocalProcess(Process process, Uri url, IReadOnlyCollection<string> written)
    {
        _process = process;
        Url = url;
        Written = written;
    }

    /// <summary>The address of the host.</summary>
    public Uri Url { get; }

    public int Id => _process.Id;

    /// <summary>The working set of the process, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The lines written so far to standard output and standard error.</summary>
    public IReadOnlyCollection<string> Written { get; }

    /// <summary>Starts a host on a free port and returns when it serves.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">Further options, such as <c>--creators 5</c>.</param>
    /// <param name="settings">Settings of the app, by their names in the environment, such as <c>Invites__PerDay</c>.</param>
    /// <param name="timeout">How long the start may take; a minute by default.</param>
    /// <exception cref="InvalidOperationException">The process ended instead; the message holds its output.</exception>
    public static Task<LocalProcess> StartAsync(
        string folder, string[]? options = null, IReadOnlyDictionary<string, string>? settings = null, TimeSpan? timeout = null) =>
        ServingAsync(Start(["--no-web", "--data", folder, "--urls", "http://127.0.0.1:0", .. options ?? []], settings), timeout);

    /// <summary>Runs the program to its end, and returns its exit code and its output on both streams.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] options) =>
        EndAsync(Start(["--no-web", .. options], settings: null));

    /// <summary>Starts the emulators on a free port and returns when they serve.</summary>
    public static Task<LocalProcess> StartEmulatorsAsync(string folder) =>
        ServingAsync(Start(["emulators", "--data", folder, "--urls", "http://127.0.0.1:0", "--creators", "2"], settings: null));

    /// <summary>Runs another command to its end, with settings in its environment.</summary>
    public static Task<(int ExitCode, string Output)> RunCommandAsync(
        IReadOnlyDictionary<string, string> settings, params string[] words) =>
        EndAsync(Start(words, settings));

    /// <summary>Ends the process as <c>kill -9</c> does, and waits until it has ended.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, as <c>kill</c> does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static async Task<LocalProcess> ServingAsync(Process process, TimeSpan? timeout = null)
    {
        // Both streams are read to the end, because a full pipe would block the host.
        var written = new ConcurrentQueue<string>();
        var url = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) => written.Enqueue(e.Data ?? "");
        process.OutputDataReceived += (_, e) =>
        {
            written.Enqueue(e.Data ?? "");
            if (SignIn().Match(e.Data ?? "") is { Success: true } match)
            {
                url.TrySetResult(new Uri(new Uri(match.Groups["url"].Value), "/"));
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await Task.WhenAny(url.Task, process.WaitForExitAsync()).WaitAsync(timeout ?? TimeSpan.FromMinutes(1));
        return url.Task.IsCompletedSuccessfully
            ? new LocalProcess(process, await url.Task, written)
            : throw new InvalidOperationException($"The host ended with {process.ExitCode}: {string.Join('\n', written)}");
    }

    private static async Task<(int ExitCode, string Output)> EndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    // Without the web client, which would have to be built first.
    private static Process Start(IEnumerable<string> words, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Connections.Local.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"sign in\s+(?<url>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignIn();
}
