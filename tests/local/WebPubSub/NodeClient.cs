using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>The official JavaScript client library in a Node process of its own, driven by <c>client/client.mjs</c>.</summary>
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

    /// <summary>The connection ids of the library's <c>connected</c> events: it raises none for a recovery.</summary>
    public string[] Connected => [.. Events("connected").Select(e => (string)e["connectionId"]!)];

    /// <summary>The payloads that the library handed out, in the order it did.</summary>
    public JsonNode[] Messages => [.. Events("message").Select(e => e["data"]!)];

    public IEnumerable<JsonObject> Events(string name) => _events.Where(e => (string?)e["event"] == name);

    /// <summary>Starts the library with this URL and waits until it says that it is connected.</summary>
    public static async Task<NodeClient> ConnectAsync(Uri url, string protocol)
    {
        var client = new NodeClient(await Library.StartAsync("client.mjs", url.AbsoluteUri, protocol));
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
}
