using Connections.Email.Rendering;
using Connections.Notices;
using Microsoft.AspNetCore.Http;

namespace Connections.Email.Pages;

/// <summary>What the page behind an unsubscribe link shows.</summary>
/// <param name="Language">BCP 47; English where there are no sentences in it.</param>
public abstract record UnsubscribePageView(string? Language)
{
    /// <summary>A button to stop this kind of notice, and one to stop all.</summary>
    public sealed record Ask(NoticeKind Kind, string? Language) : UnsubscribePageView(Language);

    /// <summary>This kind is stopped, or all are when <paramref name="Kind"/> is null.</summary>
    public sealed record Stopped(NoticeKind? Kind, Uri OpenUrl, string? Language) : UnsubscribePageView(Language);

    /// <summary>The link is of no use.</summary>
    public sealed record Gone(Uri OpenUrl, string? Language) : UnsubscribePageView(Language);
}

/// <summary>The web page behind an unsubscribe link. Pure; safe to call from many threads.</summary>
public sealed class UnsubscribePage(Templates templates)
{
    /// <summary>The form field that says what to stop.</summary>
    public const string ScopeField = "stop";

    /// <summary>The value of <see cref="ScopeField"/> that stops every kind; anything else stops the link's own kind.</summary>
    public const string AllScope = "all";

    /// <summary>A complete page with its security headers; 404 for <see cref="UnsubscribePageView.Gone"/>, else 200.</summary>
    public IResult Render(UnsubscribePageView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var sentences = Sentences.For(view.Language);
        var model = Model.In(sentences);
        switch (view)
        {
            case UnsubscribePageView.Ask ask:
                model["stopKind"] = sentences[ask.Kind.JsonName() + ".stop"];
                model["field"] = ScopeField;
                model["all"] = AllScope;
                return PageLayout.Render(templates, "page-unsubscribe", "page.unsubscribe.heading", model, StatusCodes.Status200OK);
            case UnsubscribePageView.Stopped stopped:
                model["stopped"] = sentences[stopped.Kind is { } kind ? kind.JsonName() + ".stopped" : "page.unsubscribed.all"];
                model["openUrl"] = stopped.OpenUrl.AbsoluteUri;
                return PageLayout.Render(templates, "page-unsubscribed", "page.unsubscribed.heading", model, StatusCodes.Status200OK);
            case UnsubscribePageView.Gone gone:
                return InvitePage.Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }
}
