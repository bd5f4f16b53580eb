using System.Globalization;
using Connections.Tests.Local.Cosmos;

namespace Connections.Tests.Functions.Limits;

/// <summary>A host with the product's own limits on calls, whose clock stands still until a test moves it.</summary>
public sealed class LimitedHost : IAsyncLifetime
{
    private readonly SetTime _time = new();

    public LocalHostFixture Host { get; private set; } = null!;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>An empty value counts as not set.</summary>
    public static Dictionary<string, string?> TheProducts =>
        LocalHostFixture.NoCallLimits.ToDictionary(limit => limit.Key, _ => (string?)"", StringComparer.Ordinal);

    public async Task InitializeAsync() => Host = await LocalHostFixture.StartAsync(o => o with { Time = _time, Settings = TheProducts });

    public Task DisposeAsync() => Host.DisposeAsync();

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>The wait that a refused call asks for; its <c>until</c> must agree.</summary>
    public TimeSpan WaitOf(Answer refused)
    {
        var wait = TimeSpan.FromSeconds(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));
        Assert.Equal(Now + wait, refused["until"].GetValue<DateTimeOffset>());
        return wait;
    }
}
