using System.Globalization;
using System.Text.RegularExpressions;
using Connections.Emulators.Email;
using Connections.Http;
using Connections.Local.Pages;

namespace Connections.Local.Mail;

/// <summary><c>GET /dev/mail</c>: the outbox, and one email as its reader sees it, wide or narrow, HTML or text.</summary>
/// <remarks>
/// Works without JavaScript. The email's frame can run no script, send no form and not reach this page; its links open in a new tab.
/// </remarks>
internal static partial class MailPage
{
    private const int Narrow = 360;
    private const int Wide = 800;

    public static async Task WriteAsync(HttpContext context, LocalMail mail)
    {
        var ct = context.RequestAborted;
        var query = context.Request.Query;
        var to = MailEndpoint.To(query);
        var mails = await mail.ListAsync(to, LocalMail.MaxList, ct);
        var id = query["id"].ToString();
        var shown = id.Length == 0 ? mails.Count > 0 ? mails[0] : null : await mail.FindAsync(id, ct);
        var view = new View(to, shown?.Id ?? "", query["part"] == "text", query["width"] == "360" ? Narrow : Wide);
        if (id.Length > 0 && shown is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        if (shown is not null && !view.Text)
        {
            DevGuard.AllowEmail(context.Response, shown.Html);
        }

        await DevPage.WriteAsync(context, "Mail", Html.Of($"""
            <h1>Mail</h1>
            <p class="hint">What would have been sent. Nothing leaves this machine. Scripts read it at <a href="/dev/mail.json">/dev/mail.json</a>.</p>
            {Filter(to)}
            <p id="new-mail" hidden data-newest="{(mails.Count > 0 ? mails[0].Id : "")}" data-to="{to}" role="status"><a class="button" href="{new View(to, "", view.Text, view.Width)}">New mail has come: show it</a></p>
            {(mails.Count == 0 && shown is null ? Nothing(to, id) : Html.Of($"""
            <div class="mail">
            <ol class="list">{Html.Join(mails.Select(m => Item(m, view)))}</ol>
            {(shown is null ? Nothing(to, id) : Shown(shown, view))}
            </div>
            """))}
            """));
    }

    private static Html Filter(string? to) => Html.Of($"""
        <form class="fields" action="/dev/mail">
        <label>To this address only <input type="search" name="to" value="{to}" placeholder="demo-creator@example.com" autocomplete="off"></label>
        <span><button class="button">Show</button></span>
        </form>
        """);

    private static Html Nothing(string? to, string id) =>
        id.Length > 0 ? Html.Of($"<p>There is no such mail. <a href=\"/dev/mail\">Show the newest</a>.</p>")
        : to is null ? Html.Of($"<p>No mail yet. Invite a creator, and the email to them stands here within two seconds.</p>")
        : Html.Of($"<p>No mail to {to}. <a href=\"/dev/mail\">Show all mail</a>.</p>");

    private static Html Item(SentMail mail, View view) => Html.Of($"""
        <li><a href="{view with { Id = mail.Id }}"{Current(mail.Id == view.Id)}><b>{mail.Subject}</b><small>to {mail.To}</small><small>{Time(mail.SentAt)}</small></a></li>
        """);

    private static Html Shown(SentMail mail, View view) => Html.Of($"""
        <article>
        <h2>{mail.Subject}</h2>
        <table>
        <tr><th scope="row">To</th><td>{mail.To}</td></tr>
        <tr><th scope="row">Sent</th><td>{Time(mail.SentAt)}</td></tr>
        <tr><th scope="row">Operation</th><td><code>{mail.OperationId}</code></td></tr>
        {Html.Join(mail.Headers.Select(h => Html.Of($"<tr><th scope=\"row\">{h.Key}</th><td><code>{h.Value}</code></td></tr>")))}
        </table>
        <div class="switches">
        <form method="post" action="/dev/mail/{mail.Id}/bounce"><button class="button">Let it bounce</button></form>
        <span class="switch"><a href="{view with { Text = false }}"{Current(!view.Text)}>HTML</a><a href="{view with { Text = true }}"{Current(view.Text)}>Text</a></span>
        <span class="switch"><a href="{view with { Width = Narrow }}"{Current(view.Width == Narrow)}>{Narrow} wide</a><a href="{view with { Width = Wide }}"{Current(view.Width == Wide)}>{Wide} wide</a></span>
        </div>
        <div class="stage" tabindex="0" role="group" aria-label="The email">
        {(view.Text
            ? Html.Of($"<pre class=\"w{view.Width}\">{mail.Text}</pre>")
            : Html.Of($"<iframe class=\"w{view.Width}\" title=\"The email's HTML part\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=\"no-referrer\" srcdoc=\"{InNewTabs(mail.Html)}\"></iframe>"))}
        </div>
        </article>
        """);

    private static Html Current(bool isCurrent) => new(isCurrent ? " aria-current=\"true\"" : "");

    private static Html Time(DateTimeOffset at)
    {
        var shown = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Html.Of($"<time datetime=\"{UtcTimeConverter.Text(at)}\">{shown} UTC</time>");
    }

    // A link in the email must not open within the small frame.
    private static string InNewTabs(string html)
    {
        const string Rule = "<base target=\"_blank\">";
        var head = Head().Match(html);
        return head.Success ? html.Insert(head.Index + head.Length, Rule) : Rule + html;
    }

    [GeneratedRegex("<head(\\s[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();

    /// <summary>The state of the page; as text, the link to it.</summary>
    private sealed record View(string? To, string Id, bool Text, int Width)
    {
        public override string ToString() =>
            "/dev/mail?" + (To is null ? "" : $"to={Uri.EscapeDataString(To)}&") + (Id.Length == 0 ? "" : $"id={Uri.EscapeDataString(Id)}&")
            + $"part={(Text ? "text" : "html")}&width={Width}";
    }
}

/// <summary>The outbox over HTTP: JSON for scripts and tests, and a page.</summary>
public static class MailEndpoint
{
    /// <summary>
    /// Maps <c>GET /dev/mail.json?to=&amp;limit=</c>, <c>GET /dev/mail</c>, and <c>POST /dev/mail/{id}/bounce</c>, which reports that an
    /// email did not arrive: as <c>Bounced</c>, or with the form's <c>status</c>.
    /// </summary>
    public static void MapMail(this IEndpointRouteBuilder app, LocalMail mail)
    {
        app.MapGet("/dev/mail.json", context => ListAsync(context, mail));
        app.MapGet("/dev/mail", context => MailPage.WriteAsync(context, mail));
        app.MapPost("/dev/mail/{id}/bounce", context => BounceAsync(context, mail));
    }

    private static async Task BounceAsync(HttpContext context, LocalMail mail)
    {
        var (request, ct) = (context.Request, context.RequestAborted);
        var status = request.HasFormContentType ? (await request.ReadFormAsync(ct))["status"].ToString() : "";
        var id = context.Request.RouteValues["id"] as string ?? "";
        if (status.Length > 0 && !DeliveryReports.Statuses.Contains(status))
        {
            await Problems.InvalidInput("status", $"The status must be one of {string.Join(", ", DeliveryReports.Statuses)}, or absent.")
                .ExecuteAsync(context);
        }
        else if (await mail.FindAsync(id, ct) is not { } sent)
        {
            await Problems.NotFound("mail").ExecuteAsync(context);
        }
        else if (!await mail.BounceAsync(sent, status.Length > 0 ? status : DeliveryReports.Bounced, ct))
        {
            await new Problem(
                "no-delivery-reports",
                StatusCodes.Status409Conflict,
                "Delivery reports go nowhere",
                "The emulators alone have no queue for them. Use the whole local host.").ExecuteAsync(context);
        }
        else if (request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html"))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"/dev/mail?id={Uri.EscapeDataString(id)}";
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private static async Task ListAsync(HttpContext context, LocalMail mail)
    {
        var query = context.Request.Query;
        var limit = LocalMail.MaxList;
        if (query.ContainsKey("limit")
            && (
                !int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > LocalMail.MaxList))
        {
            await Problems.InvalidInput("limit", $"The limit must be a whole number from 1 to {LocalMail.MaxList}.").ExecuteAsync(context);
            return;
        }

        var mails = await mail.ListAsync(To(query), limit, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(mails, Json.Options, context.RequestAborted);
    }

    /// <summary>The recipient to filter by; null for all.</summary>
    internal static string? To(IQueryCollection query) => query["to"].ToString().Trim() is { Length: > 0 } to ? to : null;
}
