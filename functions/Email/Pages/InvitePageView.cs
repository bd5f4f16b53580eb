using Connections.Email.Rendering;
using Connections.Invites;

namespace Connections.Email.Pages;

/// <summary>What the page behind an invite email's link shows.</summary>
/// <param name="Language">BCP 47; English where there are no sentences in it.</param>
public abstract record InvitePageView(string? Language)
{
    /// <summary>The invite, with a button for each answer.</summary>
    /// <param name="Sender">Who invites.</param>
    /// <param name="Note">Their words; shown as a quotation.</param>
    /// <param name="ExpiresAt">When the invite ends.</param>
    /// <param name="Suggested">The answer that the followed link was for; its button is the prominent one.</param>
    /// <param name="Language">The invitee's.</param>
    public sealed record Open(Person Sender, string? Note, DateTimeOffset ExpiresAt, InviteAnswer Suggested, string? Language) : InvitePageView(Language);

    /// <summary>The answer was taken.</summary>
    /// <param name="Answer">Which.</param>
    /// <param name="Sender">Who had invited.</param>
    /// <param name="OpenUrl">The conversation, or the web client's start.</param>
    /// <param name="Language">The invitee's.</param>
    public sealed record Answered(InviteAnswer Answer, Person Sender, Uri OpenUrl, string? Language) : InvitePageView(Language);

    /// <summary>The link is of no use: used, expired, revoked or unknown, and nobody can tell which.</summary>
    /// <param name="OpenUrl">The web client's start.</param>
    /// <param name="Language">Must not depend on whose link it was: what the browser asks for.</param>
    public sealed record Gone(Uri OpenUrl, string? Language) : InvitePageView(Language);
}
