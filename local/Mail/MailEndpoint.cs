using System.Globalization;
using Connections.Http;
using Connections.Notices;

namespace Connections.Local.Mail;

/// <summary>The outbox over HTTP: as JSON for scripts and tests, as a page for people.</summary>
public static class MailEndpoint
{
    /// <summary>Adds <c>GET /dev/mail.json?to=&amp;limit=</c> and <c>GET /dev/mail</c>.</summary>
    public static void MapMail(this IEndpointRouteBuilder app, LocalMail mail)
    {
        app.MapGet("/dev/mail.json", context => ListAsync(context, mail));
        app.MapGet("/dev/mail", context => MailPage.WriteAsync(context, mail));
    }

    private static async Task ListAsync(HttpContext context, LocalMail mail)
    {
        var query = context.Request.Query;
        var limit = LocalMail.MaxList;
        if (query.ContainsKey("limit")
            && (!int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LocalMail.MaxList))
        {
            await Problems.InvalidInput("limit", $"Must be a whole number from 1 to {LocalMail.MaxList}.").ExecuteAsync(context);
            return;
        }

        var mails = await mail.ListAsync(To(query), limit, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(mails, Json.Options, context.RequestAborted);
    }

    /// <summary>The address that the caller wants the mails of; null for all.</summary>
    internal static string? To(IQueryCollection query) => query["to"].ToString().Trim() is { Length: > 0 } to ? to : null;
}
