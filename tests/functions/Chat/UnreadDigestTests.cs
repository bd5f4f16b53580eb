using Connections.Chat;
using Connections.Notices;
using Connections.Tests.Functions.Email;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>The email about unread messages: 15 minutes after the oldest, to whoever is not online, at most one until they read.</summary>
public sealed class UnreadDigestTests
{
    private const string Subject = "wrote to you";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_comes_15_minutes_after_the_oldest_unread_message_and_tells_of_all()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(10 * Minute);
        await SayAsync(clocked, id, "Two\nof two lines", "Three", "Four");
        await clocked.PassAsync(4 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));

        await clocked.PassAsync(2 * Minute);
        var mail = Assert.Single(await clocked.MailsAsync("creator", Subject));
        Assert.Equal("Aurora Outdoor wrote to you", mail.Subject);
        Assert.Contains("You have 4 unread messages from Aurora Outdoor", mail.Text, StringComparison.Ordinal);
        Assert.Contains("The last 3 of them:\n> Two\n> of two lines\n\n> Three\n\n> Four\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/messages/{id}\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Empty(await clocked.MailsAsync("brand", Subject));
    }

    [Fact]
    public async Task There_is_one_until_they_read_and_another_after_new_messages()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(16 * Minute);
        await SayAsync(clocked, id, "Two");
        await clocked.PassAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));

        await ReadAsync(clocked, id, 2);
        await clocked.PassAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));

        await SayAsync(clocked, id, "Three");
        await clocked.PassAsync(14 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
        await clocked.PassAsync(2 * Minute);
        var mails = await clocked.MailsAsync("creator", Subject);
        Assert.Equal(2, mails.Count);
        Assert.Contains("You have an unread message from Aurora Outdoor.", mails[1].Text, StringComparison.Ordinal);
        Assert.Contains("> Three", mails[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("> Two", mails[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_in_time_is_not_told()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One", "Two");
        await clocked.PassAsync(14 * Minute);
        await ReadAsync(clocked, id, 2);
        await clocked.PassAsync(60 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task What_a_read_mark_leaves_unread_is_told_15_minutes_after_the_oldest_of_it()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(8 * Minute);
        await SayAsync(clocked, id, "Two");
        await clocked.PassAsync(2 * Minute);
        await ReadAsync(clocked, id, 1);
        await clocked.PassAsync(12 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.PassAsync(2 * Minute);
        Assert.Contains("> Two", Assert.Single(await clocked.MailsAsync("creator", Subject)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_online_is_told_until_they_have_gone_and_it_is_still_unread()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await using (await LiveClient.OpenAsync(clocked.Host.ClientFor("creator")))
        {
            await SayAsync(clocked, id, "One");
            await clocked.PassAsync(16 * Minute);
            await clocked.PassAsync(60 * Minute);
            Assert.Empty(await clocked.MailsAsync("creator", Subject));
        }

        var live = clocked.Host.Services.GetRequiredService<ILiveDelivery>();
        Assert.False(await Calls.EventuallyAsync(() => live.IsOnlineAsync(new("creator"), default), online => !online));
        await clocked.PassAsync(16 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task Whoever_is_muted_or_no_longer_connected_is_not_told()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await clocked.Host.ClientFor("creator").PutAsync("/api/me/email-preferences", new { notices = new { unreadMessages = false } });
        await SayAsync(clocked, id, "One");
        Assert.Null((await clocked.Host.ClientFor(
            "creator").SendAsync($"/api/connections/{id}/messages", new { clientId = "back", text = "Back" })).Problem);
        await clocked.PassAsync(14 * Minute);
        Assert.Null((await clocked.Host.ClientFor("creator").CallAsync(HttpMethod.Delete, $"/api/connections/{id}")).Problem);
        await clocked.PassAsync(60 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        Assert.Empty(await clocked.MailsAsync("brand", Subject));
    }

    [Fact]
    public async Task A_muted_conversation_is_not_told_of_until_the_mute_is_lifted()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        var creator = clocked.Host.ClientFor("creator");
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(10 * Minute);
        Assert.Null((await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = true })).Problem);
        await SayAsync(clocked, id, "Two");
        await clocked.PassAsync(60 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));

        Assert.Null((await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = false })).Problem);
        await clocked.PassAsync(16 * Minute);
        var mail = Assert.Single(await clocked.MailsAsync("creator", Subject));
        Assert.Contains("> One\n\n> Two\n", mail.Text, StringComparison.Ordinal);

        // Muted again and lifted again, there is no second email before they read.
        await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = true });
        await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = false });
        await clocked.PassAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task A_mute_is_not_lifted_without_its_email_being_queued()
    {
        var queue = new FailingQueue();
        await using var clocked = await ClockedHost.StartAsync(services => services.Decorate<INoticeQueue>(queue.Of));
        var id = await clocked.ConnectAsync();
        var creator = clocked.Host.ClientFor("creator");
        await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = true });
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(16 * Minute);

        queue.Fails = true;
        creator = clocked.Host.ClientFor("creator");
        Assert.NotNull((await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = false })).Problem);
        queue.Fails = false;
        Assert.Equal("true", $"{(await creator.ReadAsync($"/api/connections/{id}"))["muted"]}");
        Assert.Null((await creator.PutAsync($"/api/connections/{id}/inbox", new { muted = false })).Problem);
        await clocked.PassAsync(Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task What_was_unread_when_the_two_parted_is_told_15_minutes_after_they_connect_again()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "Before");
        await clocked.PassAsync(5 * Minute);
        Assert.Null((await clocked.Host.ClientFor("creator").CallAsync(HttpMethod.Delete, $"/api/connections/{id}")).Problem);
        await clocked.PassAsync(60 * Minute);

        Assert.Equal(id, await clocked.ConnectAsync());
        await SayAsync(clocked, id, "After");
        await clocked.PassAsync(14 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.PassAsync(2 * Minute);
        Assert.Contains(
            "> Before\n\n> After\n", Assert.Single(await clocked.MailsAsync("creator", Subject)).Text, StringComparison.Ordinal);
        await clocked.PassAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task What_the_change_feed_could_not_queue_is_queued_later()
    {
        var queue = new FailingQueue();
        await using var clocked = await ClockedHost.StartAsync(services => services.Decorate<INoticeQueue>(inner => queue.Of(inner)));
        var id = await clocked.ConnectAsync();
        queue.Fails = true;
        await SayAsync(clocked, id, "One");

        // The trigger tries the batch six times, and then drops it.
        await Calls.EventuallyAsync(
            () =>
            {
                clocked.Time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(queue.Failures);
            },
            failures => failures >= 6);
        queue.Fails = false;

        // The sweeper looks for documents that have owed something for two minutes.
        var mails = await Calls.EventuallyAsync(
            () =>
            {
                clocked.Time.Advance(TimeSpan.FromSeconds(30));
                return clocked.MailsAsync("creator", Subject);
            },
            mails => mails.Count > 0);
        Assert.Contains("> One", Assert.Single(mails).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_between_loses_none_and_doubles_none()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        // Stops before the change feed has delivered anything.
        await clocked.RestartAfterAsync(10 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.RestartAfterAsync(10 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
        await clocked.RestartAfterAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task However_often_it_is_queued_it_is_one_email()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(16 * Minute);
        var notice = new Notice(
            $"{id}.again", NoticeKind.UnreadMessages, id, 1, new("creator"), clocked.Time.GetUtcNow(), null, ReadSeq: 0);
        foreach (var due in new DateTimeOffset?[] { null, clocked.Time.GetUtcNow() + Minute, null })
        {
            await clocked.Host.Services.GetRequiredService<INoticeQueue>()
                .EnqueueAsync(notice with { DueAt = due }, TimeSpan.Zero, default);
        }

        await clocked.PassAsync(5 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task Deleted_messages_are_not_told_and_hold_back_none_that_follow()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await ConnectAndTakeBackAsync(clocked);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));

        await SayAsync(clocked, id, "Said instead");
        await clocked.PassAsync(14 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.PassAsync(2 * Minute);
        Assert.Contains(
            "You have an unread message", Assert.Single(await clocked.MailsAsync("creator", Subject)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_messages_hold_back_none_that_were_unread_when_the_two_parted()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await ConnectAndTakeBackAsync(clocked);
        await SayAsync(clocked, id, "Said instead");
        await clocked.PassAsync(5 * Minute);
        Assert.Null((await clocked.Host.ClientFor("creator").CallAsync(HttpMethod.Delete, $"/api/connections/{id}")).Problem);
        await clocked.PassAsync(60 * Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));

        Assert.Equal(id, await clocked.ConnectAsync());
        await clocked.PassAsync(16 * Minute);
        Assert.Contains("> Said instead\n", Assert.Single(await clocked.MailsAsync("creator", Subject)).Text, StringComparison.Ordinal);
        await clocked.PassAsync(60 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task The_time_to_wait_is_a_setting()
    {
        await using var clocked = await ClockedHost.StartAsync(("Chat:DigestAfter", "00:03:00"));
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "One");
        await clocked.PassAsync(4 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    // Nothing is unread, and the 15 minutes have passed once.
    private static async Task<string> ConnectAndTakeBackAsync(ClockedHost clocked)
    {
        var id = await clocked.ConnectAsync();
        await SayAsync(clocked, id, "Taken back");
        await clocked.Host.DrainAsync(TimeSpan.Zero);
        Assert.Null((await clocked.Host.ClientFor("brand").CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/1")).Problem);
        await clocked.PassAsync(16 * Minute);
        return id;
    }

    private static async Task SayAsync(ClockedHost clocked, string id, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.Null((await clocked.Host.ClientFor(
                "brand").SendAsync($"/api/connections/{id}/messages", new { clientId = Guid.NewGuid().ToString("n"), text })).Problem);
        }
    }

    private static async Task ReadAsync(ClockedHost clocked, string id, long seq) =>
        Assert.Null((await clocked.Host.ClientFor("creator").PutAsync($"/api/connections/{id}/read", new { seq })).Problem);
}
