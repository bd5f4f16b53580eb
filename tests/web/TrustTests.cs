using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>What a member sees of whom to trust: a confirmed domain, and an email that did not arrive.</summary>
[Collection(WebClientFixture.Members)]
public sealed class TrustTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_confirmed_domain_is_on_the_card_the_profile_the_invite_its_email_and_its_page_and_goes_with_the_website()
    {
        var name = $"trust{Guid.NewGuid():N}"[..16];
        var domain = name + ".example";
        var creator = web.Host.ClientFor(name, email: $"hello@{domain}");
        await creator.BecomeCreatorAsync($"Nora {name}", name);
        var brandId = name + "-b";
        var brand = web.Host.ClientFor(brandId, email: $"ann@mail.{domain}");
        await brand.PutAsync("/api/me", new { kind = "brand", displayName = "Nimbus " + name, website = $"https://www.{domain}" });
        Assert.Equal(domain, (string?)(await brand.ReadAsync("/api/me"))["confirmedDomain"]);
        await SetWebsiteAsync(creator, name, $"https://{domain}/work");

        var person = await web.NewPersonAsync(brandId);
        var badge = person.Page.GetByTitle($"They have shown that an email address at {domain} is theirs.");
        await person.Page.GotoAsync($"/?q={name}");
        await Expect(badge).ToHaveTextAsync($"Confirmed address at {domain}{domain}");
        await person.Page.GotoAsync($"/creators/{name}");
        await Expect(badge).ToHaveTextAsync($"Confirmed address at {domain}");
        await person.Page.AssertForEverybodyAsync();

        var invited = await brand.SendAsync("/api/invites", new { creatorId = name });
        var received = await web.NewPersonAsync(name);
        await received.Page.GotoAsync("/pending");
        await Expect(received.Page.GetByText($"Confirmed address at {domain}")).ToBeVisibleAsync();
        var mail = await web.Host.MailAsync($"hello@{domain}");
        var text = mail.Text.Replace("\u200B", "", StringComparison.Ordinal);
        Assert.Contains($"Confirmed address at {domain}", text, StringComparison.Ordinal);
        var link = System.Text.RegularExpressions.Regex.Match(mail.Text, "http\\S*/api/invite-links/\\S*").Value;
        await received.Page.GotoAsync(link);
        await Expect(received.Page.Locator(".confirmed")).ToContainTextAsync("Confirmed address at");

        await creator.SendAsync($"/api/invites/{invited["id"]}/accept");
        await person.Page.GotoAsync($"/messages/{invited["id"]}");
        await Expect(badge).ToBeVisibleAsync();
        await SetWebsiteAsync(creator, name, "https://elsewhere.example");
        // At once, without a reload.
        await Expect(badge).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task An_email_that_bounces_is_not_delivered_to_its_sender_and_a_warning_to_its_recipient()
    {
        var name = $"bounced{Guid.NewGuid():N}"[..18];
        var creator = web.Host.ClientFor(name, email: $"bounce+{name}@example.com");
        await creator.BecomeCreatorAsync("Nora Lind", name);
        var brand = web.Host.ClientFor(name + "-b");
        await brand.BecomeBrandAsync();
        var sender = await web.NewPersonAsync(name + "-b");
        await sender.Page.GotoAsync("/pending?direction=sent");
        await brand.SendAsync("/api/invites", new { creatorId = name });

        // At once, without a reload.
        await Expect(sender.Page.GetByText("Not delivered", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(sender.Page.GetByText("Our email to them came back.", new() { Exact = false })).ToBeVisibleAsync();

        var recipient = await web.NewPersonAsync(name);
        await recipient.Page.GotoAsync("/");
        await Expect(recipient.Page.GetByText("Our emails to you come back.", new() { Exact = false })).ToBeVisibleAsync();
        await recipient.Page.Link("Look at your address").ClickAsync();
        await Expect(recipient.Page.GetByText($"Emails to bounce+{name}@example.com come back")).ToBeVisibleAsync();
        await Expect(recipient.Page.GetByText("Emails to this address come back to us", new() { Exact = false })).ToBeVisibleAsync();
        await recipient.Page.AssertForEverybodyAsync();
    }

    private static async Task SetWebsiteAsync(HttpClient creator, string handle, string website)
    {
        var profile = (await creator.ReadAsync("/api/me")).Body!.AsObject();
        profile["website"] = website;
        Assert.Null((await creator.PutAsync("/api/me", profile)).Problem);
        Assert.Equal(handle, (string?)profile["handle"]);
    }
}
