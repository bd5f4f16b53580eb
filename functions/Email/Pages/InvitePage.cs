using Connections.Email.Rendering;
using Connections.Invites;

namespace Connections.Email.Pages;

/// <summary>The content of the page behind an invite email's link.</summary>
/// <param name="Language">BCP 47; English is used for a language without sentences.</param>
public abstract record InvitePageView(string? Language)
{
    /// <summary>The invite, with a button for each answer.</summary>
    /// <param name="Sender">The inviter.</param>
    /// <param name="ProfileUrl">The inviter's profile in the web client.</param>
    /// <param name="Note">The inviter's words; shown as a quotation.</param>
    /// <param name="ExpiresAt">The end of the invite.</param>
    /// <param name="Suggested">The answer that the followed link was for; its button is the prominent one.</param>
    /// <param name="Language">The invitee's language.</param>
    public sealed record Open(
        Person Sender, Uri ProfileUrl, string? Note, DateTimeOffset ExpiresAt, InviteAnswer Suggested, string? Language)
        : InvitePageView(Language);

    /// <summary>The invitee has answered.</summary>
    /// <param name="Answer">The answer.</param>
    /// <param name="Sender">The inviter.</param>
    /// <param name="OpenUrl">The conversation, or the start page of the web client.</param>
    /// <param name="Language">The invitee's language.</param>
    public sealed record Answered(InviteAnswer Answer, Person Sender, Uri OpenUrl, string? Language) : InvitePageView(Language);

    /// <summary>The link does not work. The page does not tell a used link from an expired, revoked or unknown link.</summary>
    /// <param name="OpenUrl">The start page of the web client.</param>
    /// <param name="Language">The browser's language, because the invitee's would tell that the invite exists.</param>
    public sealed record Gone(Uri OpenUrl, string? Language) : InvitePageView(Language);
}

/// <summary>Renders the page behind an invite email's link. Pure; safe to call from many threads.</summary>
public sealed class InvitePage(Templates templates)
{
    /// <summary>The page with its security headers; 404 for <see cref="InvitePageView.Gone"/>, otherwise 200.</summary>
    public IResult Render(InvitePageView view)
    {
        var sentences = Sentences.For(view.Language);
        var model = Model.In(sentences);
        switch (view)
        {
            case InvitePageView.Open open:
                model.AddSender(open.Sender, open.Note, open.ProfileUrl);
                model["expires"] = sentences.Date(open.ExpiresAt);
                model["declines"] = open.Suggested == InviteAnswer.Decline;
                return HtmlPage.Render(templates, "page-invite", "invite.heading", model);
            case InvitePageView.Answered answered:
                model.AddSender(answered.Sender, note: null);
                model["openUrl"] = answered.OpenUrl.AbsoluteUri;
                return answered.Answer == InviteAnswer.Accept
                    ? HtmlPage.Render(templates, "page-accepted", "page.accepted.heading", model)
                    : HtmlPage.Render(templates, "page-declined", "page.declined.heading", model);
            case InvitePageView.Gone gone:
                return HtmlPage.Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }
}
