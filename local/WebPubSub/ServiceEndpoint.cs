using System.Text;
using Connections.Chat;
using Microsoft.AspNetCore.Http.Extensions;

namespace Connections.Local.WebPubSub;

/// <summary>The calls that the application makes to Web PubSub, over HTTP: for a function app in a process of its own.</summary>
/// <remarks>Only those that it makes: send JSON to a user, close a user's connections, ask whether a user is there. Others are refused by name.</remarks>
internal static class ServiceEndpoint
{
    /// <summary>Maps <c>/api/hubs/{hub}/…</c>; each call needs a token signed with the key of <see cref="LocalWebPubSubOptions"/>.</summary>
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
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The token is not signed with the access key of this service, or is for another URL, or has expired. Use the connection string that the emulators print.");
        }
        else if (hub != ILiveDelivery.Hub)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is one hub here: {ILiveDelivery.Hub}.");
        }
        else if (call is not ["users", var user, ..] || !MemberId.TryParse(user, out var member))
        {
            await RefuseUnknownAsync(context);
        }
        else if (HttpMethods.IsHead(request.Method) && call.Length == 2)
        {
            context.Response.StatusCode = await service.IsOnlineAsync(member, context.RequestAborted) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        }
        else if (HttpMethods.IsPost(request.Method) && call is [_, _, ":send"])
        {
            await SendAsync(context, service, member);
        }
        else if (HttpMethods.IsPost(request.Method) && call is [_, _, ":closeConnections"])
        {
            await service.CloseAsync(member, [.. request.Query["excluded"].OfType<string>()], context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await RefuseUnknownAsync(context);
        }
    }

    private static async Task SendAsync(HttpContext context, LocalWebPubSub service, MemberId member)
    {
        if (!context.Request.HasJsonContentType() || context.Request.Query.ContainsKey("filter"))
        {
            await RefuseAsync(context, StatusCodes.Status501NotImplemented, "Only JSON can be sent here, and without a filter.");
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        try
        {
            await service.SendAsync(member, await reader.ReadToEndAsync(context.RequestAborted), context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (ArgumentException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
    }

    // 501 is what the service's clients do not try again.
    private static Task RefuseUnknownAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status501NotImplemented, $"The local Web PubSub does not support {context.Request.Method} {context.Request.Path}.");

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code = status, message }, context.RequestAborted);
    }
}
