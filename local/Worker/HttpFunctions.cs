using Connections.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Local.Worker;

/// <summary>Maps HTTP functions to their routes below host.json's prefix.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, HostSettings settings, FunctionInvoker invoker)
{
    public void Map(IEndpointRouteBuilder app)
    {
        var order = 0;
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
            endpoint.WithDisplayName($"Function {function.Name}").WithMetadata(function).WithOrder(order++);
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
}
