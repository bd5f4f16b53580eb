using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>Locates elements as people do: by role and full accessible name.</summary>
internal static class PageLocators
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Link(this ILocator within, string name) => within.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static ILocator TextBox(this IPage page, string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    /// <summary>The open dialog. A page has at most one.</summary>
    public static ILocator OpenDialog(this IPage page, string title) =>
        page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    /// <summary>The search box of Explore.</summary>
    public static ILocator Search(this IPage page) => page.GetByRole(AriaRole.Searchbox, new() { Name = "Search creators", Exact = true });

    /// <summary>The cards of a list, such as <c>Creators</c> or <c>Favourites</c>.</summary>
    public static ILocator Cards(this IPage page, string list = "Creators") =>
        page.GetByRole(AriaRole.List, new() { Name = list, Exact = true }).GetByRole(AriaRole.Article);

    /// <summary>The messages of the open conversation.</summary>
    public static ILocator Log(this IPage page) => page.GetByRole(AriaRole.Log);

    /// <summary>Messages of the open conversation with a text.</summary>
    public static ILocator Message(this IPage page, string text) =>
        page.Log().GetByRole(AriaRole.Article).Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    /// <summary>A link of the navigation. With a count it is called <c>Pending , 1 received</c>.</summary>
    public static ILocator NavLink(this IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Pages", Exact = true }).Link(name);
}
