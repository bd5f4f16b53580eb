using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>Finds what is on a page as people do: by what it is and what it is called, in full.</summary>
internal static class Finding
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Link(this ILocator within, string name) => within.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static ILocator Box(this IPage page, string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    /// <summary>The dialog that is open; a page has one at most.</summary>
    public static ILocator Question(this IPage page, string title) => page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    /// <summary>The box of Explore that one searches with.</summary>
    public static ILocator Search(this IPage page) => page.GetByRole(AriaRole.Searchbox, new() { Name = "Search creators", Exact = true });

    /// <summary>The cards of a list of them, such as <c>Creators</c> or <c>Favourites</c>.</summary>
    public static ILocator Cards(this IPage page, string list = "Creators") =>
        page.GetByRole(AriaRole.List, new() { Name = list, Exact = true }).GetByRole(AriaRole.Article);

    /// <summary>The messages of the conversation that is open.</summary>
    public static ILocator Log(this IPage page) => page.GetByRole(AriaRole.Log);

    /// <summary>A message of the open conversation, by its text; more than one where it stands there more than once.</summary>
    public static ILocator Message(this IPage page, string text) =>
        page.Log().GetByRole(AriaRole.Article).Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    /// <summary>A way to another page; with what waits there it is called <c>Pending , 1 received</c>.</summary>
    public static ILocator Place(this IPage page, string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Pages", Exact = true }).Link(name);
}
