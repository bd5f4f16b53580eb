using Connections.Tests.Local.Emulators;

namespace Connections.Tests.Local.Poison;

/// <summary>Azurite's queues, and a client of them.</summary>
public sealed class QueuesFixture : IAsyncLifetime
{
    private Azurite? _azurite;
    private JavaScriptClient? _client;

    /// <summary>The account.</summary>
    internal Azurite Azurite => _azurite ?? throw new InvalidOperationException("Azurite is not running.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartAsync();
        _client = await JavaScriptClient.StartAsync("queue", _azurite.ConnectionString);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _client!.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    /// <summary>The state that each test begins with: no queue.</summary>
    public Task EmptyAsync() => _client!.CallAsync("deleteAll");

    /// <summary>Puts a message into the poison queue; its id.</summary>
    public async Task<string> PoisonAsync(string text)
    {
        await CreateAsync("notices-poison");
        return (string)(await _client!.CallAsync("send", new { queue = "notices-poison", text }))!;
    }

    /// <summary>Makes a queue, if it is not there.</summary>
    public Task CreateAsync(string queue) => _client!.CallAsync("create", new { queue });

    /// <summary>What the first 32 messages of a queue say, which stay in it.</summary>
    public Task<string[]> PeekAsync(string queue) => TextsAsync("peek", new { queue });

    /// <summary>What the first 32 messages of a queue say, which then nobody sees for a minute.</summary>
    public Task<string[]> TakeAsync(string queue) => TextsAsync("take", new { queue, hold = 60 });

    /// <summary>When the first 32 messages of a queue expire.</summary>
    public Task<string[]> ExpiriesAsync(string queue) => TextsAsync("expiry", new { queue });

    private async Task<string[]> TextsAsync(string call, object with) =>
        [.. (await _client!.CallAsync(call, with))!.AsArray().Select(text => (string)text!)];
}
