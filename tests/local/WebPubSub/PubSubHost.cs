using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Connections.Chat;
using Connections.Emulators.WebPubSub;
using Connections.Members;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>A server on a free port with only Web PubSub, on a clock that the test moves.</summary>
internal sealed class PubSubHost : IAsyncDisposable
{
    public static readonly MemberId Ada = new("ada");
    public static readonly MemberId Bob = new("bob");

    /// <summary>The longest wait for an expected event. No test waits that long for the absence of an event.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private PubSubHost(WebApplication app, FakeTimeProvider clock, LogLines log)
    {
        _app = app;
        Clock = clock;
        Log = log;
        Service = app.Services.GetRequiredService<LocalWebPubSub>();
    }

    public LocalWebPubSub Service { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>The log of the whole server, from the level Trace.</summary>
    public LogLines Log { get; }

    public static async Task<PubSubHost> StartAsync(byte[]? key = null, Uri? eventHandler = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        WebApplication? app = null;
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddWebPubSub(
            new LocalWebPubSubOptions(ILiveDelivery.Hub, () => new Uri(app!.Urls.Single()), key ?? RandomNumberGenerator.GetBytes(32))
            {
                EventHandler = eventHandler is null ? null : () => eventHandler,
            });
        app = builder.Build();
        app.MapWebPubSub();
        await app.StartAsync();
        return new PubSubHost(app, clock, log);
    }

    public Uri Access(MemberId member, params string[] roles) => Service.GetClientUrl(member.Value, TimeSpan.FromMinutes(5), roles).Url;

    public Task<SocketClient> ConnectAsync(MemberId member, string? subprotocol, params string[] roles) =>
        SocketClient.ConnectAsync(Access(member, roles), subprotocol);

    public void Send(MemberId to, string json) => Service.Send(to.Value, json);

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition, string description)
    {
        using var timeout = new CancellationTokenSource(MaxWait);
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"This did not happen within {MaxWait}: {description}");
            await Task.Delay(10);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Log lines as text, with the values of scopes and states.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue(state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
