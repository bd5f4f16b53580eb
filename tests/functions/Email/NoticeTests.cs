using System.Collections.Concurrent;
using System.Net;
using Connections.Emulators.Queues;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Email;

/// <summary>Every owed email is sent exactly once, whatever the queue, the change feed and the email service do.</summary>
public sealed class NoticeTests
{
    // host.json brings a message back ten seconds after a failure.
    private static readonly TimeSpan AfterAFailure = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task A_notice_that_the_queue_delivers_three_times_is_one_email()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var connection = await InvitedAsync(host);
        await host.MailAsync("creator@example.com");
        await host.DrainAsync();

        for (var i = 0; i < 3; i++)
        {
            await host.Services.GetRequiredService<INoticeQueue>().EnqueueAsync(NoticeOf(connection), TimeSpan.Zero, default);
        }

        await host.DrainAsync();
        Assert.Single(await host.OutboxAsync("creator@example.com"));
    }

    [Fact]
    public async Task An_email_whose_handing_over_was_not_noted_is_sent_again_under_the_same_operation()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        // The first send takes effect, but its answer is lost.
        mailer.Next.Enqueue(_ => throw new TimeoutException("No answer."));
        await InvitedAsync(clocked.Host);

        await mailer.TriesAsync(1);
        await clocked.PassAsync(AfterAFailure);
        Assert.Equal(2, mailer.Tries.Count);
        Assert.Single(mailer.Tries.Select(sent => sent.OperationId).Distinct());
    }

    [Fact]
    public async Task A_throttled_email_waits_as_long_as_the_service_says_and_is_sent()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        mailer.Next.Enqueue(_ => new MailOutcome.Throttled(TimeSpan.FromMinutes(5)));
        await InvitedAsync(clocked.Host);

        await clocked.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Single(mailer.Tries);
        await clocked.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, mailer.Tries.Count);
        Assert.Single(mailer.Tries.Select(sent => sent.OperationId).Distinct());
        Assert.Equal(0, await clocked.Host.Services.GetRequiredService<LocalQueue>().CountAsync("notices-poison", default));
    }

    [Fact]
    public async Task Revoking_is_silent_also_for_an_email_that_was_queued()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        // The email is held back until the invite has been revoked.
        mailer.Next.Enqueue(_ => new MailOutcome.Throttled(TimeSpan.FromSeconds(2)));
        var connection = await InvitedAsync(clocked.Host);
        await mailer.TriesAsync(1);

        Assert.Equal(
            HttpStatusCode.OK,
            (await clocked.Host.ClientFor("brand").CallAsync(HttpMethod.Delete, $"/api/invites/{connection.Id}")).Status);
        await clocked.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Single(mailer.Tries);
    }

    [Fact]
    public async Task Declining_sends_the_inviter_no_email()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var connection = await InvitedAsync(host);
        await host.MailAsync("creator@example.com");
        await host.ClientFor("creator").SendAsync($"/api/invites/{connection.Id}/decline");
        await host.DrainAsync();
        Assert.Empty(await host.OutboxAsync("brand@example.com"));
    }

    [Fact]
    public async Task A_member_who_does_not_want_a_notice_does_not_get_it()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var creator = host.ClientFor("creator");
        await creator.BecomeCreatorAsync();
        await creator.PutAsync("/api/me/email-preferences", new { notices = new { inviteReceived = false } });
        await InvitedAsync(host);
        await host.DrainAsync();
        Assert.Empty(await host.OutboxAsync("creator@example.com"));
    }

    [Fact]
    public async Task What_the_change_feed_lost_the_sweeper_finds()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        var queue = new FailingQueue();
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Time = time,
            Services = services => services.Decorate<INoticeQueue>(inner => queue.Of(inner)),
        });
        queue.Fails = true;
        await InvitedAsync(host);

        // The trigger tries the batch six times, and then drops it.
        Assert.Equal(6, await Calls.EventuallyAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(queue.Failures);
            },
            failures => failures == 6));

        queue.Fails = false;
        Assert.Empty(await host.OutboxAsync("creator@example.com"));

        // The sweeper runs every minute, and looks for documents that have owed something for two.
        Assert.Single(await Calls.EventuallyAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return host.OutboxAsync("creator@example.com");
            },
            mails => mails.Count > 0));
    }

    [Fact]
    public async Task A_notice_that_always_fails_goes_to_the_poison_queue_and_stops_no_other()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero));
        await using var host = await LocalHostFixture.StartAsync(o => o with { Time = time });
        var queue = host.Services.GetRequiredService<LocalQueue>();
        await queue.SendAsync(INoticeQueue.Name, "not a notice", TimeSpan.Zero, default);
        await InvitedAsync(host);
        await host.MailAsync("creator@example.com");

        var poisoned = await Calls.EventuallyAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return await queue.PeekAsync(INoticeQueue.Name + "-poison", 1, default);
            },
            messages => messages.Count > 0);
        Assert.Equal("not a notice", poisoned.Single());
    }

    private static async Task<Connection> InvitedAsync(LocalHostFixture host)
    {
        var brand = host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await host.ClientFor("creator").BecomeCreatorAsync();
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();
        return (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
    }

    private static Notice NoticeOf(Connection connection) =>
        new($"{connection.Id}.1.InviteReceived", NoticeKind.InviteReceived, connection.Id, 1, connection.Invitee, connection.InvitedAt);
}
