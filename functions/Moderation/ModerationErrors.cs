using Connections.Safety;

namespace Connections.Moderation;

/// <summary>Another moderator decided first. <see cref="Error.Decision"/> is the decision that stands.</summary>
public sealed record ReportDecided : Error
{
    /// <summary>By the decision that stands.</summary>
    public ReportDecided(ReportDecision stands)
        : base(
            "report-decided",
            ErrorKind.Conflict,
            "This report was decided already",
            "Another decision stands. To change what follows from it, change the suspension or the unlisting.") =>
        Decision = stands;
}

/// <summary>The moderator is one of the two whom it is about.</summary>
public sealed record OwnCase() : Error(
    "own-case", ErrorKind.Forbidden, "This is about you", "You reported this or are reported in it. Leave it to another moderator.");
