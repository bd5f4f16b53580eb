using Connections.Local;

namespace Connections.Tests.Local.Emulators;

/// <summary>The emulators alone, on a free port.</summary>
public sealed class EmulatorsFixture : IAsyncLifetime
{
    private LocalHostFixture? _host;

    /// <summary>The host.</summary>
    public LocalHostFixture Host => _host ?? throw new InvalidOperationException("The emulators are not running.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _host = await LocalHostFixture.StartAsync(o => o with { EmulatorsAlone = true, Creators = 5 });

    /// <inheritdoc/>
    public Task DisposeAsync() => Host.DisposeAsync();

    /// <summary>A client with the connection string that a function app is told under this name.</summary>
    internal Task<JavaScriptClient> ClientAsync(string service, string setting) => JavaScriptClient.StartAsync(service, Setting(setting));

    /// <summary>A setting of a function app that uses these emulators.</summary>
    internal string Setting(string name) => EmulatorSettings.For(Host.Url)[name];
}
