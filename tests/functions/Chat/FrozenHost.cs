using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Chat;

/// <summary>A host whose clock moves only when a test moves it, to be shared by the tests of a class.</summary>
public sealed class FrozenHost : IAsyncLifetime
{
    private readonly SetTime _time = new();

    public LocalHostFixture Host { get; private set; } = null!;

    public DateTimeOffset Now => _time.GetUtcNow();

    public async Task InitializeAsync() => Host = await LocalHostFixture.StartAsync(o => o with { Time = _time });

    public Task DisposeAsync() => Host.DisposeAsync();

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>Waits until all work that is due is done. A notice that came early waits for a second, which does not pass here.</summary>
    public Task DrainAsync() => Host.DrainAsync(TimeSpan.Zero);
}
