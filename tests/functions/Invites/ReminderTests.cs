using System.Net;
using System.Text.RegularExpressions;
using Connections.Settings;

namespace Connections.Tests.Functions.Invites;

/// <summary>The reminder of an invite: once, after 7 days, if it still waits.</summary>
public sealed partial class ReminderTests
{
    private const string Subject = "Reminder:";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task An_invitee_is_reminded_once_after_7_days_and_not_before()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await clocked.InviteAsync();
        await clocked.PassAsync(Week - Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));

        await clocked.PassAsync(2 * Minute);
        var reminder = Assert.Single(await clocked.MailsAsync("creator", Subject));
        Assert.Contains("Aurora Outdoor", reminder.Subject, StringComparison.Ordinal);
        foreach (var part in new[] { reminder.Html, reminder.Text })
        {
            Assert.Contains("Shall we talk?", part, StringComparison.Ordinal);
            Assert.Contains("You have 23 more days to answer, until 31\u00a0May\u00a02026.", part, StringComparison.Ordinal);
        }

        for (var day = 8; day < 30; day += 7)
        {
            await clocked.PassAsync(Week);
        }

        Assert.Single(await clocked.MailsAsync("creator", Subject));
        Assert.Empty(await clocked.MailsAsync("brand", Subject));
    }

    [Fact]
    public async Task Its_links_answer_the_invite_without_signing_in()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.InviteAsync();
        await clocked.PassAsync(Week + Minute);
        var text = Assert.Single(await clocked.MailsAsync("creator", Subject)).Text;
        Assert.Matches(@"Accept:\n\S+\?answer=accept\n\nDecline:\n\S+\?answer=decline\n", text);
        var link = new Uri(Link().Match(text).Value);
        using var form = new FormUrlEncodedContent([new("answer", "accept")]);
        Assert.Equal(HttpStatusCode.OK, (await clocked.Host.AnonymousClient().CallAsync(HttpMethod.Post, link.PathAndQuery, form)).Status);
        Assert.Equal("connected", (await clocked.Host.ClientFor("creator").ReadAsync($"/api/connections/{id}"))["state"].ToString());
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("revoke")]
    public async Task Nobody_is_reminded_of_what_is_answered_or_taken_back(string what)
    {
        await using var clocked = await ClockedHost.StartAsync();
        var id = await clocked.InviteAsync();
        await clocked.PassAsync(Week - Minute);
        var answer = what == "revoke"
            ? await clocked.Host.ClientFor("brand").CallAsync(HttpMethod.Delete, $"/api/invites/{id}")
            : await clocked.Host.ClientFor("creator").SendAsync($"/api/invites/{id}/{what}");
        Assert.Null(answer.Problem);
        await clocked.PassAsync(2 * Minute);
        await clocked.PassAsync(Week);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task Whoever_wants_no_reminders_gets_none()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await clocked.InviteAsync();
        Assert.Null((await clocked.Host.ClientFor(
            "creator").PutAsync("/api/me/email-preferences", new { notices = new { reminder = false } })).Problem);
        await clocked.PassAsync(Week + Minute);
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        Assert.Single(await clocked.MailsAsync("creator", "invited you"));
    }

    [Fact]
    public async Task A_reminder_that_no_queue_can_hold_so_long_hops()
    {
        await using var clocked = await ClockedHost.StartAsync(("Invites:RemindAfter", "17.00:00:00"));
        await clocked.InviteAsync();
        await clocked.PassAsync(Week + Minute);
        await clocked.PassAsync(Week + Minute);
        await clocked.PassAsync(TimeSpan.FromDays(3) - (5 * Minute));
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.PassAsync(5 * Minute);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Fact]
    public async Task A_restart_in_between_loses_no_reminder_and_doubles_none()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await clocked.InviteAsync();
        await clocked.PassAsync(TimeSpan.FromDays(3));
        await clocked.RestartAfterAsync(TimeSpan.FromDays(2));
        Assert.Empty(await clocked.MailsAsync("creator", Subject));
        await clocked.RestartAfterAsync(TimeSpan.FromDays(4));
        Assert.Single(await clocked.MailsAsync("creator", Subject));
        await clocked.RestartAfterAsync(Week);
        Assert.Single(await clocked.MailsAsync("creator", Subject));
    }

    [Theory]
    [InlineData("30.00:00:00", null)]
    [InlineData(null, "7.00:00:00")]
    [InlineData("02:00:00", "01:00:00")]
    public async Task A_reminder_that_comes_no_sooner_than_the_end_stops_the_start_by_name(string? remindAfter, string? expireAfter)
    {
        var settings = new Dictionary<string, string?> { ["Invites:RemindAfter"] = remindAfter, ["Invites:ExpireAfter"] = expireAfter };
        var refusal = await Assert.ThrowsAsync<SettingException>(() => LocalHostFixture.StartAsync(o => o with { Settings = settings }));
        Assert.Contains("Invites__RemindAfter", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Invites__ExpireAfter", refusal.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\S+\?answer=accept", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
