using Connections.Emulators.Email;
using Connections.Emulators.Queues;
using Connections.Http;
using Connections.Local.DemoData;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Pages;
using Connections.Members;

namespace Connections.Local.Dev;

/// <summary><c>/dev</c>: sign in as any member, and see what runs. <c>GET /dev/members</c> lists the demo members.</summary>
internal sealed class SignInPage(Uri host, LocalIssuer issuer, LocalMail mail, LocalQueue queue, SignInForms forms, RunningParts running)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/dev", context => ShowAsync(context, signedIn: new Html("")));
        app.MapPost("/dev", SignInAsync);
        app.MapGet("/dev/members", context => context.Response.WriteAsJsonAsync(forms.Members, Json.Options, context.RequestAborted));
        app.MapGet("/dev/avatars/{file}", Avatar);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var (person, refusal) = forms.Read(
            context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty);
        context.Response.StatusCode = person is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await ShowAsync(context, person is null ? refusal : Token(
            person.Id, issuer.Token(person.Id.Value, person.Email, person.Name, DemoCast.RolesOf(person.Id.Value))));
    }

    private Html Token(MemberId sub, string token) => Html.Of($"""
        <section class="card" aria-labelledby="signed-in">
        <h2 id="signed-in">A token for {sub}, good for {LocalIssuer.DefaultLifetime.TotalHours} hours</h2>
        <textarea id="token" rows="5" readonly aria-labelledby="signed-in" spellcheck="false">{token}</textarea>
        <p><button class="button" data-tone="main" data-copy="token" hidden>Copy the token</button></p>
        <p>Try it:</p>
        <pre id="curl">curl -H 'Authorization: Bearer {token}' {new Uri(running.Api, "/api/me")}</pre>
        <p><button class="button" data-copy="curl" hidden>Copy the command</button></p>
        </section>
        """);

    private async Task ShowAsync(HttpContext context, Html signedIn)
    {
        var ct = context.RequestAborted;
        var queues = new List<Html>();
        foreach (var name in running.Queues)
        {
            var count = await queue.CountAsync(name, ct);
            queues.Add(Html.Of($"<tr><th scope=\"row\">Queue {name}</th><td>{count} waiting</td></tr>"));
        }

        await DevPage.WriteAsync(context, "Sign in", Html.Of($"""
            <h1>Sign in as anybody</h1>
            <p class="hint">For development on this machine: no password, a real token, checked as in Azure.</p>
            {signedIn}
            {forms.Offer("/dev", hidden: new Html(""), button: "Get a token")}
            <p>In a script:</p>
            <pre>curl -d sub=demo-brand {new Uri(host, LocalIssuer.Path + "/token")}</pre>
            <h2>What runs</h2>
            <table>
            <tr><th scope="row">API</th><td><code>{new Uri(running.Api, "/api")}</code> with <code>Authorization: Bearer</code> and a token; <a href="{new Uri(running.Api, "/api/openapi.yaml")}">its contract</a></td></tr>
            <tr><th scope="row">Identity</th><td><a href="{LocalIssuer.Path}/.well-known/openid-configuration">the issuer's discovery document</a></td></tr>
            <tr><th scope="row">Data</th><td><code>{running.Folder}</code></td></tr>
            <tr><th scope="row">Mail</th><td><a href="/dev/mail">{mail.Count()} sent</a></td></tr>
            {Html.Join(queues)}
            </table>
            {Functions()}
            """));
    }

    // The emulators alone run no functions.
    private Html Functions() => running.Functions.Count == 0 ? new Html("") : Html.Of($"""
        <h2>{running.Functions.Count} functions</h2>
        <table>{Html.Join(running.Functions.Select(f => Html.Of($"<tr><th scope=\"row\">{f.Name}</th><td><code>{f.Trigger}</code></td></tr>")))}</table>
        """);

    private static Task Avatar(HttpContext context)
    {
        var file = context.Request.RouteValues["file"]?.ToString() ?? "";
        if (!file.EndsWith(".svg", StringComparison.Ordinal) || !MemberId.TryParse(file[..^4], out var id))
        {
            return Problems.NotFound("picture").ExecuteAsync(context);
        }

        context.Response.ContentType = "image/svg+xml";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        // A web client of another origin shows it too. Browsers do not take two ports of an IP address for the same site.
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return context.Response.WriteAsync(DemoAvatar.Svg(id.Value), context.RequestAborted);
    }
}
