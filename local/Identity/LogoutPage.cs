using Connections.Local.Dev;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Local.Identity;

/// <summary><c>/dev/identity/logout</c>: ends a sign-in and sends the browser back. OpenID Connect RP-Initiated Logout 1.0.</summary>
/// <remarks>
/// There is no session to end, only the refresh tokens of the sign-in that <c>id_token_hint</c> is of. A hint that is not this
/// issuer's ends nothing and stops nobody: after a reset the key is another.
/// </remarks>
internal sealed class LogoutPage(ReturnAddresses addresses, Grants grants, LocalIssuer issuer)
{
    /// <summary>Answers the call.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var sent = await Sent.ReadAsync(context.Request);
        var back = sent["post_logout_redirect_uri"];
        var returnTo = default(Uri);
        if (sent.Malformed is { } name)
        {
            await AuthorizePage.RefuseAsync(context, "Nobody can be signed out by this link", $"{name} is given twice, or is longer than {Sent.Longest} characters.");
            return;
        }

        if (back is not null && !addresses.TryRead(back, out returnTo))
        {
            await AuthorizePage.RefuseAsync(context, "Nobody can be signed out by this link", $"post_logout_redirect_uri is {back}. {ReturnAddresses.Rule}");
            return;
        }

        if (sent["id_token_hint"] is { } hint && await issuer.ReadAsync(hint, audience: sent["client_id"], canBeExpired: true) is { } token
            && token.TryGetPayloadValue<string>("sid", out var signIn))
        {
            await grants.EndAsync(signIn, context.RequestAborted);
        }

        if (returnTo is not null)
        {
            context.Response.Redirect(sent["state"] is { } state ? QueryHelpers.AddQueryString(returnTo.AbsoluteUri, "state", state) : returnTo.AbsoluteUri);
            return;
        }

        await DevPage.WriteAsync(context, "Signed out", Html.Of($"""
            <h1>You are signed out</h1>
            <p><a href="/">Back to Connections</a></p>
            """));
    }
}
