using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>The official JavaScript client library in a Node process that runs <c>client/client.mjs</c>.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    private static readonly NodeFolder Library = new("tests", "local", "WebPubSub", "client");

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

    /// <summary>The connection ids of the <c>connected</c> events. The library raises no event for a recovery.</summary>
    public string[] Connected => [.. Events("connected").Select(e => (string)e["connectionId"]!)];

    /// <summary>The payloads in the order in which the library raised them.</summary>
    public JsonNode[] Messages => [.. Events("message").Select(e => e["data"]!)];

    public IEnumerable<JsonObject> Events(string name) => _events.Where(e => (string?)e["event"] == name);

    /// <summary>Starts the library with a URL and waits until it is connected.</summary>
    public static async Task<NodeClient> ConnectAsync(Uri url, string protocol)
    {
        var client = new NodeClient(await Library.StartAsync("client.mjs", url.AbsoluteUri, protocol));
        await client.ExecuteAsync(new JsonObject { ["command"] = "start" });
        await client.UntilAsync(c => c.Connected.Length == 1, "connected");
        return client;
    }

    public Task<JsonObject> ExecuteAsync(string command) => ExecuteAsync(new JsonObject { ["command"] = command });

    /// <summary>Executes a command. The answer has the outcome and the reason of a failure.</summary>
    public async Task<JsonObject> ExecuteAsync(JsonObject command)
    {
        await _process.StandardInput.WriteLineAsync(command.ToJsonString());
        await _process.StandardInput.FlushAsync();
        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        try
        {
            return await _answers.Reader.ReadAsync(timeout.Token);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The Node client did not answer {command["command"]}: {string.Join('\n', _errors)}", e);
        }
    }

    public Task UntilAsync(Func<NodeClient, bool> condition, string description) =>
        PubSubHost.UntilAsync(() => condition(this), $"{description} ({_events.Count} events; {string.Join('\n', _errors)})");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
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
}
