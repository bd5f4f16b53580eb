using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>A function that is bound to its trigger.</summary>
/// <param name="Factory">Makes the instance for a run; null for a static method.</param>
/// <param name="Arguments">Makes the value of each parameter.</param>
/// <param name="Retry">Its retry policy; null for none.</param>
internal sealed record FunctionDefinition(
    string Name, MethodInfo Method, ObjectFactory? Factory, Trigger Trigger, IReadOnlyList<Argument> Arguments, RetryPolicy? Retry);

/// <summary>Makes an argument from the trigger's data: a request, a message's text, a batch of documents or a timer's state.</summary>
internal delegate object? Argument(object payload, CancellationToken ct);

/// <summary>A trigger, with every <c>%setting%</c> in it resolved.</summary>
internal abstract record Trigger
{
    private Trigger()
    {
    }

    /// <summary>Requests to a route below the prefix, with one of <paramref name="Methods"/> (upper case) or, if there are none, any
    /// method.</summary>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger;

    public sealed record Queue(string Name) : Trigger;

    public sealed record Feed(
        string Database, string Container, string LeaseContainer, string Prefix, CosmosDBTriggerAttribute Attribute) : Trigger;

    public sealed record Timer(Schedule Schedule, bool UseMonitor, bool RunOnStartup) : Trigger;
}

/// <summary>A function cannot be bound, so the host does not start. The message names the function and the reason.</summary>
public sealed class FunctionBindingException(string function, string reason, Exception? inner = null)
    : Exception($"The function {function} cannot be bound: {reason}", inner)
{
    /// <summary>The function's name.</summary>
    public string Function => function;
}
