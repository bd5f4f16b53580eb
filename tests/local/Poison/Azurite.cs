using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Connections.Tests.Local.Emulators;

namespace Connections.Tests.Local.Poison;

/// <summary>The queue service of Azurite, in memory on a free port.</summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    // The well-known account of all storage emulators.
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;

    private Azurite(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    /// <summary>The endpoint of the queue service.</summary>
    public Uri Endpoint { get; }

    public string ConnectionString => $"DefaultEndpointsProtocol={Endpoint.Scheme};{Account};QueueEndpoint={Endpoint}";

    /// <summary>Starts Azurite with further options of its command line.</summary>
    public static async Task<Azurite> StartAsync(params string[] options)
    {
        var process = await JavaScriptClient.Packages.StartAsync(
            "node_modules/azurite/dist/src/queue/main.js", ["--queuePort", "0", "--inMemoryPersistence", "--skipApiVersionCheck",
                "--disableTelemetry", "--silent", .. options]);
        // Both streams are read to the end, because a full pipe would block Azurite.
        var written = new ConcurrentQueue<string>();
        var url = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) => written.Enqueue(e.Data ?? "");
        process.OutputDataReceived += (_, e) =>
        {
            written.Enqueue(e.Data ?? "");
            if (Listens().Match(e.Data ?? "") is { Success: true } match)
            {
                url.TrySetResult(new Uri(match.Groups["url"].Value + "/devstoreaccount1/"));
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await Task.WhenAny(url.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromSeconds(60));
        return url.Task.IsCompletedSuccessfully
            ? new Azurite(process, await url.Task)
            : throw new InvalidOperationException($"Azurite did not start: {string.Join('\n', written)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"successfully listens on (?<url>https?://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listens();
}
