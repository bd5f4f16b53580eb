using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>The event <c>connect</c>, by which the application decides whether a client may connect, as in Azure.</summary>
public sealed class ConnectEventsTests
{
    [Fact]
    public async Task The_application_is_asked_with_the_users_identity_and_admits_the_client()
    {
        await using var app = await Application.StartAsync(StatusCodes.Status204NoContent);
        await using var host = await PubSubHost.StartAsync(eventHandler: app.Url);
        var url = new UriBuilder(host.Access(PubSubHost.Ada)) { Query = host.Access(PubSubHost.Ada).Query + "&pass=one" }.Uri;

        await using var client = await SocketClient.ConnectAsync(url, SocketClient.Json);
        var connected = await client.ReceiveAsJsonAsync();

        Assert.Equal(
            ("azure.webpubsub.sys.connect", "connections", "ada", (string?)connected["connectionId"], "1.0"),
            (app.Header("ce-type"), app.Header("ce-hub"), app.Header("ce-userId"), app.Header("ce-connectionId"), app.Header(
                "ce-specversion")));
        Assert.Equal(
            ("one", SocketClient.Json, "ada"),
            ((string?)app.Body["query"]!["pass"]![0], (string?)app.Body["subprotocols"]![0], (string?)app.Body["claims"]!["sub"]![0]));
        Assert.DoesNotContain("access_token", app.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData(StatusCodes.Status429TooManyRequests, HttpStatusCode.TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, HttpStatusCode.InternalServerError)]
    public async Task A_refusal_by_the_application_reaches_the_client_and_a_failure_becomes_a_500(int answer, HttpStatusCode seen)
    {
        await using var app = await Application.StartAsync(answer);
        await using var host = await PubSubHost.StartAsync(eventHandler: app.Url);

        Assert.Equal(seen, await SocketClient.RefusalAsync(host.Access(PubSubHost.Ada), SocketClient.Json));
        Assert.Equal(0, host.Service.ConnectionCount);
    }

    [Fact]
    public async Task No_client_is_admitted_if_the_application_rejects_events_or_is_unreachable()
    {
        var app = await Application.StartAsync(StatusCodes.Status204NoContent, allowed: "another.example.com");
        await using var host = await PubSubHost.StartAsync(eventHandler: app.Url);
        Assert.Equal(HttpStatusCode.InternalServerError, await SocketClient.RefusalAsync(host.Access(PubSubHost.Ada), SocketClient.Json));

        await app.DisposeAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, await SocketClient.RefusalAsync(host.Access(PubSubHost.Ada), SocketClient.Json));
    }

    [Fact]
    public async Task A_recovery_does_not_ask_the_application_again()
    {
        await using var app = await Application.StartAsync(StatusCodes.Status204NoContent);
        await using var host = await PubSubHost.StartAsync(eventHandler: app.Url);
        await using var client = await SocketClient.ConnectAsync(host.Access(PubSubHost.Ada), SocketClient.Reliable);
        var connected = await client.ReceiveAsJsonAsync();
        host.Service.DropSockets(PubSubHost.Ada.Value);

        var recovery = new UriBuilder(host.Access(PubSubHost.Ada))
        {
            Query = $"awps_connection_id={connected["connectionId"]}&awps_reconnection_token={connected["reconnectionToken"]}",
        }.Uri;
        await using var again = await SocketClient.ConnectAsync(recovery, SocketClient.Reliable);
        await again.ReceiveAsJsonAsync();

        Assert.Equal(1, app.Events);
    }

    /// <summary>An application with an event handler.</summary>
    private sealed class Application : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

        private Application(int answer, string allowed)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.MapMethods("/events", ["OPTIONS"], (HttpContext context) => context.Response.Headers["WebHook-Allowed-Origin"] = allowed);
            _app.MapPost("/events", async (HttpContext context) =>
            {
                Events++;
                Body = (await JsonNode.ParseAsync(context.Request.Body))!;
                foreach (var (name, value) in context.Request.Headers)
                {
                    _headers[name] = value.ToString();
                }

                context.Response.StatusCode = answer;
            });
        }

        public Uri Url => new(new Uri(_app.Urls.Single()), "/events");

        public int Events { get; private set; }

        public JsonNode Body { get; private set; } = new JsonObject();

        public string? Header(string name) => _headers.GetValueOrDefault(name);

        public static async Task<Application> StartAsync(int answer, string allowed = "*")
        {
            var app = new Application(answer, allowed);
            await app._app.StartAsync();
            return app;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
