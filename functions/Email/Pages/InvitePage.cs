using Connections.Email.Rendering;
using Connections.Invites;
using Microsoft.AspNetCore.Http;

namespace Connections.Email.Pages;

/// <summary>The web page behind an invite email's link. Pure; safe to call from many threads.</summary>
public sealed class InvitePage(Templates templates)
{
    /// <summary>A complete page with its security headers; 404 for <see cref="InvitePageView.Gone"/>, else 200.</summary>
    public IResult Render(InvitePageView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var model = Model.In(Sentences.For(view.Language));
        switch (view)
        {
            case InvitePageView.Open open:
                model.AddSender(open.Sender, open.Note);
                model["expires"] = ((Sentences)model["sentences"]!).Date(open.ExpiresAt);
                model["declines"] = open.Suggested == InviteAnswer.Decline;
                return Page("page-invite", "invite.heading", model, StatusCodes.Status200OK);
            case InvitePageView.Answered answered:
                model.AddSender(answered.Sender, note: null);
                model["openUrl"] = answered.OpenUrl.AbsoluteUri;
                return answered.Answer == InviteAnswer.Accept
                    ? Page("page-accepted", "page.accepted.heading", model, StatusCodes.Status200OK)
                    : Page("page-declined", "page.declined.heading", model, StatusCodes.Status200OK);
            case InvitePageView.Gone gone:
                return Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }

    /// <summary>The one page for every link that is of no use.</summary>
    internal static HtmlPage Gone(Templates templates, Uri openUrl, Dictionary<string, object?> model)
    {
        model["openUrl"] = openUrl.AbsoluteUri;
        return PageLayout.Render(templates, "page-gone", "page.gone.heading", model, StatusCodes.Status404NotFound);
    }

    private HtmlPage Page(string template, string heading, Dictionary<string, object?> model, int status) =>
        PageLayout.Render(templates, template, heading, model, status);
}
