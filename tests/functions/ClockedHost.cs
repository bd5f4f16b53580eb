using Connections.Emulators.Email;
using Connections.Emulators.Queues;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>A host whose clock a test moves, so that a month passes in a second.</summary>
/// <remarks>
/// The change feed polls in real time, so each step waits before and after until all due work is done. That takes some seconds of the clock
/// too, so tests check a minute before and a minute after a due time. A timer that falls due several times in one step fires once.
/// </remarks>
public sealed class ClockedHost : IAsyncDisposable
{
    private ClockedHost(LocalHostFixture host, ManualTime time)
    {
        Host = host;
        Time = time;
    }

    /// <summary>The host.</summary>
    public LocalHostFixture Host { get; }

    /// <summary>Its clock.</summary>
    public ManualTime Time { get; }

    /// <summary>Starts one, with settings of its own where <paramref name="settings"/> gives them.</summary>
    public static Task<ClockedHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(services: null, settings);

    /// <summary>Starts one with other services and settings of a test.</summary>
    public static async Task<ClockedHost> StartAsync(Action<IServiceCollection>? services, params (string Name, string Value)[] settings)
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        return new ClockedHost(
            await LocalHostFixture.StartAsync(o => o with
            {
                Time = time,
                Creators = 0,
                Services = services,
                Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value, StringComparer.Ordinal),
            }),
            time);
    }

    /// <summary>Moves the clock, and waits until all due work is done.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await DrainAsync();
        Time.Advance(time);
        await SettleAsync();
    }

    /// <summary>Stops the host, moves the clock, and starts the host again.</summary>
    public async Task RestartAfterAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Host.RestartAsync();
        await SettleAsync();
    }

    /// <summary>Creates a brand and a creator, and lets the brand invite the creator.</summary>
    public async Task<string> InviteAsync(string creator = "creator")
    {
        var brand = Host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await Host.ClientFor(creator).BecomeCreatorAsync(handle: creator);
        return (await brand.SendAsync("/api/invites", new { creatorId = creator, note = "Shall we talk?" }))["id"].ToString();
    }

    /// <summary>Connects a brand and a creator, and waits until the emails about it have gone out.</summary>
    public async Task<string> ConnectAsync()
    {
        var id = await InviteAsync();
        Assert.Null((await Host.ClientFor("creator").SendAsync($"/api/invites/{id}/accept")).Problem);
        await DrainAsync();
        return id;
    }

    /// <summary>The mails to a member whose subject contains a text.</summary>
    public async Task<IReadOnlyList<SentMail>> MailsAsync(string member, string subject) =>
        [.. (await Host.OutboxAsync($"{member}@example.com")).Where(mail => mail.Subject.Contains(subject, StringComparison.Ordinal))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)Host).DisposeAsync();

    private Task DrainAsync() => Host.DrainAsync(TimeSpan.Zero);

    // A listener that starts to wait after a step needs a further tick to wake up.
    private async Task SettleAsync()
    {
        var queue = Host.Services.GetRequiredService<LocalQueue>();
        var connections = Host.Services.GetRequiredService<ConnectionStore>();
        var left = await Calls.EventuallyAsync(
            async () =>
            {
                Time.Advance(TimeSpan.FromMilliseconds(500));
                return await queue.CountDueAsync(INoticeQueue.Name, Time.GetUtcNow(), default)
                    + await connections.ExpiredByAsync(Time.GetUtcNow(), default).CountAsync();
            },
            left => left == 0);
        Assert.Equal(0, left);
        await DrainAsync();
    }
}
