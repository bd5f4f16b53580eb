using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Emulators.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>Binds a method to its trigger. Refuses what the Functions host would refuse, and what is not supported here.</summary>
internal sealed partial class FunctionBinder(string name, MethodInfo method, IConfiguration configuration)
{
    private static readonly string[] OfTheHost = ["admin", "runtime"];

    // By class, because compiling them takes a seventh of the start of a host, and tests start hundreds.
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();

    /// <exception cref="FunctionBindingException">The method cannot be bound.</exception>
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

        // Read once: concurrent calls, from two hosts in one process, can return different objects for one parameter.
        var parameters = method.GetParameters();
        var triggers =
            parameters.SelectMany(p => p.GetCustomAttributes().Where(IsTrigger).Select(a => (Parameter: p, Attribute: a))).ToList();
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
            return method.IsStatic
                ? null
                : Factories.GetOrAdd(method.DeclaringType!, type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes));
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
            : (payload, _) =>
                JsonSerializer.Deserialize((string)payload, type, Json.Options) ?? throw new JsonException("The message is null."));
    }

    private (Trigger Trigger, Argument Payload) BindFeed(CosmosDBTriggerAttribute feed, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        Expect(parameter, type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>), "IReadOnlyList<T>");
        if (
            feed is { FeedPollDelay: < 0 } or { LeaseAcquireInterval: < 0 } or { LeaseExpirationInterval: < 0 }
                or { LeaseRenewInterval: < 0 }
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
            return (
                new Trigger.Timer(Schedule.Parse(Resolve(timer.Schedule)), timer.UseMonitor, timer.RunOnStartup), (payload, _) => payload);
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

    /// <summary>Replaces each <c>%setting%</c> in a text by its value.</summary>
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

    private FunctionBindingException Refused(string reason, Exception? cause = null) => new(name, reason, cause);

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SettingReference();
}

/// <summary>When a failed run is retried.</summary>
/// <param name="MaxRetryCount">The number of retries; -1 for no limit.</param>
/// <param name="First">The first wait.</param>
/// <param name="Longest">The longest wait; the same as <paramref name="First"/> for a fixed delay.</param>
internal sealed record RetryPolicy(int MaxRetryCount, TimeSpan First, TimeSpan Longest)
{
    /// <summary>The policy of a function's retry attribute; null if it has none.</summary>
    /// <exception cref="FunctionBindingException">The attribute is malformed, or there are two.</exception>
    public static RetryPolicy? Of(string function, MethodInfo method)
    {
        try
        {
            var @fixed = method.GetCustomAttribute<FixedDelayRetryAttribute>();
            var exponential = method.GetCustomAttribute<ExponentialBackoffRetryAttribute>();
            return (@fixed, exponential) switch
            {
                (null, null) => null,
                ({ } f, null) => Checked(function, f.MaxRetryCount, f.DelayInterval, f.DelayInterval),
                (null, { } e) => Checked(function, e.MaxRetryCount, e.MinimumInterval, e.MaximumInterval),
                _ => throw new FunctionBindingException(function, "it has two retry attributes."),
            };
        }
        catch (ArgumentException e)
        {
            throw new FunctionBindingException(function, $"its retry attribute is malformed: {e.Message}", e);
        }
    }

    /// <summary>The wait after a failed run, counted from 1; null if there is no further retry.</summary>
    /// <remarks>
    /// The back-off of the Functions host: the first wait, then the first wait times 2, 3, 5, 9 and so on. Without its jitter of up to a
    /// fifth, because there are no other instances.
    /// </remarks>
    public TimeSpan? WaitAfter(int failedRun)
    {
        if (MaxRetryCount >= 0 && failedRun > MaxRetryCount)
        {
            return null;
        }

        var wait = failedRun == 1 ? First.TotalMilliseconds : First.TotalMilliseconds * (1 + Math.Pow(2, Math.Min(failedRun - 2, 60)));
        return wait < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : Longest;
    }

    private static RetryPolicy Checked(string function, int count, string first, string longest)
    {
        if (count < -1)
        {
            throw new FunctionBindingException(function, $"its retry attribute allows {count} retries; give 0 or more, or -1 for ever.");
        }

        return new RetryPolicy(count, Interval(first), Interval(longest));
    }

    // The attribute has checked both intervals and their order.
    private static TimeSpan Interval(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
