using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Local.Queue;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>Binds one method to its trigger, and refuses what the Functions host would refuse or what is not supported here.</summary>
internal sealed partial class FunctionBinder(string name, MethodInfo method, IConfiguration configuration)
{
    private static readonly string[] OfTheHost = ["admin", "runtime"];

    /// <summary>Binds the method.</summary>
    /// <exception cref="FunctionBindingException">It cannot be bound.</exception>
    public FunctionDefinition Bind()
    {
        if (!method.IsPublic || method.DeclaringType is not { IsVisible: true, ContainsGenericParameters: false } || method.IsGenericMethod)
        {
            throw Refused("it must be a public method of a public class, neither of them generic.");
        }

        if (method.DeclaringType.IsAbstract && !method.IsStatic)
        {
            throw Refused("its class is abstract.");
        }

        if (method.ReturnType != typeof(Task))
        {
            throw Refused($"it returns {method.ReturnType.Name}; functions return a plain Task.");
        }

        // Once: two calls at the same time, of two hosts in one process, can be given different objects for one parameter.
        var parameters = method.GetParameters();
        var triggers = parameters.SelectMany(p => p.GetCustomAttributes().Where(IsTrigger).Select(a => (Parameter: p, Attribute: a))).ToList();
        if (triggers is not [var (parameter, attribute)])
        {
            throw Refused(triggers.Count == 0 ? "it has no trigger." : $"it has {triggers.Count} triggers; give it one.");
        }

        var (trigger, payload) = attribute switch
        {
            HttpTriggerAttribute http => BindHttp(http, parameter),
            QueueTriggerAttribute queue => BindQueue(queue, parameter),
            CosmosDBTriggerAttribute feed => BindFeed(feed, parameter),
            TimerTriggerAttribute timer => BindTimer(timer, parameter),
            _ => throw Refused($"{attribute.GetType().Name} is not supported."),
        };
        var retry = RetryPolicy.Of(name, method);
        if (retry is not null && trigger is not (Trigger.Feed or Trigger.Timer))
        {
            throw Refused("a retry attribute works on change feed and timer triggers only (AZFW0012).");
        }

        var arguments = parameters.Select(p => p == parameter ? payload : BindOther(p, trigger)).ToImmutableArray();
        return new FunctionDefinition(name, method, Factory(), trigger, arguments, retry);
    }

    private static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or QueueTriggerAttribute or CosmosDBTriggerAttribute or TimerTriggerAttribute;

    private ObjectFactory? Factory()
    {
        try
        {
            return method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
        }
        catch (InvalidOperationException e)
        {
            throw Refused("its class has no constructor that can be called: " + e.Message, e);
        }
    }

    private (Trigger Trigger, Argument Payload) BindHttp(HttpTriggerAttribute http, ParameterInfo parameter)
    {
        Expect(parameter, parameter.ParameterType == typeof(HttpRequest), "HttpRequest");
        if (http.AuthLevel != AuthorizationLevel.Anonymous)
        {
            throw Refused($"AuthorizationLevel.{http.AuthLevel} is not supported; use Anonymous and check tokens in the app.");
        }

        var route = (http.Route ?? name).Trim('/');
        if (OfTheHost.FirstOrDefault(word => route.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { } kept)
        {
            throw Refused($"its route '{route}' begins with '{kept}', which the Functions host keeps for itself.");
        }

        try
        {
            RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            throw Refused($"its route '{route}' is malformed: {e.Message}", e);
        }

        var methods = (http.Methods ?? []).Select(m => m.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return (new Trigger.Http(route, methods), (payload, _) => payload);
    }

    private (Trigger Trigger, Argument Payload) BindQueue(QueueTriggerAttribute queue, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        Expect(parameter, type is { IsClass: true, IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type), "a record or a string");
        var queueName = Resolve(queue.QueueName);
        if (QueueName.Refusal(queueName) is { } refusal)
        {
            throw Refused(refusal);
        }

        return (new Trigger.Queue(queueName), type == typeof(string)
            ? (payload, _) => payload
            : (payload, _) => JsonSerializer.Deserialize((string)payload, type, Json.Options) ?? throw new JsonException("The message is null."));
    }

    private (Trigger Trigger, Argument Payload) BindFeed(CosmosDBTriggerAttribute feed, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        Expect(parameter, type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>), "IReadOnlyList<T>");
        if (feed is { FeedPollDelay: < 0 } or { LeaseAcquireInterval: < 0 } or { LeaseExpirationInterval: < 0 } or { LeaseRenewInterval: < 0 }
            or { MaxItemsPerInvocation: < 0 })
        {
            throw Refused("its trigger has an interval or a number below zero.");
        }

        var trigger = new Trigger.Feed(
            Resolve(feed.DatabaseName), Resolve(feed.ContainerName), Resolve(feed.LeaseContainerName ?? "leases"),
            Resolve(feed.LeaseContainerPrefix ?? ""), feed);
        return (trigger, (payload, _) => ((JsonElement)payload).Deserialize(type, Json.Options));
    }

    private (Trigger Trigger, Argument Payload) BindTimer(TimerTriggerAttribute timer, ParameterInfo parameter)
    {
        Expect(parameter, parameter.ParameterType == typeof(TimerInfo), "TimerInfo");
        try
        {
            return (new Trigger.Timer(Schedule.Parse(Resolve(timer.Schedule)), timer.UseMonitor, timer.RunOnStartup), (payload, _) => payload);
        }
        catch (FormatException e)
        {
            throw Refused(e.Message, e);
        }
    }

    private Argument BindOther(ParameterInfo parameter, Trigger trigger)
    {
        var key = parameter.Name!;
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return (_, ct) => ct;
        }

        if (trigger is Trigger.Http http && parameter.ParameterType == typeof(string))
        {
            return RoutePatternFactory.Parse(http.Route).GetParameter(key) is not null
                ? (payload, _) => ((HttpRequest)payload).HttpContext.GetRouteValue(key) as string
                : throw Refused($"its parameter {key} is not in its route '{http.Route}'.");
        }

        throw Refused($"its parameter {key} is of type {parameter.ParameterType.Name}, which nothing gives a value.");
    }

    /// <summary>The text with each <c>%setting%</c> in it replaced by the setting's value.</summary>
    private string Resolve(string text) =>
        SettingReference().Replace(text, match =>
        {
            var setting = match.Groups["name"].Value;
            return configuration[setting.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } value
                ? value
                : throw Refused($"the setting {setting} that '{text}' asks for is missing.");
        });

    private void Expect(ParameterInfo parameter, bool holds, string type)
    {
        if (!holds)
        {
            throw Refused($"its trigger's parameter {parameter.Name} is of type {parameter.ParameterType.Name}; it takes {type}.");
        }
    }

    private FunctionBindingException Refused(string reason, Exception? inner = null) => new(name, reason, inner);

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SettingReference();
}
