using Connections.Local.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Local.Identity;

/// <summary><c>/dev/identity/logout</c>: ends a sign-in and redirects the browser. OpenID Connect RP-Initiated Logout 1.0.</summary>
/// <remarks>
/// There is no session, so this ends the refresh tokens of <c>id_token_hint</c>'s sign-in. A hint that this issuer did not sign is ignored,
/// because a reset changes the key.
/// </remarks>
internal sealed class LogoutPage(RedirectUris addresses, Grants grants, LocalIssuer issuer)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var sent = await OAuthParameters.ReadAsync(context.Request);
        var back = sent["post_logout_redirect_uri"];
        var returnTo = default(Uri);
        if (sent.Malformed is { } name)
        {
            await AuthorizePage.RefuseAsync(
                context,
                "Nobody can be signed out by this link",
                $"{name} is given twice, or is longer than {OAuthParameters.Longest} characters.");
            return;
        }

        if (back is not null && !addresses.TryRead(back, out returnTo))
        {
            await AuthorizePage.RefuseAsync(
                context, "Nobody can be signed out by this link", $"post_logout_redirect_uri is {back}. {RedirectUris.Rule}");
            return;
        }

        if (sent["id_token_hint"] is { } hint && await issuer.ReadAsync(hint, audience: sent["client_id"], canBeExpired: true) is { } token
            && token.TryGetPayloadValue<string>("sid", out var signIn))
        {
            await grants.EndAsync(signIn, context.RequestAborted);
        }

        if (returnTo is not null)
        {
            context.Response.Redirect(
                sent["state"] is { } state ? QueryHelpers.AddQueryString(returnTo.AbsoluteUri, "state", state) : returnTo.AbsoluteUri);
            return;
        }

        await DevPage.WriteAsync(context, "Signed out", Html.Of($"""
            <h1>You are signed out</h1>
            <p><a href="/">Back to Connections</a></p>
            """));
    }
}
