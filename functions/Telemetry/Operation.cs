using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connections.Telemetry;

/// <summary>One call or trigger run: a span, and its database requests and their charge.</summary>
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

    /// <summary>The operation that the current code runs in; null outside an operation.</summary>
    public static Operation? Current => Running.Value;

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>Begins a call. Everything until it is disposed counts towards it.</summary>
    public static Operation Call(string file, string method) => Begin(FunctionNames.Of(file, method), ActivityKind.Server, trace: null);

    /// <summary>Begins a trigger run.</summary>
    /// <param name="trace">The trace to continue; null starts a new one.</param>
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
        // A call can send requests in parallel.
        lock (_gate)
        {
            _charge += charge;
            _requests++;
        }
    }

    /// <summary>Records the response status on the span and counts the call.</summary>
    public void Answered(int status)
    {
        Signals.Call(Name, status);
        _span?.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends the operation and records its charge and requests.</summary>
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

/// <summary>Names of functions by their file and method. Telemetry uses them for calls and trigger runs.</summary>
public static class FunctionNames
{
    private static readonly FrozenDictionary<(string Type, string Method), string> ByPlace = (
        from type in typeof(FunctionNames).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (Place: (type.Name, method.Name), function.Name)).ToFrozenDictionary(function => function.Place, function => function.Name);

    /// <summary>The name of the function that is a method in a file. The file must have the name of the class.</summary>
    /// <exception cref="InvalidOperationException">The method is not a function.</exception>
    public static string Of(string file, string method)
    {
        // The path is in the format of the machine that compiled this code, which may not be the one that runs it.
        var type = Path.GetFileNameWithoutExtension(file[(file.LastIndexOfAny(['/', '\\']) + 1)..]);
        return ByPlace.TryGetValue((type, method), out var name)
            ? name
            : throw new InvalidOperationException($"{type}.{method} is not a function.");
    }
}
