namespace Connections.Notices;

/// <summary>One email, ready to hand over. Personal data: never log it.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="ToName">The recipient's name.</param>
/// <param name="Subject">One line, no control characters.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The plain-text part; says the same.</param>
/// <param name="Headers">Further headers, such as <c>List-Unsubscribe</c>.</param>
public sealed record Mail(string To, string ToName, string Subject, string Html, string Text, IReadOnlyDictionary<string, string> Headers);

/// <summary>What came of handing an email over.</summary>
public abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>The service has the email and will deliver it; also when it had it already under this operation id.</summary>
    public sealed record HandedOver : MailOutcome;

    /// <summary>The service takes no more at the moment. Try again after <paramref name="RetryAfter"/>, under the same operation id.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : MailOutcome;

    /// <summary>The service will never take this email (an address that cannot exist, say). Trying again is of no use.</summary>
    public sealed record Refused(string Reason) : MailOutcome;
}

/// <summary>Hands emails to the email service: Communication Services in Azure, <c>local/Emulators</c> on one machine.</summary>
public interface IMailer
{
    /// <summary>Hands an email over, once per <paramref name="operationId"/> however often it is called with it.</summary>
    /// <exception cref="Exception">The outcome is not known; call again with the same id, never with another.</exception>
    Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken ct);
}
