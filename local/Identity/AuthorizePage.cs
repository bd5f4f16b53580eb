using Connections.Http;
using Connections.Local.Pages;

namespace Connections.Local.Identity;

/// <summary><c>/dev/identity/authorize</c>: asks which member signs in, and redirects the browser with a code.</summary>
/// <remarks>The issuer keeps no session, so every request asks, unless <c>login_hint</c> names the member.</remarks>
internal sealed class AuthorizePage(RedirectUris addresses, Grants grants, SignInForms forms, LocalIssuer issuer)
{
    private static readonly string[] Asking = ["login", "consent", "select_account"];

    /// <summary>Answers a client's request, and the form of the page.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var form = await OAuthParameters.ReadFormAsync(context.Request);
        var sent = new OAuthParameters(HttpMethods.IsGet(context.Request.Method) ? context.Request.Query : form);
        switch (AuthorizeRequest.Read(sent, addresses))
        {
            case AuthorizeReading.Refused refused:
                await RefuseAsync(context, "Nobody can be signed in by this link", refused.Reason);
                break;
            case AuthorizeReading.Returned returned:
                context.Response.Redirect(returned.Location.AbsoluteUri);
                break;
            case AuthorizeReading.Valid { Request: var request } when form.ContainsKey("sub"):
                var (chosen, refusal) = forms.Read(form);
                await (chosen is null ? AskAsync(context, request, refusal) : GrantAsync(context, request, chosen));
                break;
            case AuthorizeReading.Valid { Request: var request }:
                var hinted = request.Prompts.Intersect(Asking).Any() ? null : forms.Known(request.LoginHint);
                await (hinted is not null ? GrantAsync(context, request, hinted) : AskAsync(context, request, refusal: null));
                break;
        }
    }

    /// <summary>Shows why a link does not work, where a redirect would be unsafe.</summary>
    public static Task RefuseAsync(HttpContext context, string title, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return DevPage.WriteAsync(context, title, Html.Of($"""
            <h1>{title}</h1>
            <p role="alert">{reason}</p>
            <p>The program that sent you here needs to be corrected. Meanwhile <a href="/dev">the sign-in page</a> gives a token for any member.</p>
            """));
    }

    private async Task GrantAsync(HttpContext context, AuthorizeRequest request, Person person)
    {
        var grant = new Grant(Grants.NewSignIn(), request.ClientId, person.Id.Value, person.Email, person.Name, request.Scopes, issuer.Now)
        {
            Code = new CodeTerms(request.RedirectUri, request.Challenge, request.Nonce),
        };
        context.Response.Redirect(request.Granted(await grants.IssueAsync(grant, context.RequestAborted)).AbsoluteUri);
    }

    private Task AskAsync(HttpContext context, AuthorizeRequest request, Html? refusal)
    {
        if (request.Prompts is ["none"])
        {
            context.Response.Redirect(
                request.Failed(
                    "login_required",
                    "Nobody stays signed in here: send login_hint with a member's id, or ask without prompt=none.").AbsoluteUri);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        // Browsers apply the page's policy also to the redirect that answers a form.
        DevGuard.AllowFormsTo(context.Response, RedirectUris.Source(request.ReturnTo));
        var hidden =
            Html.Join(request.Again().Select(field => Html.Of($"<input type=\"hidden\" name=\"{field.Name}\" value=\"{field.Value}\">")));
        return DevPage.WriteAsync(context, "Sign in as", Html.Of($"""
            <h1>Sign in as</h1>
            <p class="hint">No password: this is for development. You are going to <b>{request.ClientId}</b> at <b>{RedirectUris.Source(request.ReturnTo)}</b></p>
            {refusal ?? new Html("")}
            {forms.Offer(LocalIssuer.Path + IdentityEndpoint.Authorize, hidden, button: "Sign in")}
            <p><a href="{request.Failed("access_denied", "The member chose not to sign in.").AbsoluteUri}">Cancel</a></p>
            """));
    }
}
