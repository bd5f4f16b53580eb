using System.Text.Json;
using Connections.Emulators.Queues;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Functions.Email;

/// <summary>The sweeper retries poisoned notices without an operator, because they are still owed.</summary>
public sealed class SweepPoisonedTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);

    private readonly ManualTime _time = new(Start);
    private readonly ScriptedMailer _mailer = new();
    private readonly LogLines _log = new();

    [Fact]
    public async Task An_email_whose_service_was_away_for_longer_than_it_is_tried_goes_out_once_when_it_is_back()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            _mailer.Next.Enqueue(_ => throw new TimeoutException("The email service is away."));
        }

        var connection = await InvitedAsync(host);
        Assert.Equal(1, await UntilAsync(() => PoisonedAsync(host), count => count == 1));

        Assert.Equal(0, await UntilAsync(() => PoisonedAsync(host), count => count == 0));
        Assert.Equal(6, await UntilAsync(() => Task.FromResult(_mailer.Tries.Count), count => count == 6));
        await host.DrainAsync();
        Assert.Equal(6, _mailer.Tries.Count);
        Assert.Single(_mailer.Tries.Select(sent => sent.OperationId).Distinct());
        Assert.Equal(1, (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(connection.Id, default))!.Value.Sent[
            NoticeKind.InviteReceived]);
    }

    [Fact]
    public async Task A_poisoned_notice_that_is_no_longer_owed_disappears()
    {
        await using var host = await StartAsync();
        var invite = await InvitedAsync(host);
        await host.DrainAsync();
        await host.ClientFor("brand").CallAsync(HttpMethod.Delete, $"/api/invites/{invite.Id}");
        var sent = _mailer.Tries.Count;
        await PoisonAsync(host, JsonSerializer.Serialize(
            new Notice("again.1.InviteReceived", NoticeKind.InviteReceived, invite.Id, 1, new MemberId("creator"), Start), Json.Options));

        Assert.Equal(0, await UntilAsync(() => PoisonedAsync(host), count => count == 0));

        await host.DrainAsync();
        Assert.Equal(0, await PoisonedAsync(host));
        Assert.Equal(sent, _mailer.Tries.Count);
    }

    [Theory]
    [InlineData("not a notice")]
    [InlineData("null")]
    [InlineData("""{"kind":"inviteReceived"}""")]
    public async Task What_is_no_notice_stays_for_the_operator_and_is_told_of_once_without_its_text(string text)
    {
        await using var host = await StartAsync();
        await PoisonAsync(host, text);

        var sweeps = 0;
        await UntilAsync(
            () => Task.FromResult(
                sweeps = _log.At(LogLevel.Warning).Count(line => line.StartsWith("0 of about 1 poisoned", StringComparison.Ordinal))),
            count => count >= 2,
            60);

        Assert.True(sweeps >= 2, $"{sweeps} sweeps.");
        Assert.Equal(1, await PoisonedAsync(host));
        var told = Assert.Single(_log.At(LogLevel.Error), line => line.Contains("is not a notice", StringComparison.Ordinal));
        Assert.DoesNotContain(text, told.Replace("is not a notice", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, 0)]
    [InlineData(1, 0.25)]
    [InlineData(240, 60)]
    [InlineData(5 * 1440, 1440)]
    [InlineData(300 * 1440, 1440)]
    public void A_notice_that_fails_again_and_again_rests_a_quarter_of_the_time_that_it_was_owed_and_a_day_at_most(
        double owedMinutes, double restMinutes)
    {
        var notice = new Notice("n", NoticeKind.Reminder, "c", 1, new MemberId("ada"), Start.AddDays(-7), DueAt: Start);

        Assert.Equal(TimeSpan.FromMinutes(restMinutes), SweepPoisoned.RestOf(notice, Start.AddMinutes(owedMinutes)));
    }

    public void Dispose() => _log.Dispose();

    private static async Task<int> PoisonedAsync(LocalHostFixture host) =>
        await host.Services.GetRequiredService<LocalQueue>().CountAsync(INoticeQueue.PoisonName, default);

    private static Task PoisonAsync(LocalHostFixture host, string text) =>
        host.Services.GetRequiredService<LocalQueue>().SendAsync(INoticeQueue.PoisonName, text, TimeSpan.Zero, default);

    private static async Task<Connection> InvitedAsync(LocalHostFixture host)
    {
        var brand = host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await host.ClientFor("creator").BecomeCreatorAsync();
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();
        return (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
    }

    private Task<LocalHostFixture> StartAsync() => LocalHostFixture.StartAsync(o => o with
    {
        Time = _time,
        Creators = 0,
        Services = services =>
            services.Replace(ServiceDescriptor.Singleton<IMailer>(_mailer)).AddLogging(logging => logging.AddProvider(_log)),
    });

    // Each poll moves the clock, by less than the delay of a failed message.
    private Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo, int seconds = 5) => Calls.EventuallyAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return look();
        },
        isSo);
}
