using Microsoft.Playwright;

namespace Connections.Tests.Web;

[Collection(WebClientFixture.Sessions)]
public sealed class SigningInTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_demo_member_stays_signed_in_across_a_reload_until_they_sign_out()
    {
        var person = await web.NewPersonAsync("demo-brand", signedIn: false);
        await person.Page.GotoAsync("/");

        await person.Page.GetByRole(AriaRole.Button, new() { Name = "demo-brand" }).ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        await person.Page.ReloadAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();

        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Linnea Berg" }).ClickAsync();
        await person.Page.GetByText("Sign out").ClickAsync();
        var signIn = person.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in as a demo member" });
        await Assertions.Expect(signIn).ToBeVisibleAsync();
        await person.Page.ReloadAsync();
        await Assertions.Expect(signIn).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData(360, true)]
    [InlineData(360, false)]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    public async Task The_sign_in_page_is_accessible(int width, bool dark)
    {
        var person = await web.NewPersonAsync("nobody", width, dark: dark, signedIn: false);
        await person.Page.GotoAsync("/connections");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "demo-brand" })).ToBeVisibleAsync();

        await person.Page.AssertAccessibleAsync();
    }
}
