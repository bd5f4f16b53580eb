using System.Collections.Concurrent;
using System.Net;
using Connections.FollowUp;
using Connections.Local.Worker;
using Connections.Notices;
using Connections.Safety;
using Connections.Tests.Functions.Email;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Safety;

/// <summary>Every report reaches support by exactly one email, whatever the queue and the email service do.</summary>
public sealed class ReportMailTests
{
    private const string Support = "support@example.com";

    [Fact]
    public async Task A_report_that_the_queue_did_not_take_is_made_and_mailed_once_by_the_sweeper()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        var queue = new FailingQueue { Fails = true };
        var runs = new RunLog();
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Time = time,
            Services = services =>
            {
                services.Decorate<INoticeQueue>(inner => queue.Of(inner));
                services.AddSingleton<IFunctionObserver>(runs);
            },
        });

        var answer = await host.ClientFor("reporter").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" });
        Assert.Equal((HttpStatusCode.Created, 1), (answer.Status, queue.Failures));
        queue.Fails = false;

        await SweepsAsync(async () => (await host.OutboxAsync(Support)).Count == 1);
        // The sweeper runs a few times more.
        var sweeps = runs.Count(nameof(SweepReports));
        await SweepsAsync(() => Task.FromResult(runs.Count(nameof(SweepReports)) >= sweeps + 4));

        Assert.Single(await host.OutboxAsync(Support));
        Assert.Equal(1, queue.Taken);
        var report = await ReportAsync(host, answer);
        Assert.Null(report.OwedSince);
        Assert.NotNull(report.MailedAt);

        async Task SweepsAsync(Func<Task<bool>> until) => Assert.True(await Calls.EventuallyAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return until();
            },
            isSo => isSo));
    }

    [Fact]
    public async Task A_notice_that_the_queue_delivers_five_times_is_one_send()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        var host = clocked.Host;
        var report = await ReportAsync(
            host, await host.ClientFor("reporter").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" }));
        await mailer.TriesAsync(1);
        await host.DrainAsync();

        for (var i = 0; i < 4; i++)
        {
            await host.Services.GetRequiredService<INoticeQueue>().EnqueueAsync(report.ToNotice(), TimeSpan.Zero, default);
        }

        await host.DrainAsync();
        Assert.Equal(NoticeHandover.OperationId($"report.{report.Id}"), Assert.Single(mailer.Tries).OperationId);
    }

    [Fact]
    public async Task A_send_of_unknown_outcome_and_a_throttled_one_are_tried_again_under_the_same_id()
    {
        var mailer = new ScriptedMailer();
        mailer.Next.Enqueue(_ => throw new InvalidOperationException("The connection broke."));
        mailer.Next.Enqueue(_ => new MailOutcome.Throttled(TimeSpan.FromSeconds(1)));
        await using var clocked = await mailer.StartHostAsync();

        await clocked.Host.ClientFor("reporter").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" });

        await mailer.TriesAsync(1);
        // host.json brings a message back ten seconds after a failure.
        await clocked.PassAsync(TimeSpan.FromSeconds(11));
        await clocked.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(3, mailer.Tries.Count);
        Assert.Single(mailer.Tries.Select(tried => tried.OperationId).Distinct());
        Assert.All(mailer.Tries, tried => Assert.Equal(Support, tried.Mail.To));
    }

    [Fact]
    public async Task A_refused_mail_is_not_sent_again_and_the_report_is_kept()
    {
        var mailer = new ScriptedMailer();
        mailer.Next.Enqueue(_ => new MailOutcome.Refused("No such address."));
        await using var clocked = await mailer.StartHostAsync();
        var host = clocked.Host;

        var answer = await host.ClientFor("reporter")
            .SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam", details = "Kept" });
        await mailer.TriesAsync(1);
        await host.DrainAsync();

        Assert.Single(mailer.Tries);
        Assert.Equal("Kept", (await ReportAsync(host, answer)).Details);
    }

    [Fact]
    public async Task Reports_go_to_the_configured_address()
    {
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Safety:SupportAddress"] = "trust@brand.example" } });
        await host.ClientFor("reporter").SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" });
        Assert.StartsWith("Report: ", (await host.MailAsync("trust@brand.example")).Subject, StringComparison.Ordinal);
    }

    private static async Task<Report> ReportAsync(LocalHostFixture host, Answer answer) =>
        (await host.Services.GetRequiredService<ReportStore>().FindAsync(answer["id"].ToString(), default))!;
}
