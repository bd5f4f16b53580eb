using Microsoft.Playwright;

namespace Connections.Tests.Web;

[Collection(WebClientFixture.Looks)]
public sealed class BrowserRigTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_person_opens_a_page()
    {
        var person = await web.NewPersonAsync("demo-brand");

        await person.Page.GotoAsync("/dev");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "demo-creator" }).ClickAsync();

        await Assertions.Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "A token for demo-creator" }))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^eyJ"));
    }

    [BrowserFact]
    public async Task A_logged_error_fails_the_test_unless_it_is_expected()
    {
        var person = await web.NewPersonAsync("demo-brand");
        await person.Page.GotoAsync("/dev");

        await person.Page.EvaluateAsync("() => { console.error('it broke'); setTimeout(() => { throw new Error('badly') }) }");
        await Calls.EventuallyAsync(() => Task.FromResult(person.Errors), errors => errors.Count == 2);

        Assert.Equal(["it broke", "Error: badly"], person.Errors.Select(error => error.Split([" (", "\n"], StringSplitOptions.None)[0]));
        person.MayLog("it broke");
        person.MayLog("badly");
        Assert.Empty(person.Errors);
    }

    [BrowserFact]
    public async Task Violations_are_reported_by_rule_and_element()
    {
        var person = await web.NewPersonAsync("demo-brand");
        await person.Page.GotoAsync("/dev");
        await person.Page.EvaluateAsync(
            "() => { document.querySelector('main').append(document.createElement('img')); document.querySelector('h1').style.color = "
                + "'#bbb'; }");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => person.Page.AssertAccessibleAsync());

        Assert.Matches(
            @"(?s)- color-contrast \(serious\).*h1.*- image-alt \(critical\): Images must have alternative text.*img", failure.Message);
    }

    [BrowserTheory]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    public async Task A_small_window_is_a_phone(int width, bool isPhone)
    {
        var person = await web.NewPersonAsync("demo-brand", width, dark: isPhone);
        await person.Page.GotoAsync("/dev");

        Assert.Equal(isPhone, await person.Page.EvaluateAsync<bool>("matchMedia('(pointer: coarse)').matches"));
        Assert.Equal(isPhone, await person.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("innerWidth"));
    }
}
