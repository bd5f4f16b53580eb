using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;

namespace Connections.Http;

/// <summary>The addresses of this app and the methods that each of them takes, from the triggers of its functions.</summary>
internal static class Addresses
{
    private static readonly IReadOnlyList<(TemplateMatcher Route, FrozenSet<string> Methods)> Routes =
    [
        .. from type in typeof(Addresses).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger?.Methods is not null
           select (
               new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []),
               trigger.Methods!.Select(name => name.ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal)),
    ];

    /// <summary>The methods that an address takes, <c>OPTIONS</c> included; empty if there is no such address.</summary>
    public static IReadOnlyList<string> MethodsOf(PathString path)
    {
        var methods = Routes.Where(route => route.Route.TryMatch(path, [])).SelectMany(route => route.Methods)
            .Distinct(StringComparer.Ordinal).ToList();
        return methods is [] ? [] : [.. methods.Append(HttpMethods.Options).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
