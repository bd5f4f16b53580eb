using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Faults.Rig;

/// <summary>The fault that is injected into an outbound call.</summary>
internal enum Fault
{
    None,

    /// <summary>The call fails without effect.</summary>
    FailBefore,

    /// <summary>The call takes effect, but its answer is lost: to the app it failed.</summary>
    FailAfter,

    /// <summary>The process stops before the call.</summary>
    StopBefore,

    /// <summary>The call takes effect, and the process stops before the answer.</summary>
    StopAfter,
}

/// <summary>An outbound call: to the database, the queue, the blobs, Web PubSub or the email service; or the end of a
/// function, on which the host acts.</summary>
/// <param name="In">
/// The function that makes it; <see cref="OutboundCalls.Call"/> in an HTTP call,
/// <see cref="OutboundCalls.Feed"/> for the change feed's own requests.
/// </param>
/// <param name="To">The operation of the service.</param>
internal sealed record OutboundCall(string In, string To)
{
    /// <inheritdoc/>
    public override string ToString() => $"{In}: {To}";
}

/// <summary>Intercepts every outbound call of the app, and injects the faults of a plan.</summary>
internal sealed class OutboundCalls
{
    /// <summary><see cref="OutboundCall.In"/> of calls that an HTTP function makes.</summary>
    public const string Call = "call";

    /// <summary><see cref="OutboundCall.In"/> of the change feed's own requests.</summary>
    public const string Feed = "feed";

    /// <summary><see cref="OutboundCall.In"/> of what a client asks of a service itself: the upload of a file.</summary>
    public const string Client = "client";

    /// <summary><see cref="OutboundCall.To"/> of the end of a function.</summary>
    public const string End = "end";

    private const string HttpRequest = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly FrozenSet<string> HttpFunctions = typeof(ConnectionsApp).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly AsyncLocal<bool> Exempt = new();

    /// <summary>Chooses the fault of each call; null injects none. Called from many threads.</summary>
    public Func<OutboundCall, Fault>? Plan { get; set; }

    /// <summary>Stops the process: keeps what is stored at this moment, and discards everything after it.</summary>
    public Action Stop { get; set; } = () => { };

    /// <summary>Exempts the rig's own calls from faults until the result is disposed.</summary>
    public static IDisposable ExemptThisFlow()
    {
        Exempt.Value = true;
        return new Exemption();
    }

    /// <summary>Makes a call with the fault that the plan chooses.</summary>
    /// <param name="to">The operation of the service.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="fail">Throws or returns what the app gets if the call fails; its argument says whether the call took effect.</param>
    public Task<T> MakeAsync<T>(string to, Func<Task<T>> make, Func<bool, T> fail) => MakeAsync(Running(), to, make, fail);

    /// <summary>Makes a call of a client's to a service, with the fault that the plan chooses.</summary>
    public Task<T> MakeOfClientAsync<T>(string to, Func<Task<T>> make, Func<bool, T> fail) => MakeAsync(Client, to, make, fail);

    private async Task<T> MakeAsync<T>(string within, string to, Func<Task<T>> make, Func<bool, T> fail)
    {
        var fault = Decide(to, within);
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

    /// <summary>The fault of the end of a function. The name identifies it, because the span of an HTTP call has ended by then.</summary>
    public Fault DecideEnd(string function) => Decide(End, IsCall(function) ? Call : function);

    /// <summary>Whether a function answers HTTP calls.</summary>
    public static bool IsCall(string function) => HttpFunctions.Contains(function);

    /// <summary>The running function; <see cref="Call"/> in an HTTP call.</summary>
    /// <remarks>The web server's span is around it only while something listens to it or the server's log is on.</remarks>
    public static string Running()
    {
        var root = Activity.Current;
        while (root?.Parent is { } parent)
        {
            root = parent;
        }

        return root?.OperationName switch
        {
            null => Feed,
            HttpRequest => Call,
            var function when IsCall(function) => Call,
            var function => function,
        };
    }

    private Fault Decide(string to, string within) =>
        Exempt.Value || Plan is not { } plan ? Fault.None : plan(new OutboundCall(within, to));

    private sealed class Exemption : IDisposable
    {
        public void Dispose() => Exempt.Value = false;
    }
}
