using System.Collections.Immutable;
using Connections.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>Maps HTTP functions to their routes below host.json's prefix. Other requests there get a problem document.</summary>
internal sealed class HttpFunctions(
    FunctionCatalog catalog, HostSettings settings, FunctionInvoker invoker, ParameterPolicyFactory policies)
{
    private static readonly ImmutableArray<string> AnyMethod = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public void Map(IEndpointRouteBuilder app)
    {
        var routes = new List<Route>();
        // The Functions host tries routes in this order and takes the first match, even if another route is more specific.
        foreach (var function in catalog.Functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (function.Trigger is not Trigger.Http http)
            {
                continue;
            }

            var pattern = RoutePatternFactory.Parse($"{settings.RoutePrefix}/{http.Route}".TrimStart('/'));
            var endpoint = http.Methods is []
                ? app.Map(pattern, context => HandleAsync(function, context))
                : app.MapMethods(pattern.RawText!, http.Methods, context => HandleAsync(function, context));
            endpoint.WithDisplayName($"Function {function.Name}").WithOrder(routes.Count);
            routes.Add(
                new Route(pattern, new TemplateMatcher(new RouteTemplate(pattern), []), http.Methods is [] ? AnyMethod : http.Methods));
        }

        // Without a prefix this would hide everything else that the app serves.
        if (settings.RoutePrefix.Length > 0)
        {
            app.Map($"{settings.RoutePrefix}/{{**path}}", context => RefuseAsync(routes, context))
                .WithDisplayName("No function")
                .WithMetadata(new ExcludeFromDescriptionAttribute())
                .WithOrder(int.MaxValue);
        }
    }

    private async Task HandleAsync(FunctionDefinition function, HttpContext context)
    {
        try
        {
            await invoker.InvokeAsync(function, context.Request, context.RequestServices, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has disconnected.
        }
#pragma warning disable CA1031 // The invoker has logged it. The caller gets a problem document.
        catch (Exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            await Problems.Internal().ExecuteAsync(context);
        }
    }

    private Task RefuseAsync(List<Route> routes, HttpContext context)
    {
        var allowed = routes.Where(route => Matches(route, context)).SelectMany(route => route.Methods).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        if (allowed is [])
        {
            return new Problem("not-found", StatusCodes.Status404NotFound, "Not found", "There is no such address.").ExecuteAsync(context);
        }

        var methods = string.Join(", ", allowed);
        context.Response.Headers.Allow = methods;
        return new Problem(
            "method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The method does not work here", $"This address takes {methods}.")
            .ExecuteAsync(context);
    }

    private bool Matches(Route route, HttpContext context)
    {
        var values = new RouteValueDictionary();
        return route.Matcher.TryMatch(context.Request.Path, values)
            && route.Pattern.Parameters.All(parameter => parameter.ParameterPolicies.All(reference =>
                policies.Create(parameter, reference) is not IRouteConstraint constraint
                || constraint.Match(context, null, parameter.Name, values, RouteDirection.IncomingRequest)));
    }

    private sealed record Route(RoutePattern Pattern, TemplateMatcher Matcher, IReadOnlyList<string> Methods);
}
