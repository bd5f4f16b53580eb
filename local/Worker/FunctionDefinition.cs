using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>A function that was bound: it can be run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">What runs.</param>
/// <param name="Factory">Makes the instance that it runs on; null for a static method.</param>
/// <param name="Trigger">What makes it run.</param>
/// <param name="Arguments">What each of its parameters gets.</param>
/// <param name="Retry">When a failed run is tried again; null for never.</param>
internal sealed record FunctionDefinition(
    string Name, MethodInfo Method, ObjectFactory? Factory, Trigger Trigger, IReadOnlyList<Argument> Arguments, RetryPolicy? Retry);

/// <summary>Makes an argument from what the trigger brought: a request, a message's text, a batch or a timer's state.</summary>
internal delegate object? Argument(object payload, CancellationToken ct);

/// <summary>What makes a function run, with every <c>%setting%</c> in it resolved.</summary>
internal abstract record Trigger
{
    private Trigger()
    {
    }

    /// <summary>Requests with one of <paramref name="Methods"/> (in upper case; none means any) to a route below the prefix.</summary>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger;

    /// <summary>Messages of a queue.</summary>
    public sealed record Queue(string Name) : Trigger;

    /// <summary>Batches of a container's changes.</summary>
    public sealed record Feed(string Database, string Container, string LeaseContainer, string Prefix, CosmosDBTriggerAttribute Attribute) : Trigger;

    /// <summary>The clock.</summary>
    public sealed record Timer(Schedule Schedule, bool UseMonitor, bool RunOnStartup) : Trigger;
}
