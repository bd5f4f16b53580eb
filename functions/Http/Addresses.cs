using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;

namespace Connections.Http;

/// <summary>The addresses of this app and the methods that each of them takes, from the triggers of its functions.</summary>
internal static class Addresses
{
    private static readonly IReadOnlyList<(TemplateMatcher Route, int Variables, FrozenSet<string> Methods)> Routes =
    [
        .. from type in typeof(Addresses).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger?.Methods is not null
           let template = TemplateParser.Parse(trigger.Route!)
           select (
               new TemplateMatcher(template, []),
               template.Parameters.Count,
               trigger.Methods!.Select(name => name.ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal)),
    ];

    /// <summary>The methods that an address takes, <c>OPTIONS</c> included; empty if there is no such address.</summary>
    /// <remarks>Of <c>connections/unread</c> and <c>connections/{id}</c> the first one is meant by its path.</remarks>
    public static IReadOnlyList<string> MethodsOf(PathString path)
    {
        var closest = Routes.Where(route => route.Route.TryMatch(path, [])).GroupBy(route => route.Variables).MinBy(routes => routes.Key);
        return closest is null
            ? []
            : [.. closest.SelectMany(route => route.Methods).Append(HttpMethods.Options).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)];
    }
}
