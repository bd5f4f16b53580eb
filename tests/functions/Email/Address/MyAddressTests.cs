using System.Net;
using System.Text.RegularExpressions;
using Connections.Email.Address;
using Connections.Local.Identity;
using Connections.Members;
using Connections.Notices;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.Moderation;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Email.Address;

/// <summary>Changing the address that emails go to: only a link in an email to the new address does it.</summary>
public sealed partial class MyAddressTests
{
    private const string Old = "anna@example.com";
    private const string New = "anna@example.net";

    [Fact]
    public async Task The_link_changes_the_address_once_and_until_then_emails_go_to_the_old_one()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var anna = clocked.Host.ClientFor("anna");
        await anna.BecomeCreatorAsync("Anna", "anna");

        var asked = await anna.PutAsync("/api/me/email", new { email = " Anna@example.net " });

        Assert.Equal((Old, "Anna@example.net"), (asked["address"].ToString(), asked["pending"]["address"]!.ToString()));
        Assert.True((bool)asked["confirmed"]);
        Assert.Equal(clocked.Time.GetUtcNow().AddDays(1), asked["pending"]["until"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMinutes(1));
        await clocked.PassAsync(TimeSpan.Zero);
        var mail = Assert.Single(await clocked.Host.OutboxAsync("Anna@example.net"));
        Assert.Equal("Confirm your email address for Connections", mail.Subject);
        Assert.DoesNotContain("Anna", mail.Text + mail.Html, StringComparison.Ordinal);
        var warning = Assert.Single(await clocked.Host.OutboxAsync(Old));
        Assert.DoesNotContain("example.net", warning.Text + warning.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe", mail.Headers.Keys.Concat(warning.Headers.Keys));

        await InviteAsync(clocked.Host, "first");
        await clocked.PassAsync(TimeSpan.Zero);
        Assert.Equal(2, (await clocked.Host.OutboxAsync(Old)).Count);

        var link = LinkIn(mail.Text);
        Assert.Contains("Is this your address?", await PageAsync(clocked.Host, HttpMethod.Get, link), StringComparison.Ordinal);
        Assert.Equal(Old, (await anna.ReadAsync("/api/me/email"))["address"].ToString());
        Assert.Contains("Your address is confirmed", await PageAsync(clocked.Host, HttpMethod.Post, link), StringComparison.Ordinal);

        var now = await anna.ReadAsync("/api/me/email");
        Assert.Equal(("Anna@example.net", true), (now["address"].ToString(), (bool)now["confirmed"]));
        Assert.Null(now.Body!["pending"]);
        // Of an invite that waits since before, the reminder goes to the address of then.
        await clocked.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await clocked.Host.OutboxAsync(Old)).Count);
        Assert.Contains(
            await clocked.Host.OutboxAsync("Anna@example.net"), sent => sent.Subject.StartsWith("Reminder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_works_while_its_member_is_suspended_so_that_the_reasons_reach_them_and_no_new_one_is_sent()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (anna, moderator) = (clocked.Host.ClientFor("anna"), clocked.Host.ModeratorOf());
        await anna.BecomeCreatorAsync("Anna", "anna");
        Assert.Null((await anna.PutAsync("/api/me/email", new { email = New })).Problem);
        await clocked.PassAsync(TimeSpan.Zero);
        var link = LinkIn(Assert.Single(await clocked.Host.OutboxAsync(New)).Text);
        Assert.Null((await moderator.SuspendAsync("anna")).Problem);

        Assert.Equal("suspended", (await anna.PutAsync("/api/me/email", new { email = "other@example.net" })).Problem);
        Assert.Contains("Your address is confirmed", await PageAsync(clocked.Host, HttpMethod.Post, link), StringComparison.Ordinal);

        Assert.Equal("suspended", (await anna.ReadAsync("/api/me/email")).Problem);
        Assert.Null((await moderator.LiftAsync("anna")).Problem);
        await clocked.PassAsync(TimeSpan.Zero);
        Assert.Contains(await clocked.Host.OutboxAsync(New), mail => mail.Subject == "Your account is open again");
    }

    [Fact]
    public async Task A_link_works_once_for_a_day_and_only_the_newest_and_every_other_has_one_page()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var anna = clocked.Host.ClientFor("anna");
        var first = await AskAsync(clocked, anna, "first@example.net");
        await clocked.PassAsync(TimeSpan.FromMinutes(2));
        var second = await AskAsync(clocked, anna, "second@example.net");
        var gone = await PageAsync(clocked.Host, HttpMethod.Get, "/api/address-links/nothing", HttpStatusCode.NotFound);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            Assert.Equal(gone, await PageAsync(clocked.Host, method, first, HttpStatusCode.NotFound));
        }

        // What a mail program puts behind it is ignored.
        foreach (var junk in new[] { ").", "%3F", "=" })
        {
            await PageAsync(clocked.Host, HttpMethod.Get, second + junk);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PageAsync(clocked.Host, HttpMethod.Post, second)));
        await clocked.PassAsync(EmailChanges.ShowFor);
        Assert.Equal(gone, await PageAsync(clocked.Host, HttpMethod.Post, second, HttpStatusCode.NotFound));

        var third = await AskAsync(clocked, anna, "third@example.net");
        await clocked.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(gone, await PageAsync(clocked.Host, HttpMethod.Post, third, HttpStatusCode.NotFound));
        // The token of before has expired.
        var now = await clocked.Host.ClientFor("anna").ReadAsync("/api/me/email");
        Assert.Equal("second@example.net", now["address"].ToString());
        Assert.Null(now.Body!["pending"]);
    }

    [Fact]
    public async Task The_old_address_is_warned_also_when_the_new_one_is_confirmed_first()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var anna = clocked.Host.ClientFor("anna");
        await anna.BecomeBrandAsync();
        var members = clocked.Host.Members();
        var id = new MemberId("anna");
        var key = LinkKey.New();
        // As if the queue were slow: the link is opened before a notice is.
        await members.ChangeAsync<bool>(
            id,
            member =>
            {
                var asking = member!.Asking(New, clocked.Time.GetUtcNow(), TimeSpan.FromDays(1));
                asking = asking with { EmailChange = asking.EmailChange! with { LinkHashes = [LinkKey.HashOf(key)] } };
                return (true, asking.Confirming(key, clocked.Time.GetUtcNow()));
            },
            default);
        await clocked.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single(await clocked.Host.OutboxAsync(Old));
        Assert.Empty(await clocked.Host.OutboxAsync(New));
        Assert.Empty((await members.FindAsync(id, default))!.Value.EmailWarnings);
        Assert.Null((await members.FindAsync(id, default))!.Value.EmailOwedSince);
    }

    [Fact]
    public async Task No_key_is_stored_and_the_answer_does_not_depend_on_whose_an_address_is()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (anna, bea) = (clocked.Host.ClientFor("anna"), clocked.Host.ClientFor("bea"));
        await bea.BecomeBrandAsync();
        await anna.BecomeBrandAsync();
        var token = (await AskAsync(clocked, anna, "bea@example.com")).Split('/')[^1];
        var change = (await clocked.Host.Members().FindAsync(new MemberId("anna"), default))!.Value.EmailChange!;
        Assert.True(AddressLinkToken.TryParse(token, out var member, out var key));
        Assert.Equal((new MemberId("anna"), true), (member, change.LinkHashes.Contains(LinkKey.HashOf(key))));
        Assert.DoesNotContain(key, System.Text.Json.JsonSerializer.Serialize(change), StringComparison.Ordinal);
        var other = await anna.PutAsync("/api/me/email", new { email = "nobody@example.com" });
        Assert.Equal(
            ["address", "confirmed", "pending"], other.Body!.AsObject().Select(field => field.Key));
        Assert.Equal("bea@example.com", (await bea.ReadAsync("/api/me/email"))["address"].ToString());
    }

    [Fact]
    public async Task A_confirmed_address_of_the_token_is_offered_and_never_taken_by_itself()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        await host.ClientFor("anna").BecomeBrandAsync();
        var moved = host.ClientFor("anna", email: New);
        for (var look = 0; look < 2; look++)
        {
            var seen = await moved.ReadAsync("/api/me/email");
            Assert.Equal((Old, New), (seen["address"].ToString(), seen["offered"].ToString()));
        }

        var taken = await moved.PutAsync("/api/me/email", new { email = New });
        Assert.Equal(New, taken["pending"]["address"]!.ToString());
        Assert.Null(taken.Body!["offered"]);
        Assert.Null((await With(host, "anna", "other@example.net", verified: false).ReadAsync("/api/me/email")).Body!["offered"]);
        Assert.Null((await host.ClientFor("anna", email: "ANNA@example.com").ReadAsync("/api/me/email")).Body!["offered"]);
    }

    [Fact]
    public async Task Repeating_a_request_sends_no_second_email_asking_for_the_own_address_withdraws_it_and_a_day_has_five()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var anna = clocked.Host.ClientFor("anna");
        for (var again = 0; again < 3; again++)
        {
            Assert.Equal(New, (await anna.PutAsync("/api/me/email", new { email = New }))["pending"]["address"]!.ToString());
        }

        await clocked.PassAsync(TimeSpan.Zero);
        var link = LinkIn(Assert.Single(await clocked.Host.OutboxAsync(New)).Text);
        Assert.Null((await anna.PutAsync("/api/me/email", new { email = Old })).Body!["pending"]);
        await PageAsync(clocked.Host, HttpMethod.Post, link, HttpStatusCode.NotFound);
        for (var number = 2; number <= 5; number++)
        {
            Assert.Null((await anna.PutAsync("/api/me/email", new { email = $"{number}@example.net" })).Problem);
        }

        var refused = await anna.PutAsync("/api/me/email", new { email = "6@example.net" });
        Assert.Equal((HttpStatusCode.TooManyRequests, "email-limit-day"), (refused.Status, refused.Problem));
        Assert.Equal(clocked.Time.GetUtcNow().UtcDateTime.Date.AddDays(1), refused["until"].GetValue<DateTime>().ToUniversalTime());
        foreach (var bad in new object[] { new { }, new { email = "" }, new { email = "anna" }, new { email = "josé@example.com" } })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), await ProblemAsync(anna.PutAsync("/api/me/email", bad)));
        }
    }

    [Fact]
    public async Task Erasing_the_profile_ends_the_link_and_a_new_profile_has_emails_of_its_own()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var anna = clocked.Host.ClientFor("anna");
        await anna.BecomeBrandAsync();
        var link = await AskAsync(clocked, anna, New);
        var export = await anna.ReadAsync("/api/me/export");
        Assert.Equal(New, export["account"]["pendingEmail"]!["address"]!.ToString());
        await anna.CallAsync(HttpMethod.Delete, "/api/me");
        await PageAsync(clocked.Host, HttpMethod.Post, link, HttpStatusCode.NotFound);
        await clocked.PassAsync(TimeSpan.FromMinutes(3));
        await anna.BecomeBrandAsync();
        Assert.Null((await anna.ReadAsync("/api/me/email")).Body!["pending"]);
        await AskAsync(clocked, anna, New);
        Assert.Equal(2, (await clocked.Host.OutboxAsync(New)).Count);
    }

    [Fact]
    public async Task Only_who_has_a_confirmed_address_invites_and_a_link_confirms_one()
    {
        await using var clocked = await ClockedHost.StartAsync();
        await clocked.Host.ClientFor("mira").BecomeCreatorAsync("Mira", "mira");
        var brand = With(clocked.Host, "brand", "brand@example.com", verified: false);
        await brand.BecomeBrandAsync();
        foreach (var creator in new[] { "mira", "mira" })
        {
            Assert.Equal(
                (HttpStatusCode.Forbidden, "email-unconfirmed"),
                await ProblemAsync(brand.SendAsync("/api/invites", new { creatorId = creator })));
        }

        Assert.Equal("not-found", (await brand.SendAsync("/api/invites", new { creatorId = "nobody" })).Problem);
        var link = await AskAsync(clocked, brand, "brand@example.com");
        await PageAsync(clocked.Host, HttpMethod.Post, link);
        Assert.True((bool)(await brand.ReadAsync("/api/me/email"))["confirmed"]);
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "mira" })).Status);
        // There was no other address to warn.
        Assert.Single(await clocked.Host.OutboxAsync("brand@example.com"));
    }

    [Fact]
    public async Task The_setting_lets_everybody_invite()
    {
        await using var clocked = await ClockedHost.StartAsync(("Invites:RequireConfirmedEmail", "false"));
        await clocked.Host.ClientFor("mira").BecomeCreatorAsync("Mira", "mira");
        var brand = With(clocked.Host, "brand", "brand@example.com", verified: false);
        await brand.BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "mira" })).Status);
    }

    private static async Task<(HttpStatusCode, string?)> ProblemAsync(Task<Answer> call) =>
        await call is var answer ? (answer.Status, answer.Problem) : default;

    private static HttpClient With(LocalHostFixture host, string id, string email, bool verified)
    {
        var client = host.ClientFor(id);
        client.DefaultRequestHeaders.Authorization =
            new("Bearer", host.Services.GetRequiredService<LocalIssuer>().Token(id, email, id, emailVerified: verified));
        return client;
    }

    private static async Task InviteAsync(LocalHostFixture host, string brand)
    {
        await host.ClientFor(brand).BecomeBrandAsync();
        Assert.Null((await host.ClientFor(brand).SendAsync("/api/invites", new { creatorId = "anna" })).Problem);
    }

    private static async Task<string> AskAsync(ClockedHost clocked, HttpClient member, string address)
    {
        Assert.Null((await member.PutAsync("/api/me/email", new { email = address })).Problem);
        await clocked.PassAsync(TimeSpan.Zero);
        return LinkIn((await clocked.Host.OutboxAsync(address))[^1].Text);
    }

    private static string LinkIn(string text) => AddressLink().Match(text).Value;

    private static async Task<string> PageAsync(
        LocalHostFixture host, HttpMethod method, string link, HttpStatusCode status = HttpStatusCode.OK)
    {
        var page = await host.AnonymousClient().CallAsync(method, link);
        Assert.Equal(status, page.Status);
        return page.Body!.ToString();
    }

    [GeneratedRegex(@"/api/address-links/[\w-]+")]
    private static partial Regex AddressLink();
}
