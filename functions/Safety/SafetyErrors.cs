using Connections.Limits;

namespace Connections.Safety;

/// <summary>The caller blocks as many members as one member can. Only lifting blocks makes room.</summary>
public sealed record BlockLimit : Error
{
    /// <summary>By how many that is.</summary>
    public BlockLimit(int atMost)
        : base(
            "block-limit",
            ErrorKind.TooMany,
            "You block too many members",
            $"You can block {atMost} members. Lift a block, then block this member.") =>
        RetryAfter = Cap.RetryAfter;
}

/// <summary>The caller has made all of today's reports.</summary>
public sealed record ReportLimitDay : Error
{
    /// <summary>By the allowance that is used up.</summary>
    public ReportLimitDay(Permit permit)
        : base("report-limit-day", ErrorKind.TooMany, "You have made all of today's reports", Say(permit)) =>
        (RetryAfter, Until) = (permit.RetryAfter, permit.Until);

    private static string Say(Permit permit) => $"You can make {permit.Of.Limit} reports a day. Go on tomorrow (UTC).";
}
