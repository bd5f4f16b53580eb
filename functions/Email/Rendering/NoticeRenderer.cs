using Connections.Invites.Contacts;
using Connections.Notices;

namespace Connections.Email.Rendering;

/// <summary>The content of a notice, before it is put into words.</summary>
/// <param name="Kind">Selects the templates and the sentences.</param>
/// <param name="Language">The recipient's language as BCP 47; English is used where it has no sentences.</param>
/// <param name="Recipient">The member who gets the email.</param>
/// <param name="Sender">The member whom the email is about.</param>
/// <param name="Note">The note of the invite; shown as a quotation.</param>
/// <param name="AcceptUrl">The page that accepts the invite.</param>
/// <param name="DeclineUrl">The page that declines the invite.</param>
/// <param name="OpenUrl">The page of the web client.</param>
/// <param name="UnsubscribeUrl">The page that stops notices of this kind.</param>
/// <param name="ExpiresAt">The end of the invite; null for a notice that is not about a pending invite.</param>
/// <param name="TimeLeft">The time from now to <paramref name="ExpiresAt"/>.</param>
/// <param name="ProfileUrl">The sender's profile in the web client; null if the email has no link to it.</param>
/// <param name="Unread">The recipient's unread messages.</param>
/// <param name="ReportUrl">The page that reports and blocks the sender of the invite.</param>
public sealed record NoticeView(
    NoticeKind Kind,
    string? Language,
    Person Recipient,
    Person Sender,
    string? Note,
    Uri? AcceptUrl,
    Uri? DeclineUrl,
    Uri OpenUrl,
    Uri UnsubscribeUrl,
    DateTimeOffset? ExpiresAt,
    TimeSpan TimeLeft = default,
    Uri? ProfileUrl = null,
    UnreadView? Unread = null,
    Uri? ReportUrl = null);

/// <summary>Unread messages.</summary>
/// <param name="Count">The number of messages, at least 1. Blank messages count only when all are blank.</param>
/// <param name="Last">The last few messages, oldest first.</param>
public sealed record UnreadView(long Count, IReadOnlyList<UnreadMessage> Last)
{
    /// <summary>Unread messages without files.</summary>
    public UnreadView(long count, IReadOnlyList<string> texts)
        : this(count, [.. texts.Select(text => new UnreadMessage(text))])
    {
    }
}

/// <summary>An unread message.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Files">Its files, which an email only mentions, and only where there is no text; null for none.</param>
public sealed record UnreadMessage(string Text, LastFiles? Files = null);

/// <summary>Renders notices as subject, HTML and text. Pure; safe to call from many threads.</summary>
/// <remarks>
/// Each kind has two templates, <c>Templates/{kind}.html.hbs</c> and <c>.text.hbs</c>, and a set of sentences whose keys begin with the
/// kind's name: <c>subject</c>, <c>preheader</c>, <c>reason</c> (why the recipient gets the email), <c>stop</c> (the unsubscribe link),
/// and those that its templates name.
/// </remarks>
public sealed class NoticeRenderer(Templates templates)
{
    /// <summary>Renders a notice in the recipient's language, or in English.</summary>
    public RenderedEmail Render(NoticeView view)
    {
        var sentences = Sentences.For(view.Language);
        var kind = view.Kind.JsonName();
        var model = Model.In(sentences);
        model.AddSender(view.Sender, view.Note, view.ProfileUrl);
        model["recipient"] = Model.Name(view.Recipient, sentences);
        model["acceptUrl"] = view.AcceptUrl?.AbsoluteUri;
        model["declineUrl"] = view.DeclineUrl?.AbsoluteUri;
        model["reportUrl"] = view.ReportUrl?.AbsoluteUri;
        model["openUrl"] = view.OpenUrl.AbsoluteUri;
        model["unsubscribeUrl"] = view.UnsubscribeUrl.AbsoluteUri;
        model["expires"] = view.ExpiresAt is { } expires ? sentences.Date(expires) : null;
        model["openUntil"] = view.ExpiresAt is null ? "" : sentences.Say("invite.expires", model);
        model.AddTimeLeft(view);
        if (view.Unread is not null)
        {
            model.AddUnread(view.Unread);
        }

        foreach (var name in (string[])["preheader", "reason", "stop"])
        {
            model[name] = sentences.Say($"{kind}.{name}", model);
        }

        return templates.Email(kind, model);
    }
}
