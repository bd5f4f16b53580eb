using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Connections.Benchmarks.Floors;

/// <summary>Stores a message as a row and pushes it to its receiver: no token, no check, no order, no limit, nothing owed.</summary>
internal sealed class ChatFloor : IDisposable
{
    private readonly ConcurrentDictionary<int, (WebSocket Socket, SemaphoreSlim Turn)> _sockets = new();
    private readonly Lock _gate = new();
    private readonly SqliteConnection _database;
    private readonly SqliteCommand _insert;

    /// <summary>Opens its database, with as little syncing as the local host's has.</summary>
    public ChatFloor(string file)
    {
        _database = new SqliteConnection($"Data Source={file}");
        _database.Open();
        using var setup = _database.CreateCommand();
        setup.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE messages (id INTEGER PRIMARY KEY, member INTEGER NOT NULL, body BLOB NOT NULL);
            """;
        setup.ExecuteNonQuery();
        _insert = _database.CreateCommand();
        _insert.CommandText = "INSERT INTO messages (member, body) VALUES ($member, $body)";
        _insert.Parameters.Add("$member", SqliteType.Integer);
        _insert.Parameters.Add("$body", SqliteType.Blob);
    }

    /// <summary>Adds the calls.</summary>
    public void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/sockets/{member:int}", OpenAsync);
        app.MapPost("/messages/{member:int}", SendAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _database.Dispose();
    }

    private async Task OpenAsync(HttpContext context, int member)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _sockets[member] = (socket, new SemaphoreSlim(1));
        var buffer = new byte[64];
        while (!(await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType.Equals(WebSocketMessageType.Close))
        {
        }
    }

    private async Task SendAsync(HttpContext context, int member)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        lock (_gate)
        {
            _insert.Parameters[0].Value = member;
            _insert.Parameters[1].Value = bytes;
            _insert.ExecuteNonQuery();
        }

        if (_sockets.TryGetValue(member, out var open))
        {
            await open.Turn.WaitAsync();
            try
            {
                await open.Socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            finally
            {
                open.Turn.Release();
            }
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
    }
}
