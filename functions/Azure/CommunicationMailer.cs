using Azure;
using Azure.Communication.Email;
using Connections.Notices;

namespace Connections.Azure;

/// <summary>Emails by Azure Communication Services.</summary>
/// <remarks>
/// The operation id makes a repeated send the same send. The service answers a repeated id with 400 or 409, which says nothing of the
/// first try: then the operation itself is asked.
/// </remarks>
public sealed class CommunicationMailer(EmailClient client, string sender) : IMailer
{
    private static readonly TimeSpan WaitWhenNotTold = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct)
    {
        try
        {
            await client.SendAsync(WaitUntil.Started, Message(mail), operationId, ct);
            return new MailOutcome.HandedOver();
        }
        catch (RequestFailedException e) when (e.Status == 429)
        {
            var wait = e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true && int.TryParse(text, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : WaitWhenNotTold;
            return new MailOutcome.Throttled(wait);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 409)
        {
            return await AskAsync(operationId, e, ct);
        }
    }

    private async Task<MailOutcome> AskAsync(Guid operationId, RequestFailedException refusal, CancellationToken ct)
    {
        try
        {
            var operation = new EmailSendOperation(operationId.ToString(), client);
            await operation.UpdateStatusAsync(ct);
            return new MailOutcome.HandedOver();
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            // There is no such operation: the email itself was refused.
            return new MailOutcome.Refused(refusal.ErrorCode ?? "bad request");
        }
    }

    private EmailMessage Message(Mail mail)
    {
        var message = new EmailMessage(
            sender,
            new EmailRecipients([new EmailAddress(mail.To, mail.ToName)]),
            new EmailContent(mail.Subject) { Html = mail.Html, PlainText = mail.Text })
        {
            // No tracking pixel, and no link rewritten through a tracker: the links are secrets.
            UserEngagementTrackingDisabled = true,
        };
        if (mail.ReplyTo is { } replyTo)
        {
            message.ReplyTo.Add(new EmailAddress(replyTo));
        }

        foreach (var (name, value) in mail.Headers)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}
