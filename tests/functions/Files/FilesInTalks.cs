using Connections.Tests.Functions.Chat;

namespace Connections.Tests.Functions.Files;

/// <summary>A host for tests of files that members send each other.</summary>
public abstract class FilesInTalks : IAsyncLifetime
{
    private LocalHostFixture? _host;

    /// <summary>The host's clock.</summary>
    protected ShiftedTime Time { get; } = new();

    /// <summary>The host.</summary>
    protected LocalHostFixture Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with { Time = Time });

    public Task DisposeAsync() => Host.DisposeAsync();

    protected static Task<Answer> SendAsync(Talk talk, string clientId, string text, params (string Id, string? Alt)[] files) =>
        talk.Brand.SendAsync(
            talk.Messages,
            new { clientId, text, files = files.Length == 0 ? null : files.Select(file => new { id = file.Id, alt = file.Alt }) });
}
