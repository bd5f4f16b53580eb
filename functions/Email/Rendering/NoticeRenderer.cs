using Connections.Notices;

namespace Connections.Email.Rendering;

/// <summary>Puts notices into words: subject, HTML and text. Pure; safe to call from many threads.</summary>
/// <remarks>
/// A kind of notice is one template, <c>Templates/{kind}.html.hbs</c> and <c>.text.hbs</c>, and one set of sentences that begin
/// with its name: <c>subject</c>, <c>preheader</c>, <c>reason</c> (why they get it), <c>stop</c> (the unsubscribe link), and what its
/// templates say besides.
/// </remarks>
public sealed class NoticeRenderer(Templates templates)
{
    private const string Layout = "layout";

    /// <summary>One notice in words, in the recipient's language or else English.</summary>
    public RenderedNotice Render(NoticeView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var sentences = Sentences.For(view.Language);
        var kind = view.Kind.JsonName();
        var model = Model.In(sentences);
        model.AddSender(view.Sender, view.Note);
        model["recipient"] = Model.Name(view.Recipient, sentences);
        model["acceptUrl"] = view.AcceptUrl?.AbsoluteUri;
        model["declineUrl"] = view.DeclineUrl?.AbsoluteUri;
        model["openUrl"] = view.OpenUrl.AbsoluteUri;
        model["unsubscribeUrl"] = view.UnsubscribeUrl.AbsoluteUri;
        model["expires"] = view.ExpiresAt is { } expires ? sentences.Date(expires) : null;
        model["openUntil"] = view.ExpiresAt is null ? "" : sentences.Say("invite.expires", model);
        model.AddTimeLeft(view);
        if (view.Unread is not null)
        {
            model.AddUnread(view.Unread);
        }

        model["subject"] = MemberText.Line(sentences.Say(kind + ".subject", model), RenderedNotice.MaxSubject);
        foreach (var name in (string[])["preheader", "reason", "stop"])
        {
            model[name] = sentences.Say($"{kind}.{name}", model);
        }

        model["body"] = templates.Html(kind, model);
        var html = HtmlLines.Fold(templates.Html(Layout, model));
        model["body"] = templates.Text(kind, model).TrimEnd();
        var text = templates.Text(Layout, model);
        return new RenderedNotice((string)model["subject"]!, html, text);
    }
}
