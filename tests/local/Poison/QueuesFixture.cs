using Connections.Tests.Local.Emulators;

namespace Connections.Tests.Local.Poison;

/// <summary>Azurite with a client.</summary>
public sealed class QueuesFixture : IAsyncLifetime
{
    private Azurite? _azurite;
    private JavaScriptClient? _client;

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

    /// <summary>Deletes all queues, so that each test starts without any.</summary>
    public Task EmptyAsync() => _client!.CallAsync("deleteAll");

    /// <summary>Sends a message to the poison queue and returns its id.</summary>
    public async Task<string> PoisonAsync(string text)
    {
        await CreateAsync("notices-poison");
        return (string)(await _client!.CallAsync("send", new { queue = "notices-poison", text }))!;
    }

    /// <summary>Creates a queue if it does not exist.</summary>
    public Task CreateAsync(string queue) => _client!.CallAsync("create", new { queue });

    /// <summary>The texts of the first 32 messages of a queue.</summary>
    public Task<string[]> PeekAsync(string queue) => TextsAsync("peek", new { queue });

    /// <summary>Receives the first 32 messages of a queue, which makes them invisible for a minute.</summary>
    public Task<string[]> ReceiveAsync(string queue) => TextsAsync("take", new { queue, hold = 60 });

    /// <summary>The expiry times of the first 32 messages of a queue.</summary>
    public Task<string[]> ExpiriesAsync(string queue) => TextsAsync("expiry", new { queue });

    private async Task<string[]> TextsAsync(string call, object with) =>
        [.. (await _client!.CallAsync(call, with))!.AsArray().Select(text => (string)text!)];
}
