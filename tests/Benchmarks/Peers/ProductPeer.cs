using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Benchmarks.Chat;
using Connections.Local.DemoData;

namespace Connections.Benchmarks.Peers;

/// <summary>The local host, in which each pair is connected.</summary>
internal sealed class ProductPeer : ChatPeer
{
    private const int Concurrency = 8;

    private readonly List<ChatSocket> _sockets = [];
    private readonly BenchmarkHost _host;
    private readonly HttpClient _client;
    private Member[] _members = [];
    private string _batch = "";

    private ProductPeer(BenchmarkHost host) => (_host, _client) = (host, BenchmarkHost.Client(host.Process.Url));

    /// <inheritdoc/>
    public override string Name => "Connections";

    /// <inheritdoc/>
    protected override int ProcessId => _host.Process.Id;

    /// <summary>Starts it with so many creators.</summary>
    public static async Task<ProductPeer> StartAsync(int creators, TextWriter log) => new(await BenchmarkHost.StartAsync(creators, log));

    /// <summary>Begins a run: the numbers of messages begin anew, and none repeats an earlier one.</summary>
    public void BeginRun() => _batch = Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override async Task OpenAsync(int members, Action<int, int> received)
    {
        _members = new Member[members];
        await Parallel.ForAsync(0, members / 2, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (pair, _) =>
        {
            var brand = await BenchmarkHost.TokenAsync(_client, $"brand-{pair}");
            var creatorId = DemoCreator.IdOf(pair + 1).Value;
            var creator = await BenchmarkHost.TokenAsync(_client, creatorId);
            await CallAsync(HttpMethod.Put, "/api/me", brand, new { kind = "brand", displayName = $"Brand {pair}" });
            var connection = (await CallAsync(HttpMethod.Post, "/api/invites", brand, new { creatorId }))["id"]!.ToString();
            await CallAsync(HttpMethod.Post, $"/api/invites/{connection}/accept", creator, new { });
            _members[2 * pair] = new Member(brand, connection);
            _members[(2 * pair) + 1] = new Member(creator, connection);
        });
        for (var i = 0; i < members; i++)
        {
            var me = i;
            var access = await CallAsync(HttpMethod.Post, "/api/realtime/access", _members[i].Token, null);
            _sockets.Add(await ChatSocket.OpenAsync(
                new Uri(access["url"]!.ToString()), "json.webpubsub.azure.v1", "\"clientId\":\"", number => received(me, number)));
        }

        BeginRun();
    }

    /// <inheritdoc/>
    public override async Task SendAsync(int from, int number)
    {
        var member = _members[from];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/connections/{member.Connection}/messages");
        request.Headers.Authorization = member.Token;
        request.Content = JsonContent.Create(
            new { clientId = string.Create(CultureInfo.InvariantCulture, $"{number} {_batch}"), text = ChatText.Text });
        using var answer = await _client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(
                $"Sending a message returned {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Closes the sockets.</summary>
    public async Task CloseAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _sockets.Clear();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _client.Dispose();
        await _host.DisposeAsync();
    }

    private async Task<JsonNode> CallAsync(HttpMethod method, string path, AuthenticationHeaderValue token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token;
        using var response = await _client.SendAsync(request);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private sealed record Member(AuthenticationHeaderValue Token, string Connection);
}

/// <summary>The text of every message, whichever server carries it.</summary>
internal static class ChatText
{
    public const string Text = "Shall we say Thursday, then? I could send you the tent on Monday, or on Tuesday.";
}
