using Connections.Emulators.Email;
using Connections.Notices;

namespace Connections.Local.Adapters;

/// <summary>Hands emails to the email emulator in this process.</summary>
internal sealed class Mailer(LocalMail outbox) : IMailer
{
    public async Task<MailOutcome> SendAsync(Connections.Notices.Mail mail, Guid operationId, CancellationToken ct) =>
        await outbox.SendAsync(
            new OutgoingMail(mail.To, mail.Subject, mail.Html, mail.Text, mail.Headers, mail.ReplyTo), operationId, ct) is { } refusal
            ? new MailOutcome.Refused(refusal)
            : new MailOutcome.HandedOver();
}
