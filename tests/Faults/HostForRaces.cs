using Connections.Local;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Faults;

/// <summary>A local host whose clock races move, and their random choices.</summary>
internal abstract class HostForRaces(int seed) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private LocalHostFixture? _host;

    /// <summary>The host's clock.</summary>
    protected ManualTime Time { get; } = new(Start);

    /// <summary>The host.</summary>
    protected LocalHostFixture Host => _host ?? throw new InvalidOperationException("The host is not running.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host is null ? ValueTask.CompletedTask : ((IAsyncDisposable)_host).DisposeAsync();

    /// <summary>Starts the host, without creators and without a log.</summary>
    /// <param name="settings">Settings of the app.</param>
    /// <param name="change">What is different in its services.</param>
    protected async Task StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? change = null) =>
        _host = await LocalHostFixture.StartAsync(options => options with
        {
            Creators = 0,
            Time = Time,
            Settings = settings ?? options.Settings,
            Services = services =>
            {
                services.AddLogging(log => log.ClearProviders());
                change?.Invoke(services);
            },
        });

    /// <summary>A random number from 0. Any thread may ask.</summary>
    protected int Next(int below)
    {
        lock (_random)
        {
            return _random.Next(below);
        }
    }
}
