namespace Connections.Notices;

/// <summary>An email for the email service. Personal data: never log it.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="ToName">The recipient's name.</param>
/// <param name="Subject">One line, no control characters.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The plain-text part, with the same content.</param>
/// <param name="Headers">Further headers, such as <c>List-Unsubscribe</c>.</param>
public sealed record Mail(string To, string ToName, string Subject, string Html, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The address that replies go to. <see cref="NoticeHandover"/> sets it for every notice.</summary>
    public string? ReplyTo { get; init; }
}

/// <summary>The email service's answer to an email.</summary>
public abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>The service has accepted the email, now or earlier under the same operation id.</summary>
    public sealed record HandedOver : MailOutcome;

    /// <summary>The service throttles. Try again after <paramref name="RetryAfter"/> under the same operation id.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : MailOutcome;

    /// <summary>The service refuses the email permanently, for example because of its address. Do not try again.</summary>
    public sealed record Refused(string Reason) : MailOutcome;
}

/// <summary>Hands emails to the email service: Communication Services in Azure, <c>local/Emulators</c> on one machine.</summary>
public interface IMailer
{
    /// <summary>Hands an email over. Calls with the same <paramref name="operationId"/> send it once.</summary>
    /// <exception cref="Exception">The outcome is unknown. Call again with the same id, never with another.</exception>
    Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct);
}
