using System.Text.RegularExpressions;
using Connections.Emulators.Email;

namespace Connections.Tests.Functions.Email;

/// <summary>Members' texts are plain text in emails, and nothing else.</summary>
public sealed partial class InjectionTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Html = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    private const string Header = "\r\nBcc: everybody@example.com\r\nContent-Type: text/html\r\n\r\n";

    // The longest allowed name. A name cannot hold a line break or half of 🎒.
    private const string Name = "<b>Eve</b> \"&\" {{x}} =?utf-8?q?=0D=0ABcc:_a@b.c?= 🎒 Bcc: a@example.com";

    [Fact]
    public async Task Names_and_notes_are_text_in_an_invite_and_in_an_acceptance()
    {
        var (eve, mira) = (host.ClientFor("inject-eve"), host.ClientFor("inject-mira"));
        await NamedAsync(eve, Name, "evil");
        await NamedAsync(mira, Name + "2", "mira");
        var id = (await eve.SendAsync("/api/invites", new { creatorId = "inject-mira", note = Html + Header + ".\r\n\r\n" + Html }))["id"];
        var invite = await host.MailAsync("inject-mira@example.com");
        await mira.SendAsync($"/api/invites/{id}/accept");
        var accepted = await host.MailAsync("inject-eve@example.com");

        foreach (var mail in new[] { invite, accepted })
        {
            AssertOnlyText(mail, ["List-Unsubscribe", "List-Unsubscribe-Post", "Reply-To"]);
            // Whole, and truncated.
            Assert.StartsWith(Name[..40], mail.Subject, StringComparison.Ordinal);
        }

        Assert.Equal("inject-mira@example.com", invite.To);
        // Every line of the note is quoted, so that it cannot pass for the email's own words.
        Assert.All(invite.Text.Split('\n').Where(line => line.Contains("Bcc: everybody", StringComparison.Ordinal)), line =>
            Assert.StartsWith("> ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Eve\r\nBcc: everybody@example.com")]
    [InlineData("Eve\u2028Bcc: everybody@example.com")]
    [InlineData("Eve\u0000\u001b[31m\u202eevE")]
    public async Task Names_from_a_token_are_one_line_of_text_in_a_report(string name)
    {
        var id = $"inject-{Guid.NewGuid():N}";
        var newcomer = host.ClientFor(id, name, $"a@example.com{Header}");
        await newcomer.ReadAsync("/api/me");
        var reported = await newcomer.SendAsync(
            "/api/reports", new { memberId = "demo-creator", reason = "other", details = Html + Header });
        Assert.Null(reported.Problem);

        var mail = await host.MailAsync("support@example.com", mail => mail.Text.Contains(id, StringComparison.Ordinal));

        AssertOnlyText(mail, ["Reply-To"]);
        Assert.Equal("support@example.com", mail.To);
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a@example.com\u0000")]
    [InlineData("\"a b\"@example.com")]
    public async Task An_address_that_is_more_than_one_is_written_to_by_nobody(string email)
    {
        var id = $"inject-{Guid.NewGuid():N}";
        await NamedAsync(host.ClientFor(id, email: email), "Nobody", id[..20]);
        var brand = host.ClientFor("inject-brand");
        await brand.BecomeBrandAsync();
        Assert.Null((await brand.SendAsync("/api/invites", new { creatorId = id })).Problem);
        await host.DrainAsync();
        Assert.DoesNotContain(await host.OutboxAsync(), mail => mail.To.Contains('<', StringComparison.Ordinal)
            || mail.To.Contains(',', StringComparison.Ordinal) || mail.To.Any(char.IsControl)
                || mail.To is "a@example.com" or "b@example.com");
    }

    private static async Task NamedAsync(HttpClient member, string name, string handle)
    {
        var answer = await member.PutAsync("/api/me", new
        {
            kind = "creator", displayName = name, handle, headline = Html, organisation = "<i>\"O'&</i>", categories = new[] { "travel" },
            listed = true,
            platforms = new[] { new { name = "instagram", handle = "<h1>", url = "https://example.com/'onclick='x" } },
        });
        Assert.True(answer.Problem is null, answer.Body?.ToJsonString());
    }

    private static void AssertOnlyText(SentMail mail, string[] headers)
    {
        Assert.DoesNotContain(mail.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e');
        Assert.Equal(headers.Order(StringComparer.Ordinal), mail.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.All(mail.Headers.Values, value => Assert.DoesNotContain(value, char.IsControl));
        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>Eve", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<h1>\"", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Handler(), mail.Html);
        Assert.DoesNotContain('\u202e', mail.Html + mail.Text);
        Assert.DoesNotContain(mail.Text, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
    }

    // An attribute of a tag that runs a script.
    [GeneratedRegex("<[^>]*\\son[a-z]+\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();
}
