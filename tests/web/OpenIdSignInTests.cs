using System.Text.RegularExpressions;
using Connections.Tests.Local.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Sign-in as in Azure at an OpenID Connect issuer, here the local one.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class OpenIdSignInTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_member_signs_in_at_the_issuer_comes_back_to_where_they_were_and_signs_out()
    {
        var host = await web.HostWithIssuerAsync();
        var maya = await web.NewPersonAsync("demo-creator", signedIn: false, host: host);
        await maya.Page.GotoAsync("/connections");

        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Maya Okafor" }).ClickAsync();

        var account = maya.Page.GetByRole(AriaRole.Button, new() { Name = "Your account, Maya Okafor" });
        await Expect(account).ToBeVisibleAsync();
        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/connections").AbsoluteUri);
        await maya.Page.ReloadAsync();
        await Expect(account).ToBeVisibleAsync();

        await account.ClickAsync();
        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(maya.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.DoesNotContain(
            "token",
            await maya.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })"),
            StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_cancelled_sign_in_returns_to_the_same_page_and_can_be_repeated()
    {
        var maya = await web.NewPersonAsync("demo-creator", signedIn: false, host: await web.HostWithIssuerAsync());
        await maya.Page.GotoAsync("/favourites");
        var signIn = maya.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" });

        await signIn.ClickAsync();
        await maya.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();

        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/favourites").AbsoluteUri);
        await signIn.ClickAsync();
        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Maya Okafor" }).ClickAsync();
        await Expect(maya.Page.GetByRole(AriaRole.Button, new() { Name = "Your account, Maya Okafor" })).ToBeVisibleAsync();
        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/favourites").AbsoluteUri);
    }

    [BrowserTheory]
    [InlineData("Maya Okafor", "code")]
    [InlineData("Cancel", "error")]
    public async Task The_issuers_page_leads_back_to_a_client_on_another_port(string choice, string carried)
    {
        var person = await web.NewPersonAsync("demo-creator", signedIn: false);
        await person.Page.RouteAsync(
            "http://localhost:5173/**", route => route.FulfillAsync(new() { Body = "The client", ContentType = "text/plain" }));
        await OpenAsync(person);

        await person.Page.GetByRole(choice == "Cancel" ? AriaRole.Link : AriaRole.Button, new() { Name = choice }).ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(new Regex($@"^http://localhost:5173/signed-in\?from=here&{carried}="));
    }

    [BrowserTheory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task The_issuers_page_is_accessible(int width, bool dark)
    {
        var person = await web.NewPersonAsync("demo-creator", width, dark: dark, signedIn: false);
        await OpenAsync(person);
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in as" })).ToBeVisibleAsync();
        await person.Page.AssertAccessibleAsync();
    }

    private static async Task OpenAsync(Person person) =>
        await person.Page.GotoAsync(
            QueryHelpers.AddQueryString("/dev/identity/authorize", CodeFlow.Request.ToDictionary(p => p.Key, p => (string?)p.Value)));
}
