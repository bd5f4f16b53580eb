using System.Net;
using System.Text.RegularExpressions;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Functions.Chat;
using Connections.Tests.Functions.Email;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Invites;

/// <summary>The link in an invite's email: its effect, its page afterwards, and its stored data.</summary>
public sealed partial class AnswerByLinkTests
{
    private const string Gone = "This link no longer works";
    private const string Connected = "You and Aurora Outdoor are connected";
    private const string Declined = "You declined the invite";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_second_click_and_a_reload_show_the_answer_again_for_ten_minutes()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Connected);
        await clocked.Host.DrainAsync(TimeSpan.Zero);
        var before = await RecordAsync(clocked, id);
        foreach (var form in new[] { "answer=accept", "answer=decline", "" })
        {
            await AssertAsync(clocked, link, HttpMethod.Post, form, Connected);
        }

        await AssertAsync(clocked, link, HttpMethod.Get, null, Connected);
        await AssertAsync(clocked, link + "?answer=decline", HttpMethod.Get, null, Connected);
        await clocked.PassAsync(8 * Minute);
        await AssertAsync(clocked, link, HttpMethod.Get, null, Connected);
        Assert.Equal(before.Version, (await RecordAsync(clocked, id)).Version);

        await clocked.PassAsync(3 * Minute);
        await AssertAsync(clocked, link, HttpMethod.Get, null, Gone);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Gone);
    }

    [Fact]
    public async Task Ten_clicks_at_once_are_one_answer_and_all_are_shown_it()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        var pages = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(i => PageAsync(clocked, link, HttpMethod.Post, i % 2 == 0 ? "answer=accept" : "answer=decline")));
        Assert.All(pages, page => Assert.Equal(HttpStatusCode.OK, page.Status));
        var stands = (await RecordAsync(clocked, id)).State == ConnectionState.Connected ? Connected : Declined;
        Assert.All(pages, page => Assert.Contains(stands, page.Html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("&reason=not-now", "not-now", true)]
    [InlineData("&reason=reward", "reward", false)]
    [InlineData("&reason=", "not-now", true)]
    [InlineData("", "not-now", true)]
    public async Task A_decline_can_say_why_and_only_for_now_from_when_another_invite_is_welcome(string sent, string reason, bool keepsDay)
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        var day = DateOnly.FromDateTime((await RecordAsync(clocked, id)).InvitedAt.UtcDateTime).AddDays(60);

        var (_, html) = await PageAsync(clocked, link, HttpMethod.Get, null);
        Assert.Contains("If you decline, you can say why", html, StringComparison.Ordinal);
        await AssertAsync(clocked, link, HttpMethod.Post, $"answer=decline{sent}&until={day:yyyy-MM-dd}", Declined);

        Assert.Equal(new DeclineReason(reason, keepsDay ? day : null), (await RecordAsync(clocked, id)).Declined);
    }

    [Fact]
    public async Task A_decline_is_shown_again_and_is_not_turned_into_an_acceptance()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (_, link) = await InvitedAsync(clocked);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=decline", Declined);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Declined);
    }

    [Theory]
    [InlineData("answered in the app")]
    [InlineData("revoked")]
    [InlineData("answered by the link, and removed since")]
    [InlineData("answered by the link, and blocked since")]
    public async Task A_link_shows_no_answer_that_it_did_not_give_or_that_no_longer_stands(string how)
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        var (brand, creator) = (clocked.Host.ClientFor("brand"), clocked.Host.ClientFor("creator"));
        if (how.Contains("link", StringComparison.Ordinal))
        {
            await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Connected);
        }

        var ended = how switch
        {
            "answered in the app" => creator.SendAsync($"/api/invites/{id}/accept"),
            "revoked" => brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}"),
            "answered by the link, and removed since" => brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}"),
            _ => brand.PutAsync("/api/blocks/creator", new { }),
        };
        Assert.Null((await ended).Problem);
        await AssertAsync(clocked, link, HttpMethod.Get, null, Gone);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Gone);
    }

    [Theory]
    [InlineData("%3Fanswer=decline", true)]
    [InlineData("%3Fanswer%3Ddecline", true)]
    [InlineData("%253Fanswer%253Ddecline", true)]
    [InlineData("?answer=3Ddecline", true)]
    [InlineData("?answer=decline.", true)]
    [InlineData("&amp;answer=decline", true)]
    [InlineData("%3Fanswer=accept", false)]
    [InlineData("=", false)]
    [InlineData("=3D", false)]
    [InlineData("%3E", false)]
    [InlineData(").", false)]
    [InlineData("%22", false)]
    [InlineData("%2E", false)]
    [InlineData("%0D%0A", false)]
    public async Task A_link_that_a_mail_program_has_rewritten_works(string junk, bool declines)
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        var (status, html) = await PageAsync(clocked, link + junk, HttpMethod.Get, null);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(declines ? "value=\"decline\">" : "value=\"accept\">", html, StringComparison.Ordinal);
        await AssertAsync(clocked, link + junk, HttpMethod.Post, "answer=accept", Connected);
        Assert.Equal(ConnectionState.Connected, (await RecordAsync(clocked, id)).State);
    }

    [Fact]
    public async Task An_unsubscribe_link_that_a_mail_program_has_rewritten_works()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await InvitedAsync(clocked);
        var link = new Uri((await clocked.Host.MailAsync("creator@example.com")).Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath;
        foreach (var junk in new[] { "%3Fx=1", "&amp;x", "=", "%3E", ").", "%0D%0A" })
        {
            Assert.Equal(HttpStatusCode.OK, (await PageAsync(clocked, link + junk, HttpMethod.Get, null)).Status);
            Assert.Equal(HttpStatusCode.OK, (await PageAsync(clocked, link + junk, HttpMethod.Post, "List-Unsubscribe=One-Click")).Status);
        }
    }

    [Fact]
    public async Task No_key_of_a_link_is_stored_anywhere()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, link) = await InvitedAsync(clocked);
        var key = link.Split('.')[^1];
        await clocked.PassAsync(TimeSpan.FromDays(7) + (2 * Minute));
        var reminder = InviteLink().Match(Assert.Single(await clocked.MailsAsync("creator", "Reminder")).Text).Value;
        Assert.NotEqual(link, reminder);
        Assert.Single((await RecordAsync(clocked, id)).LinkHashes);
        Assert.Single((await RecordAsync(clocked, id)).ReminderHashes);
        foreach (var secret in new[] { key, reminder.Split('.')[^1] })
        {
            Assert.Equal(0, await Documents.MentioningAsync(clocked.Host, secret));
            Assert.Equal(1, await Documents.MentioningAsync(clocked.Host, LinkKey.HashOf(secret)));
        }

        // Either email's link answers the invite.
        await AssertAsync(clocked, link, HttpMethod.Get, null, "Aurora Outdoor invites you to connect");
        await AssertAsync(clocked, reminder, HttpMethod.Post, "answer=accept", Connected);
        await AssertAsync(clocked, link, HttpMethod.Get, null, Gone);
        Assert.Empty((await RecordAsync(clocked, id)).LinkHashes);
        Assert.Empty((await RecordAsync(clocked, id)).ReminderHashes);
    }

    [Fact]
    public async Task The_link_in_the_email_that_arrived_works_though_its_handing_over_was_tried_again()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        mailer.Next.Enqueue(_ => throw new TimeoutException("No answer."));
        await clocked.InviteAsync();
        await mailer.TriesAsync(1);
        await clocked.PassAsync(Minute);
        Assert.Equal(2, mailer.Tries.Count);
        foreach (var sent in mailer.Tries)
        {
            Assert.Equal(
                HttpStatusCode.OK,
                (await clocked.Host.AnonymousClient().CallAsync(HttpMethod.Get, InviteLink().Match(sent.Mail.Text).Value)).Status);
        }
    }

    [Fact]
    public async Task The_link_in_the_first_email_works_however_often_the_reminder_was_tried()
    {
        var mailer = new ScriptedMailer();
        await using var clocked = await mailer.StartHostAsync();
        await clocked.InviteAsync();
        await clocked.PassAsync(TimeSpan.Zero);
        const int Throttled = 12;
        for (var i = 0; i < Throttled; i++)
        {
            mailer.Next.Enqueue(_ => new MailOutcome.Throttled(TimeSpan.FromMilliseconds(100)));
        }

        await clocked.PassAsync(TimeSpan.FromDays(7) + (2 * Minute));
        for (var i = 0; i < Throttled && mailer.Tries.Count < Throttled + 2; i++)
        {
            await clocked.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Throttled + 2, mailer.Tries.Count);
        foreach (var (_, mail) in new[] { mailer.Tries.First(), mailer.Tries.Last() })
        {
            await AssertAsync(clocked, InviteLink().Match(mail.Text).Value, HttpMethod.Get, null, "Aurora Outdoor invites you to connect");
        }
    }

    [Fact]
    public async Task The_links_of_an_invite_from_before_keys_were_hashed_go_on_working()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (id, _) = await InvitedAsync(clocked);
        var key = LinkKey.New();
        var connections = clocked.Host.Services.GetRequiredService<Containers>().Connections;
        await connections.PatchItemAsync<Connection>(
            id,
            new PartitionKey(id),
            [PatchOperation.Set("/linkKey", key), PatchOperation.Remove("/linkHashes"), PatchOperation.Remove("/reminderHashes")]);
        var link = "/api/" + InviteLinkToken.PathOf(id, key);
        await AssertAsync(clocked, link, HttpMethod.Get, null, "Aurora Outdoor invites you to connect");

        // The reminder removes the key from the record; the link still works.
        await clocked.PassAsync(TimeSpan.FromDays(7) + (2 * Minute));
        Assert.Null((await RecordAsync(clocked, id)).LinkKey);
        await AssertAsync(clocked, link, HttpMethod.Post, "answer=accept", Connected);
    }

    private static async Task<(string Id, string Link)> InvitedAsync(ClockedHost clocked)
    {
        var id = await clocked.InviteAsync();
        await clocked.PassAsync(TimeSpan.Zero);
        return (id, InviteLink().Match((await clocked.Host.MailAsync("creator@example.com")).Text).Value);
    }

    private static async Task<Connection> RecordAsync(ClockedHost clocked, string id) =>
        (await clocked.Host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;

    private static async Task AssertAsync(ClockedHost clocked, string link, HttpMethod method, string? form, string heading)
    {
        var (status, html) = await PageAsync(clocked, link, method, form);
        Assert.Equal(heading == Gone ? HttpStatusCode.NotFound : HttpStatusCode.OK, status);
        Assert.Contains($"<h1>{heading}</h1>", html, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Html)> PageAsync(
        ClockedHost clocked, string link, HttpMethod method, string? form)
    {
        using var request = new HttpRequestMessage(method, link);
        if (form is not null)
        {
            request.Content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        }

        using var answer = await clocked.Host.AnonymousClient().SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"/api/invite-links/[\w.-]+")]
    private static partial Regex InviteLink();
}
