using Connections.Local;

namespace Connections.Tests.Local.Emulators;

/// <summary>A host of the emulators only, on a free port.</summary>
public sealed class EmulatorsFixture : IAsyncLifetime
{
    private LocalHostFixture? _host;

    public LocalHostFixture Host => _host ?? throw new InvalidOperationException("The emulators are not running.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _host = await LocalHostFixture.StartAsync(o => o with { EmulatorsAlone = true, Creators = 5 });

    /// <inheritdoc/>
    public Task DisposeAsync() => Host.DisposeAsync();

    /// <summary>A client with the connection string in a setting of the function app.</summary>
    internal Task<JavaScriptClient> ClientAsync(string service, string setting) => JavaScriptClient.StartAsync(service, Setting(setting));

    /// <summary>A setting of a function app that uses these emulators.</summary>
    internal string Setting(string name) => EmulatorSettings.For(Host.Url)[name];
}
