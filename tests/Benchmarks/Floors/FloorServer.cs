using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connections.Benchmarks.Floors;

/// <summary>Servers that show the cost of ASP.NET Core alone: an empty app, an answer from memory, an echo of WebSocket frames.</summary>
internal static class FloorServer
{
    /// <summary>The app that <c>dotnet new web</c> creates.</summary>
    public const string Empty = "empty";

    /// <summary>Answers every call with the content of a file.</summary>
    public const string Bytes = "bytes";

    /// <summary>Returns every WebSocket frame.</summary>
    public const string Echo = "echo";

    /// <summary>Stores messages in the file and pushes them to sockets (<see cref="ChatFloor"/>).</summary>
    public const string Chat = "chat";

    /// <summary>Prints its address and serves until standard input ends.</summary>
    public static async Task RunAsync(string floor, string[] arguments)
    {
        var builder = floor == Empty ? WebApplication.CreateBuilder(arguments) : WebApplication.CreateSlimBuilder();
        if (floor != Empty)
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        await using var app = builder.Build();
        using var chat = floor == Chat ? new ChatFloor(arguments[0]) : null;
        switch (floor)
        {
            case Empty:
                app.MapGet("/", () => "Hello World!");
                break;
            case Bytes:
                var bytes = await File.ReadAllBytesAsync(arguments[0]);
                app.MapGet("/{**path}", context => AnswerAsync(context.Response, bytes));
                break;
            case Chat:
                chat!.Map(app);
                break;
            default:
                app.UseWebSockets();
                app.Map("/", EchoAsync);
                break;
        }

        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        // Standard input ends when the parent process closes it or exits.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }

    private static async Task AnswerAsync(HttpResponse response, byte[] bytes)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }
}
