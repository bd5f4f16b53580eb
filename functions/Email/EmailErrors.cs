using Connections.Limits;

namespace Connections.Email;

/// <summary>The caller has asked for all of today's changes of address.</summary>
public sealed record EmailLimitDay : Error
{
    /// <summary>By the allowance that is used up.</summary>
    public EmailLimitDay(Permit permit)
        : base("email-limit-day", ErrorKind.TooMany, "You have asked for all of today's changes of address", Say(permit)) =>
        (RetryAfter, Until) = (permit.RetryAfter, permit.Until);

    private static string Say(Permit permit) => $"You can ask for {permit.Of.Limit} a day. Go on tomorrow (UTC).";
}
