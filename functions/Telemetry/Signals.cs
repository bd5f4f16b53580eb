using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connections.Telemetry;

/// <summary>The app's own telemetry: an <see cref="ActivitySource"/> and a <see cref="Meter"/>, both named <see cref="Name"/>.</summary>
/// <remarks>Tags are names and outcomes, never member ids or text: many people can see metrics, for a long time.</remarks>
public static class Signals
{
    /// <summary>The name that listeners subscribe to.</summary>
    public const string Name = "Connections";

    /// <summary>A span per call, per trigger run and per request to another service.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    private static readonly Meter Metrics = new(Name);

    /// <summary>HTTP calls, by <c>function</c> and <c>status</c>: <c>2xx</c>, <c>3xx</c>, <c>4xx</c> or <c>5xx</c>.</summary>
    public static Counter<long> Calls { get; } = Metrics.CreateCounter<long>(
        "connections.calls", "{call}", "HTTP calls by function and class of status.");

    /// <summary>Invite calls and answers, by <c>outcome</c>: invited, repeated, accepted, declined, revoked, or the error's code.</summary>
    public static Counter<long> Invites { get; } = Metrics.CreateCounter<long>(
        "connections.invites", "{call}", "Invite calls and answers by outcome.");

    /// <summary>Emails, by <c>kind</c> and <c>outcome</c>: sent, dropped, throttled, refused.</summary>
    public static Counter<long> Notices { get; } = Metrics.CreateCounter<long>(
        "connections.notices", "{notice}", "Notices by kind and outcome.");

    /// <summary>
    /// Delivery reports, by <c>outcome</c>: the email service's status, <c>unknown</c> for an email that is not known, <c>unreadable</c>.
    /// </summary>
    public static Counter<long> Deliveries { get; } = Metrics.CreateCounter<long>(
        "connections.deliveries", "{report}", "Reports of emails that did not arrive, by outcome.");

    /// <summary>Calls refused by a limit, by <c>limit</c>.</summary>
    public static Counter<long> Limited { get; } = Metrics.CreateCounter<long>(
        "connections.limited", "{call}", "Calls past a limit by limit.");

    /// <summary>Time from the change that causes an email to handing it to the email service, by <c>kind</c>.</summary>
    public static Histogram<double> NoticeDelay { get; } = Metrics.CreateHistogram<double>(
        "connections.notice.delay", "ms", "From owed to handed over.");

    /// <summary>Time from storing a message to handing its live event to the realtime service.</summary>
    public static Histogram<double> PublishDelay { get; } = Metrics.CreateHistogram<double>(
        "connections.publish.delay", "ms", "From stored to published.");

    /// <summary>Age of the oldest change that the change feed lost, when the sweeper found it.</summary>
    public static Histogram<double> SweptAge { get; } = Metrics.CreateHistogram<double>(
        "connections.swept.age", "s", "Age of what the sweeper found.");

    /// <summary>Finished runs of the sweeper, one a minute. An alert fires when there are none.</summary>
    public static Counter<long> Sweeps { get; } = Metrics.CreateCounter<long>(
        "connections.sweeps", "{run}", "Finished runs of the sweeper.");

    /// <summary>Notices in the poison queue, measured every minute.</summary>
    public static Histogram<long> NoticesPoisoned { get; } = Metrics.CreateHistogram<long>(
        "connections.notices.poisoned", "{notice}", "Notices in the poison queue.");

    /// <summary>Delivery reports in their poison queue, measured every minute.</summary>
    public static Histogram<long> DeliveriesPoisoned { get; } = Metrics.CreateHistogram<long>(
        "connections.deliveries.poisoned", "{report}", "Delivery reports in the poison queue.");

    /// <summary>Request units of a call or trigger run, by <c>operation</c>.</summary>
    public static Histogram<double> DatabaseCharge { get; } = Metrics.CreateHistogram<double>(
        "connections.database.charge", "RU", "Request units by operation.");

    /// <summary>Database requests of a call or trigger run, by <c>operation</c>.</summary>
    public static Histogram<long> DatabaseRequests { get; } = Metrics.CreateHistogram<long>(
        "connections.database.requests", "{request}", "Requests by operation.");

    /// <summary>Counts an answered HTTP call.</summary>
    public static void Call(string function, int status) => Calls.Add(
        1,
        new KeyValuePair<string, object?>("function", function),
        new KeyValuePair<string, object?>("status", status switch { >= 500 => "5xx", >= 400 => "4xx", >= 300 => "3xx", _ => "2xx" }));

    /// <summary>Counts the outcome of a notice.</summary>
    public static void Notice(string kind, string outcome) =>
        Notices.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Records a delivery report.</summary>
    public static void Delivery(string outcome) => Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Records that the email service accepted a notice.</summary>
    public static void NoticeSent(string kind, TimeSpan sinceOwed)
    {
        Notice(kind, "sent");
        NoticeDelay.Record(sinceOwed.TotalMilliseconds, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <summary>The current trace (W3C), which documents and notices carry to the work they cause; null if nobody records it.</summary>
    public static string? Trace => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    /// <summary>A span for work that a document causes, in the trace that it carries; null without a trace or a listener.</summary>
    public static Activity? Following(string? trace) =>
        ParentOf(trace) is var parent && parent != default
            ? Spans.StartActivity(Operation.Current?.Name ?? "follow", ActivityKind.Consumer, parent)
            : null;

    /// <summary>A trace as the parent of a span. A trace that cannot be parsed is ignored, and the span joins the current trace.</summary>
    internal static ActivityContext ParentOf(string? trace) =>
        ActivityContext.TryParse(trace, traceState: null, out var parent) ? parent : default;

    /// <summary>A span around a request to another service; null without a listener.</summary>
    public static Activity? Outside(string name) => Spans.StartActivity(name, ActivityKind.Client);
}
