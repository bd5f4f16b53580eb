using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Connections.Telemetry;

/// <summary>One call or one trigger run: a span, and what it took of the database.</summary>
public sealed class Operation : IDisposable
{
    private static readonly AsyncLocal<Operation?> Running = new();

    private readonly Activity? _span;
    private readonly Lock _gate = new();
    private double _charge;
    private long _requests;

    private Operation(string name, ActivityKind kind, string? trace)
    {
        Name = name;
        _span = Signals.Spans.StartActivity(name, kind, Signals.ParentOf(trace));
    }

    /// <summary>The operation that this code runs in; null outside of any.</summary>
    public static Operation? Current => Running.Value;

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>Begins a call. What runs until it is disposed counts for it.</summary>
    /// <param name="file">The file of the function.</param>
    /// <param name="method">The function's method.</param>
    public static Operation Call(string file, string method) => Begin(FunctionNames.Of(file, method), ActivityKind.Server, trace: null);

    /// <summary>Begins a trigger run.</summary>
    /// <param name="trace">The trace that it is part of; one of its own where none is given.</param>
    /// <param name="file">Filled in by the compiler: the function's file.</param>
    /// <param name="method">Filled in by the compiler: the function's method.</param>
    public static Operation Trigger(string? trace = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Begin(FunctionNames.Of(file, method), ActivityKind.Consumer, trace);

    private static Operation Begin(string name, ActivityKind kind, string? trace)
    {
        var operation = new Operation(name, kind, trace);
        Running.Value = operation;
        return operation;
    }

    /// <summary>Counts a request to the database.</summary>
    /// <param name="charge">Its request units.</param>
    public void AddRequest(double charge)
    {
        // A call can send several requests at once.
        lock (_gate)
        {
            _charge += charge;
            _requests++;
        }
    }

    /// <summary>Notes the answer's status on the span, and counts the call.</summary>
    public void Answered(int status)
    {
        Signals.Call(Name, status);
        _span?.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends the operation and records what it took.</summary>
    public void Dispose()
    {
        var operation = new KeyValuePair<string, object?>("operation", Name);
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
