using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connections.Telemetry;

/// <summary>What the app tells of itself: spans by an <see cref="ActivitySource"/>, figures by a <see cref="Meter"/>, both named <see cref="Name"/>.</summary>
/// <remarks>Tags are names and outcomes, never ids of members and never text: figures are kept long and shown widely.</remarks>
public static class Signals
{
    /// <summary>The name that listeners ask for.</summary>
    public const string Name = "Connections";

    /// <summary>A span per call, per trigger run and per request to another service.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    private static readonly Meter Figures = new(Name);

    /// <summary>HTTP calls, by <c>function</c> and <c>status</c>: <c>2xx</c>, <c>3xx</c>, <c>4xx</c> or <c>5xx</c>.</summary>
    public static Counter<long> Calls { get; } = Figures.CreateCounter<long>("connections.calls", "{call}", "HTTP calls by function and class of status.");

    /// <summary>Invite calls and answers, by <c>outcome</c>: invited, repeated, accepted, declined, revoked, or the problem's code.</summary>
    public static Counter<long> Invites { get; } = Figures.CreateCounter<long>("connections.invites", "{call}", "Invite calls and answers by outcome.");

    /// <summary>Emails, by <c>kind</c> and <c>outcome</c>: sent, dropped, throttled, refused.</summary>
    public static Counter<long> Notices { get; } = Figures.CreateCounter<long>("connections.notices", "{notice}", "Notices by kind and outcome.");

    /// <summary>Calls that were refused because there were too many, by <c>limit</c>.</summary>
    public static Counter<long> Limited { get; } = Figures.CreateCounter<long>("connections.limited", "{call}", "Calls past a limit by limit.");

    /// <summary>From the change that owes an email to its handing over, by <c>kind</c>.</summary>
    public static Histogram<double> NoticeDelay { get; } = Figures.CreateHistogram<double>("connections.notice.delay", "ms", "From owed to handed over.");

    /// <summary>From a message's storing to its live event being handed to the realtime service.</summary>
    public static Histogram<double> PublishDelay { get; } = Figures.CreateHistogram<double>("connections.publish.delay", "ms", "From stored to published.");

    /// <summary>How long the oldest of what the change feed lost had been owed when the sweeper found it.</summary>
    public static Histogram<double> SweptAge { get; } = Figures.CreateHistogram<double>("connections.swept.age", "s", "Age of what the sweeper found.");

    /// <summary>Runs of the sweeper that came to their end, one a minute. That there are none is what operators are told of.</summary>
    public static Counter<long> Sweeps { get; } = Figures.CreateCounter<long>("connections.sweeps", "{run}", "Finished runs of the sweeper.");

    /// <summary>How many notices lie in the poison queue, each minute.</summary>
    public static Histogram<long> NoticesPoisoned { get; } = Figures.CreateHistogram<long>("connections.notices.poisoned", "{notice}", "Notices in the poison queue.");

    /// <summary>Request units that a call or trigger run took, by <c>operation</c>.</summary>
    public static Histogram<double> DatabaseCharge { get; } = Figures.CreateHistogram<double>("connections.database.charge", "RU", "Request units by operation.");

    /// <summary>Requests to the database that a call or trigger run made, by <c>operation</c>.</summary>
    public static Histogram<long> DatabaseRequests { get; } = Figures.CreateHistogram<long>("connections.database.requests", "{request}", "Requests by operation.");

    /// <summary>Counts an HTTP call that was answered.</summary>
    public static void Call(string function, int status) => Calls.Add(
        1,
        new KeyValuePair<string, object?>("function", function),
        new KeyValuePair<string, object?>("status", status switch { >= 500 => "5xx", >= 400 => "4xx", >= 300 => "3xx", _ => "2xx" }));

    /// <summary>Counts what became of a notice.</summary>
    public static void Notice(string kind, string outcome) =>
        Notices.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Records that a notice was handed over.</summary>
    public static void NoticeSent(string kind, TimeSpan sinceOwed)
    {
        Notice(kind, "sent");
        NoticeDelay.Record(sinceOwed.TotalMilliseconds, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <summary>The trace that runs now, as documents and notices carry it to what follows from them (W3C Trace Context); null where nobody listens.</summary>
    public static string? Trace => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    /// <summary>A span, in the trace that a document carries, for what follows from the document; null when nobody listens, or it carries none.</summary>
    public static Activity? Following(string? trace) =>
        ParentOf(trace) is var parent && parent != default ? Spans.StartActivity(Operation.Current?.Name ?? "follow", ActivityKind.Consumer, parent) : null;

    /// <summary>A trace as the parent of a span. What cannot be read is as none: the span is then part of whatever runs.</summary>
    internal static ActivityContext ParentOf(string? trace) => ActivityContext.TryParse(trace, traceState: null, out var parent) ? parent : default;

    /// <summary>A span around a request to another service; null when nobody listens.</summary>
    public static Activity? Outside(string name) => Spans.StartActivity(name, ActivityKind.Client);
}
