using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Emulators.WebPubSub;

/// <summary>Puts <see cref="LocalWebPubSub"/> into a host: its services, and the endpoints that clients connect to.</summary>
public static class WebPubSubEndpoint
{
    /// <summary>How often a silent client gets a ping, and how long it may take to answer.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>Adds the hub, and keeps the tokens in client URLs out of the log.</summary>
    /// <remarks>ASP.NET Core logs the URL of each request at level Information, so that category is limited to Warning here.</remarks>
    public static IServiceCollection AddWebPubSub(this IServiceCollection services, LocalWebPubSubOptions options) => services
        .AddSingleton(options)
        .AddSingleton<LocalWebPubSub>()
        .AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));

    /// <summary>Maps <c>/client/hubs/{hub}</c> and <c>/client?hub=</c>. When the host stops, it closes clients with 1001.</summary>
    /// <remarks>Has WebSocket middleware of its own.</remarks>
    public static void MapWebPubSub(this IEndpointRouteBuilder app)
    {
        var service = app.ServiceProvider.GetRequiredService<LocalWebPubSub>();
        app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(service.Stop);
        var pipeline = app.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(context => ConnectAsync(context, service));
        var connect = pipeline.Build();
        // HTTP/2 opens a WebSocket with CONNECT.
        app.MapMethods("/client/hubs/{hub}", [HttpMethods.Get, HttpMethods.Connect], connect).WithDisplayName("Web PubSub");
        app.MapMethods("/client", [HttpMethods.Get, HttpMethods.Connect], connect).WithDisplayName("Web PubSub");
    }

    private static async Task ConnectAsync(HttpContext context, LocalWebPubSub service)
    {
        var query = context.Request.Query;
        var isRecovery = query["awps_connection_id"].Count > 0;
        // The reconnection token proves a recovery; the access token may have expired by now.
        var client = isRecovery ? null : await service.Tokens.CheckAsync(Token(context.Request), Hub(context), Host(context.Request));
        if (!isRecovery && client is null)
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized, "The client URL is not valid here or has expired. Ask for a new one.");
        }
        else if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Connect with a WebSocket.");
        }
        else if (!Subprotocols.TryChoose(context.WebSockets.WebSocketRequestedProtocols, out var subprotocol, out var name)
            || (isRecovery && subprotocol != Subprotocol.ReliableJson))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, isRecovery
                ? "Only json.reliable.webpubsub.azure.v1 can recover a connection."
                : "Use the subprotocol json.webpubsub.azure.v1 or json.reliable.webpubsub.azure.v1, or no subprotocol.");
        }
        else if (service.IsStopped)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The service is stopping.");
        }
        else
        {
            var id = ClientSession.NewId();
            if (client is not null && service.Events is { } events
                && await events.AskAsync(Connecting(context, client, id), context.RequestAborted) is { } refusal)
            {
                context.Response.StatusCode = refusal.Status;
                context.Response.ContentType = refusal.ContentType;
                await context.Response.WriteAsync(refusal.Body, context.RequestAborted);
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { SubProtocol = name, KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
            var session = isRecovery
                ? service.FindForRecovery(Hub(context), query["awps_connection_id"].ToString(), query["awps_reconnection_token"])
                : service.Open(client!, id, subprotocol);
            await ServeAsync(context, service, socket, session);
        }
    }

    private static async Task ServeAsync(HttpContext context, LocalWebPubSub service, WebSocket socket, ClientSession? session)
    {
        using var client = session is null ? null : new ClientSocket(socket, session, service.Requests, service.Time, context.Abort);
        if (client is null || !session!.TryAttach(client))
        {
            // 1008 tells a client library to stop recovering and to make a new connection.
            await CloseAsync(
                socket, service.IsStopped ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.PolicyViolation, service.Time);
            return;
        }

        var lost = false;
        try
        {
            lost = await client.RunAsync();
        }
        finally
        {
            session.Detach(client, canRecover: lost);
        }
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(ClientSocket.CloseTimeout, time);
        try
        {
            await socket.CloseAsync(status, "The connection is gone.", timeout.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone too.
        }
    }

    private static ConnectingClient Connecting(HttpContext context, ClientIdentity client, string id) => new(
        Hub(context),
        id,
        client,
        context.Request.Host.Host,
        context.Request.Query.Where(parameter => parameter.Key != "access_token")
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value.OfType<string>().ToArray(), StringComparer.Ordinal),
        [.. context.WebSockets.WebSocketRequestedProtocols]);

    private static string Hub(HttpContext context) => context.GetRouteValue("hub") as string ?? context.Request.Query["hub"].ToString();

    private static string Host(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static string? Token(HttpRequest request) => BearerToken(request) ?? request.Query["access_token"].ToString();

    /// <summary>The token of the <c>Authorization</c> header; null if there is none.</summary>
    internal static string? BearerToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}

/// <summary>The protocol on one socket.</summary>
internal enum Subprotocol
{
    /// <summary>No subprotocol: the client receives bare payloads and may send nothing.</summary>
    Plain,

    /// <summary><c>json.webpubsub.azure.v1</c>: messages that are sent while the client is away are lost.</summary>
    Json,

    /// <summary><c>json.reliable.webpubsub.azure.v1</c>: numbered messages, acknowledged, sent again after a recovery.</summary>
    ReliableJson,
}

internal static class Subprotocols
{
    /// <summary>Picks the first requested subprotocol that is supported; false if subprotocols were requested and none is
    /// supported.</summary>
    public static bool TryChoose(IList<string> requested, out Subprotocol chosen, out string? name)
    {
        chosen = Subprotocol.Plain;
        name = null;
        foreach (var candidate in requested)
        {
            if (candidate is "json.reliable.webpubsub.azure.v1" or "json.webpubsub.azure.v1")
            {
                chosen = candidate.StartsWith("json.reliable", StringComparison.Ordinal) ? Subprotocol.ReliableJson : Subprotocol.Json;
                name = candidate;
                return true;
            }
        }

        return requested.Count == 0;
    }
}
