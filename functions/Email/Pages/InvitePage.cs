using Microsoft.AspNetCore.Http;

namespace Connections.Email.Pages;

/// <summary>The web page behind an invite email's link. Pure; safe to call from many threads.</summary>
public sealed class InvitePage
{
    /// <summary>A complete page with its security headers; 404 for <see cref="InvitePageView.Gone"/>, else 200.</summary>
    public IResult Render(InvitePageView view) => throw new NotSupportedException("Templates follow.");
}
