using System.Globalization;
using Connections.Benchmarks.Chat;
using Connections.Benchmarks.Floors;

namespace Connections.Benchmarks.Peers;

/// <summary>The least that a send can cost in ASP.NET Core: a row in SQLite and a frame to a socket.</summary>
internal sealed class FloorPeer : ChatPeer
{
    private readonly List<ChatSocket> _sockets = [];
    private readonly FloorProcess _process;
    private readonly HttpClient _client;
    private readonly string _folder;

    private FloorPeer(FloorProcess process, string folder) =>
        (_process, _folder, _client) = (process, folder, BenchmarkHost.Client(process.Url));

    /// <inheritdoc/>
    public override string Name => "a bare Kestrel app";

    /// <inheritdoc/>
    protected override int ProcessId => _process.Id;

    /// <summary>Starts it.</summary>
    public static async Task<FloorPeer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("connections-floor-").FullName;
        return new FloorPeer(await FloorProcess.StartAsync(FloorServer.Chat, Path.Combine(folder, "chat.db")), folder);
    }

    /// <inheritdoc/>
    public override async Task OpenAsync(int members, Action<int, int> received)
    {
        for (var i = 0; i < members; i++)
        {
            var me = i;
            var url = new UriBuilder(_process.Url) { Scheme = Uri.UriSchemeWs, Path = $"/sockets/{i}" }.Uri;
            _sockets.Add(await ChatSocket.OpenAsync(url, null, "\"clientId\":\"", number => received(me, number)));
        }
    }

    /// <inheritdoc/>
    public override async Task SendAsync(int from, int number)
    {
        using var body = new StringContent(
            string.Create(CultureInfo.InvariantCulture, $$"""{"clientId":"{{number}}","text":"{{ChatText.Text}}"}"""));
        using var answer = await _client.PostAsync($"/messages/{from ^ 1}", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _client.Dispose();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
