using Connections.Http;
using Connections.Local.DemoData;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Members;

namespace Connections.Local.Dev;

/// <summary><c>/dev</c>: sign in as any member, and see what runs. <c>GET /dev/members</c> gives the members on offer.</summary>
public sealed class SignInPage(Uri host, LocalIssuer issuer, LocalMail mail, Lazy<IReadOnlyList<DemoMember>> members, RunningParts running)
{
    private const int LongestText = 200;

    /// <summary>Adds the page and its calls.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/dev", context => ShowAsync(context, signedIn: new Html("")));
        app.MapPost("/dev", SignInAsync);
        app.MapGet("/dev/members", context => context.Response.WriteAsJsonAsync(members.Value, Json.Options, context.RequestAborted));
        app.MapGet("/dev/avatars/{file}", Avatar);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var fields = new Fields();
        var email = fields.Text("email", form["email"], LongestText);
        var name = fields.Text("name", form["name"], LongestText);
        if (!MemberId.TryParse(form["sub"].ToString().Trim(), out var sub) || !fields.Valid)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAsync(context, Html.Of($"""
                <div class="card" role="alert"><b>Not signed in.</b> An id is 1 to {MemberId.MaxLength} letters, digits and . _ ~ -; a name or an address is a line of at most {LongestText} characters.</div>
                """));
            return;
        }

        var known = members.Value.FirstOrDefault(m => m.Id == sub);
        await ShowAsync(context, Token(sub, issuer.Token(sub.Value, email ?? known?.Email, name ?? known?.DisplayName)));
    }

    private Html Token(MemberId sub, string token) => Html.Of($"""
        <section class="card" aria-labelledby="signed-in">
        <h2 id="signed-in">A token for {sub}, good for {LocalIssuer.DefaultLifetime.TotalHours} hours</h2>
        <textarea id="token" rows="5" readonly aria-labelledby="signed-in" spellcheck="false">{token}</textarea>
        <p><button class="main" data-copy="token" hidden>Copy the token</button></p>
        <p>Try it:</p>
        <pre id="curl">curl -H 'Authorization: Bearer {token}' {new Uri(host, "/api/me")}</pre>
        <p><button data-copy="curl" hidden>Copy the command</button></p>
        </section>
        """);

    private async Task ShowAsync(HttpContext context, Html signedIn)
    {
        var ct = context.RequestAborted;
        var queues = await running.Queues(ct);
        var mails = await mail.CountAsync(ct);
        await DevPage.WriteAsync(context, "Sign in", Html.Of($"""
            <h1>Sign in as anybody</h1>
            <p class="soft">For development on this machine: no password, a real token, checked as in Azure.</p>
            {signedIn}
            <form method="post" action="/dev">
            <ul class="members">{Html.Join(members.Value.Select(Choice))}</ul>
            </form>
            <h2>Somebody else</h2>
            <form method="post" action="/dev" class="fields">
            <label>Id <input name="sub" required maxlength="{MemberId.MaxLength}" pattern="[A-Za-z0-9._~\-]+" autocomplete="off" placeholder="alice"></label>
            <label>Name (optional) <input name="name" maxlength="{LongestText}" autocomplete="off"></label>
            <label>Email (optional) <input name="email" type="email" maxlength="{LongestText}" autocomplete="off"></label>
            <span><button>Get a token</button></span>
            </form>
            <p>In a script:</p>
            <pre>curl -d sub=demo-brand {new Uri(host, LocalIssuer.Path + "/token")}</pre>
            <h2>What runs</h2>
            <table>
            <tr><th scope="row">API</th><td><code>{new Uri(host, "/api")}</code> with <code>Authorization: Bearer</code> and a token; <a href="/api/openapi.yaml">its contract</a></td></tr>
            <tr><th scope="row">Identity</th><td><a href="{LocalIssuer.Path}/.well-known/openid-configuration">the issuer's discovery document</a></td></tr>
            <tr><th scope="row">Data</th><td><code>{running.Folder}</code></td></tr>
            <tr><th scope="row">Mail</th><td><a href="/dev/mail">{mails} sent</a></td></tr>
            {Html.Join(queues.Select(q => Html.Of($"<tr><th scope=\"row\">Queue {q.Name}</th><td>{q.Count} waiting</td></tr>")))}
            </table>
            <h2>{running.Functions.Count} functions</h2>
            <table>{Html.Join(running.Functions.Select(f => Html.Of($"<tr><th scope=\"row\">{f.Name}</th><td><code>{f.Trigger}</code></td></tr>")))}</table>
            """));
    }

    private static Html Choice(DemoMember member) => Html.Of($"""
        <li><button name="sub" value="{member.Id}"><img src="/dev/avatars/{member.Id}.svg" alt="" width="40" height="40" loading="lazy"><span><b>{member.DisplayName}</b><small>{member.Kind.ToString().ToLowerInvariant()} · {member.Id}</small></span></button></li>
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
        return context.Response.WriteAsync(DemoAvatar.Svg(id.Value), context.RequestAborted);
    }
}
