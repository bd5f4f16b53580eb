using Connections.Invites;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>A host whose clock a test moves: a month passes in a second.</summary>
/// <remarks>
/// The change feed polls by real time, so before and after each leap all that is due then happens. That takes some seconds of the
/// clock too, so tests look a minute before a moment and a minute after it. Timers that fall due several times in a leap fire once.
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

    /// <summary>Starts one with something of a test's in a service's place.</summary>
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

    /// <summary>Lets time pass, and all that falls due by then happen.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await DrainAsync();
        Time.Advance(time);
        await SettleAsync();
    }

    /// <summary>Stops the host, lets time pass, and starts it again.</summary>
    public async Task SleepAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Host.RestartAsync();
        await SettleAsync();
    }

    /// <summary>A brand and a creator who has been invited by it.</summary>
    public async Task<string> InviteAsync(string creator = "creator")
    {
        var brand = Host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await Host.ClientFor(creator).BecomeCreatorAsync(handle: creator);
        return (await brand.SendAsync("/api/invites", new { creatorId = creator, note = "Shall we talk?" }))["id"].ToString();
    }

    /// <summary>A brand and a creator who have connected, and whose emails about it have been sent.</summary>
    public async Task<string> ConnectAsync()
    {
        var id = await InviteAsync();
        Assert.Null((await Host.ClientFor("creator").SendAsync($"/api/invites/{id}/accept")).Problem);
        await DrainAsync();
        return id;
    }

    /// <summary>The mails of a kind that a member has got, told by what their subject says.</summary>
    public async Task<IReadOnlyList<SentMail>> MailsAsync(string member, string subject) =>
        [.. (await Host.OutboxAsync($"{member}@example.com")).Where(mail => mail.Subject.Contains(subject, StringComparison.Ordinal))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)Host).DisposeAsync();

    private Task DrainAsync() => Host.DrainAsync(TimeSpan.Zero);

    // A listener takes its place among the waiting between two moves of the clock, so the clock must tick on for it to look again.
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
