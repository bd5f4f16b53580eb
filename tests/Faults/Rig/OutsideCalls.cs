using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Faults.Rig;

/// <summary>What befalls a call that leaves the app.</summary>
internal enum Fault
{
    None,

    /// <summary>It fails, and nothing was done.</summary>
    FailBefore,

    /// <summary>It is done, and the app never hears: to the app it failed.</summary>
    FailAfter,

    /// <summary>The process stops before it.</summary>
    StopBefore,

    /// <summary>It is done, and the process stops before the app hears.</summary>
    StopAfter,
}

/// <summary>A call that leaves the app: to the database, the queue, Web PubSub or the email service, or a function's end, which the host acts on.</summary>
/// <param name="In">The function that makes it; <see cref="OutsideCalls.Call"/> for an HTTP call's, <see cref="OutsideCalls.Feed"/> for the change feed's own requests.</param>
/// <param name="To">What is called.</param>
internal sealed record OutsideCall(string In, string To)
{
    /// <inheritdoc/>
    public override string ToString() => $"{In}: {To}";
}

/// <summary>Stands between the app and everything outside it, and harms the calls that a plan says.</summary>
internal sealed class OutsideCalls
{
    /// <summary>Where the calls of an HTTP call are made.</summary>
    public const string Call = "call";

    /// <summary>Where the change feed's own requests are made.</summary>
    public const string Feed = "feed";

    /// <summary>The end of a function.</summary>
    public const string End = "end";

    private const string HttpRequest = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly FrozenSet<string> HttpFunctions = typeof(ConnectionsApp).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly AsyncLocal<bool> Sheltered = new();

    /// <summary>Says what befalls each call; null harms none. Many ask at once.</summary>
    public Func<OutsideCall, Fault>? Plan { get; set; }

    /// <summary>Stops the process: keeps what is stored at this moment, and forgets all that comes after it.</summary>
    public Action Stop { get; set; } = () => { };

    /// <summary>The rig's own calls: none is harmed until this is disposed.</summary>
    public static IDisposable Shelter()
    {
        Sheltered.Value = true;
        return new Unsheltering();
    }

    /// <summary>Makes a call, or what the plan makes of it.</summary>
    /// <param name="to">What is called.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="fail">What the app gets where it fails, told whether it was done: throws, or gives an answer that says so.</param>
    public async Task<T> MakeAsync<T>(string to, Func<Task<T>> make, Func<bool, T> fail)
    {
        var fault = Decide(to);
        if (fault == Fault.StopBefore)
        {
            Stop();
        }

        if (fault is Fault.StopBefore or Fault.FailBefore)
        {
            return fail(false);
        }

        var answer = await make();
        if (fault == Fault.None)
        {
            return answer;
        }

        if (fault == Fault.StopAfter)
        {
            Stop();
        }

        (answer as IDisposable)?.Dispose();
        return fail(true);
    }

    /// <summary>What befalls a call, decided once for each.</summary>
    public Fault Decide(string to) => Decide(to, Running());

    /// <summary>What befalls the end of a function, which is told apart by its name: no span of its own is around an HTTP call by then.</summary>
    public Fault DecideEnd(string function) => Decide(End, IsCall(function) ? Call : function);

    /// <summary>Whether a function answers HTTP calls.</summary>
    public static bool IsCall(string function) => HttpFunctions.Contains(function);

    /// <summary>The function that runs; <see cref="Call"/> in an HTTP call.</summary>
    /// <remarks>Around it can be the web server's span, which is there only while somebody listens or the server's log is on.</remarks>
    public static string Running()
    {
        var root = Activity.Current;
        while (root?.Parent is { } parent)
        {
            root = parent;
        }

        return root?.OperationName switch { null => Feed, HttpRequest => Call, var function when IsCall(function) => Call, var function => function };
    }

    private Fault Decide(string to, string within) => Sheltered.Value || Plan is not { } plan ? Fault.None : plan(new OutsideCall(within, to));

    private sealed class Unsheltering : IDisposable
    {
        public void Dispose() => Sheltered.Value = false;
    }
}
