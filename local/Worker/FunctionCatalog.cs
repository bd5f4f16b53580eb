using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>The functions of the app, bound and checked against each other.</summary>
internal sealed class FunctionCatalog
{
    private const BindingFlags Methods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<FunctionDefinition> functions) => Functions = functions;

    public IReadOnlyList<FunctionDefinition> Functions { get; }

    /// <summary>Finds and binds every <c>[Function]</c> method of the types.</summary>
    /// <exception cref="FunctionBindingException">A function cannot be bound, or two conflict.</exception>
    public static FunctionCatalog Bind(IEnumerable<Type> types, IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var registered = services.GetRequiredService<IServiceProviderIsService>();
        var functions = new List<FunctionDefinition>();
        foreach (var method in types.SelectMany(t => t.GetMethods(Methods)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } attribute)
            {
                var function = new FunctionBinder(attribute.Name, method, configuration).Bind();
                CheckConstructor(function, registered);
                functions.Add(function);
            }
        }

        // A name, a method of a route and the leases of a feed can belong to one function only.
        RefuseSecond(functions, f => [f.Name], (first, _) => $"another function has its name, that of {first.Method.DeclaringType}.");
        RefuseSecond(functions, Routes, (first, route) => $"its route {route} is that of {first.Name} already.");
        RefuseSecond(functions, Leases, (first, _) => $"it shares its leases with {first.Name}; give each a LeaseContainerPrefix.");
        RefuseHidden(functions);
        return new FunctionCatalog(functions.ToImmutableArray());
    }

    private static void RefuseSecond(
        List<FunctionDefinition> functions, Func<FunctionDefinition, IEnumerable<string>> keys, Func<FunctionDefinition, string,
        string> reason)
    {
        var seen = new Dictionary<string, FunctionDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            foreach (var key in keys(function))
            {
                if (!seen.TryAdd(key, function))
                {
                    throw new FunctionBindingException(function.Name, reason(seen[key], key));
                }
            }
        }
    }

    /// <summary>Refuses a function that no request reaches, because the route of one whose name comes first matches all its
    /// requests.</summary>
    private static void RefuseHidden(List<FunctionDefinition> functions)
    {
        var routes = functions
            .Where(function => function.Trigger is Trigger.Http)
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Select(function => (Function: function, Http: (Trigger.Http)function.Trigger)).ToList();
        for (var i = 0; i < routes.Count; i++)
        {
            var (function, http) = routes[i];
            var first = routes.Take(i).FirstOrDefault(earlier =>
                (earlier.Http.Methods is [] || http.Methods.Intersect(earlier.Http.Methods).Any())
                && Takes(RoutePatternFactory.Parse(earlier.Http.Route), RoutePatternFactory.Parse(http.Route)));
            if (first.Function is not null)
            {
                throw new FunctionBindingException(
                    function.Name,
                    $"the route {first.Http.Route} of {first.Function.Name}, whose name comes first, takes its requests. Rename one of "
                        + "them.");
            }
        }
    }

    /// <summary>Whether a route matches every request of another: each of its segments is the same, or a parameter without a
    /// constraint.</summary>
    private static bool Takes(RoutePattern route, RoutePattern other) =>
        route.PathSegments.Count == other.PathSegments.Count
        && route.PathSegments.Zip(other.PathSegments)
        .All(
            pair =>
                pair.First.Parts is [RoutePatternParameterPart { ParameterPolicies.Count: 0 }]
                || Shape(pair.First).Equals(Shape(pair.Second), StringComparison.OrdinalIgnoreCase));

    /// <summary>Each method with the route, without the names of the route's parameters, which do not affect matching.</summary>
    private static IEnumerable<string> Routes(FunctionDefinition function) =>
        function.Trigger is Trigger.Http http
            ? (http.Methods is [] ? ["*"] : http.Methods).Select(method => $"{method} {Shape(RoutePatternFactory.Parse(http.Route))}")
            : [];

    private static string Shape(RoutePattern route) => string.Join('/', route.PathSegments.Select(Shape));

    private static string Shape(RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            (parameter.IsCatchAll ? "{*" : "{") + string.Concat(parameter.ParameterPolicies.Select(p => ":" + p.Content)) + "}",
        _ => "",
    }));

    private static IEnumerable<string> Leases(FunctionDefinition function) =>
        function.Trigger is Trigger.Feed feed ? [$"{feed.Database}/{feed.Container}/{feed.LeaseContainer}/{feed.Prefix}"] : [];

    /// <summary>Reports a missing service at the start, not at the first call.</summary>
    private static void CheckConstructor(FunctionDefinition function, IServiceProviderIsService registered)
    {
        if (function.Method.IsStatic || function.Method.DeclaringType!.GetConstructors() is not [var constructor])
        {
            return;
        }

        foreach (var parameter in constructor.GetParameters())
        {
            if (!parameter.HasDefaultValue && !parameter.IsDefined(typeof(FromKeyedServicesAttribute))
                && !registered.IsService(parameter.ParameterType))
            {
                throw new FunctionBindingException(
                    function.Name, $"its class asks for {parameter.ParameterType.Name}, which is not among the services.");
            }
        }
    }
}
