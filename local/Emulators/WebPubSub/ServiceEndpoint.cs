using System.Text;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Emulators.WebPubSub;

/// <summary>Web PubSub's HTTP API for applications in other processes.</summary>
/// <remarks>It can send JSON to a user, close a user's connections, and tell whether a user is connected. Other calls are refused by
/// name.</remarks>
public static class ServiceEndpoint
{
    /// <summary>Maps <c>/api/hubs/{hub}/…</c>; each call needs a token signed with the key of
    /// <see cref="LocalWebPubSubOptions"/>.</summary>
    public static void MapWebPubSubService(this IEndpointRouteBuilder app)
    {
        var service = app.ServiceProvider.GetRequiredService<LocalWebPubSub>();
        app.Map("/api/hubs/{hub}/{**call}", context => AnswerAsync(context, service)).WithDisplayName("Web PubSub service");
    }

    private static async Task AnswerAsync(HttpContext context, LocalWebPubSub service)
    {
        var request = context.Request;
        var hub = request.RouteValues["hub"] as string;
        var call = (request.RouteValues["call"] as string ?? "").Split('/');
        if (!await service.ServiceTokens.CheckAsync(WebPubSubEndpoint.BearerToken(request), new Uri(request.GetEncodedUrl())))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status401Unauthorized,
                "The token is not signed with this service's access key, is for another URL, or has expired. Use the connection string "
                    + "that the emulators print.");
        }
        else if (hub != service.Hub)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is one hub here: {service.Hub}.");
        }
        else if (call is not ["users", { Length: > 0 } user, ..])
        {
            await RefuseUnknownAsync(context);
        }
        else if (HttpMethods.IsHead(request.Method) && call.Length == 2)
        {
            context.Response.StatusCode = service.IsOnline(user) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        }
        else if (HttpMethods.IsPost(request.Method) && call is [_, _, ":send"])
        {
            await SendAsync(context, service, user);
        }
        else if (HttpMethods.IsPost(request.Method) && call is [_, _, ":closeConnections"])
        {
            service.Close(user, [.. request.Query["excluded"].OfType<string>()]);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await RefuseUnknownAsync(context);
        }
    }

    private static async Task SendAsync(HttpContext context, LocalWebPubSub service, string user)
    {
        if (!context.Request.HasJsonContentType() || context.Request.Query.ContainsKey("filter"))
        {
            await RefuseAsync(context, StatusCodes.Status501NotImplemented, "The local Web PubSub sends JSON only, without a filter.");
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        try
        {
            service.Send(user, await reader.ReadToEndAsync(context.RequestAborted));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (ArgumentException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
    }

    // Clients do not retry after a 501.
    private static Task RefuseUnknownAsync(HttpContext context) =>
        RefuseAsync(
            context,
            StatusCodes.Status501NotImplemented,
            $"The local Web PubSub does not support {context.Request.Method} {context.Request.Path}.");

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code = status, message }, context.RequestAborted);
    }
}
