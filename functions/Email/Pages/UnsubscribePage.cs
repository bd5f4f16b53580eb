using Connections.Email.Rendering;
using Connections.Notices;

namespace Connections.Email.Pages;

/// <summary>The content of the page behind an unsubscribe link.</summary>
/// <param name="Language">BCP 47; English is used for a language without sentences.</param>
public abstract record UnsubscribePageView(string? Language)
{
    /// <summary>A button that stops this kind of notice, and a button that stops all kinds.</summary>
    public sealed record Ask(NoticeKind Kind, string? Language) : UnsubscribePageView(Language);

    /// <summary>The member no longer gets this kind of notice, or any notice when <paramref name="Kind"/> is null.</summary>
    public sealed record Stopped(NoticeKind? Kind, Uri OpenUrl, string? Language) : UnsubscribePageView(Language);

    /// <summary>The link does not work.</summary>
    public sealed record Gone(Uri OpenUrl, string? Language) : UnsubscribePageView(Language);
}

/// <summary>Renders the page behind an unsubscribe link. Pure; safe to call from many threads.</summary>
public sealed class UnsubscribePage(Templates templates)
{
    /// <summary>The form field that selects the kinds to stop.</summary>
    public const string ScopeField = "stop";

    /// <summary>The value of <see cref="ScopeField"/> that stops every kind; any other value stops the link's kind.</summary>
    public const string AllScope = "all";

    /// <summary>The page with its security headers; 404 for <see cref="UnsubscribePageView.Gone"/>, otherwise 200.</summary>
    public IResult Render(UnsubscribePageView view)
    {
        var sentences = Sentences.For(view.Language);
        var model = Model.In(sentences);
        switch (view)
        {
            case UnsubscribePageView.Ask ask:
                model["stopKind"] = sentences[ask.Kind.JsonName() + ".stop"];
                model["field"] = ScopeField;
                model["all"] = AllScope;
                return HtmlPage.Render(templates, "page-unsubscribe", "page.unsubscribe.heading", model);
            case UnsubscribePageView.Stopped stopped:
                model["stopped"] = sentences[stopped.Kind is { } kind ? kind.JsonName() + ".stopped" : "page.unsubscribed.all"];
                model["openUrl"] = stopped.OpenUrl.AbsoluteUri;
                return HtmlPage.Render(templates, "page-unsubscribed", "page.unsubscribed.heading", model);
            case UnsubscribePageView.Gone gone:
                return HtmlPage.Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }
}
