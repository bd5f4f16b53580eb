using System.Text.Json;
using Connections.Notices;

namespace Connections.Local.Mail;

/// <summary>An email as clients of Communication Services send it, as far as the application uses it.</summary>
internal sealed record EmailMessage(
    string? SenderAddress,
    EmailContent? Content,
    EmailRecipients? Recipients,
    Dictionary<string, string>? Headers,
    JsonElement[]? ReplyTo,
    JsonElement[]? Attachments)
{
    /// <summary>The mail, or what is wrong with it.</summary>
    public (Connections.Notices.Mail? Mail, string Refusal) Read() => this switch
    {
        { SenderAddress: null or "" } => (null, "senderAddress is missing."),
        { Content.Subject: null or "" } or { Content: null } => (null, "content.subject is missing."),
        { Content: { Html: null or "", PlainText: null or "" } } => (null, "content has neither html nor plainText."),
        { Recipients.Cc.Length: > 0 } or { Recipients.Bcc.Length: > 0 } or { ReplyTo.Length: > 0 } or { Attachments.Length: > 0 } =>
            (null, "The local email service does not support cc, bcc, replyTo and attachments."),
        { Recipients.To: [{ Address.Length: > 0 } to] } =>
            (new(to.Address, to.DisplayName ?? "", Content.Subject, Content.Html ?? "", Content.PlainText ?? "", Headers ?? []), ""),
        _ => (null, "recipients.to has to have one recipient with an address: the local email service does not support several."),
    };
}

/// <summary>What an email says.</summary>
internal sealed record EmailContent(string? Subject, string? Html, string? PlainText);

/// <summary>Who gets an email.</summary>
internal sealed record EmailRecipients(EmailRecipient[]? To, JsonElement[]? Cc, JsonElement[]? Bcc);

/// <summary>One who gets it.</summary>
internal sealed record EmailRecipient(string? Address, string? DisplayName);
