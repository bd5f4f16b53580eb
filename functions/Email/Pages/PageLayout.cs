using Connections.Email.Rendering;

namespace Connections.Email.Pages;

/// <summary>What all pages share: the document around a page's own part.</summary>
internal static class PageLayout
{
    /// <summary>Fills a page's template and puts it into the layout. <paramref name="heading"/> is a sentence; it is the title too.</summary>
    public static HtmlPage Render(Templates templates, string template, string heading, Dictionary<string, object?> model, int status)
    {
        model["heading"] = ((Sentences)model["sentences"]!).Say(heading, model);
        model["style"] = HtmlPage.Style;
        model["body"] = templates.Html(template, model);
        return new HtmlPage(templates.Html("page", model), status);
    }
}
