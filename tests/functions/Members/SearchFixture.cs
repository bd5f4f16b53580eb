using Connections.Members;

namespace Connections.Tests.Functions.Members;

/// <summary>A host with the creators of <see cref="SearchCast"/> and, as in every host, the demo creator.</summary>
public sealed class SearchFixture : IAsyncLifetime
{
    private const int Creators = 150;

    private LocalHostFixture? _host;

    /// <summary>The host.</summary>
    public LocalHostFixture Host => _host!;

    /// <summary>All creators, listed or not.</summary>
    public IReadOnlyList<Member> Cast { get; private set; } = [];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var cast = SearchCast.Of(Creators);
        await Parallel.ForEachAsync(cast, async (member, ct) => Assert.True(await Host.Members().TryCreateAsync(member, ct)));
        Cast = [.. cast, (await Host.Members().FindAsync(new MemberId("demo-creator"), CancellationToken.None))!.Value];
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Host.DisposeAsync();
}
