using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Connections.Telemetry;

/// <summary>One call or one trigger run: a span, and what it took of the database.</summary>
public sealed class Operation : IDisposable
{
    private static readonly AsyncLocal<Operation?> Running = new();

    private readonly string _name;
    private readonly Activity? _span;
    private readonly Lock _gate = new();
    private double _charge;
    private long _requests;

    private Operation(string name, ActivityKind kind)
    {
        _name = name;
        _span = Signals.Spans.StartActivity(name, kind);
    }

    /// <summary>The operation that this code runs in; null outside of any.</summary>
    public static Operation? Current => Running.Value;

    /// <summary>Begins an operation. What runs until it is disposed counts for it.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="kind">A server's span for calls, a consumer's for triggers.</param>
    public static Operation Begin(string name, ActivityKind kind)
    {
        var operation = new Operation(name, kind);
        Running.Value = operation;
        return operation;
    }

    /// <summary>Begins a trigger run, by the name of the file that calls this: the function's.</summary>
    public static Operation Trigger([CallerFilePath] string file = "") => Begin(Path.GetFileNameWithoutExtension(file), ActivityKind.Consumer);

    /// <summary>Counts a request to the database.</summary>
    /// <param name="charge">Its request units.</param>
    public void Took(double charge)
    {
        // A call can send several requests at once.
        lock (_gate)
        {
            _charge += charge;
            _requests++;
        }
    }

    /// <summary>Notes the answer's status on the span.</summary>
    public void Answered(int status)
    {
        _span?.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends the operation and records what it took.</summary>
    public void Dispose()
    {
        var operation = new KeyValuePair<string, object?>("operation", _name);
        lock (_gate)
        {
            Signals.DatabaseCharge.Record(_charge, operation);
            Signals.DatabaseRequests.Record(_requests, operation);
            _span?.SetTag("db.charge", _charge);
        }

        Running.Value = null;
        _span?.Dispose();
    }
}
