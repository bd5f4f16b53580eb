using Connections.Notices;

namespace Connections.Email.Rendering;

/// <summary>A member as an email or a page shows them. All of it is the member's own text: it is escaped wherever it is shown.</summary>
/// <param name="DisplayName">The name that others see.</param>
/// <param name="Headline">One line about them.</param>
/// <param name="Organisation">The brand or the agency.</param>
/// <remarks>Never with a picture: it is loaded from an address that the member chose, and would tell them who opens the email, when and from where.</remarks>
public sealed record Person(string DisplayName, string? Headline, string? Organisation);

/// <summary>What a notice says, before it is put into words.</summary>
/// <param name="Kind">Which template and sentences.</param>
/// <param name="Language">The recipient's language, BCP 47. English where there are no sentences in it.</param>
/// <param name="Recipient">Who gets it.</param>
/// <param name="Sender">Whom it is about.</param>
/// <param name="Note">The sender's words; shown as a quotation.</param>
/// <param name="AcceptUrl">The page that accepts the invite.</param>
/// <param name="DeclineUrl">The page that declines it.</param>
/// <param name="OpenUrl">Where this is in the web client.</param>
/// <param name="UnsubscribeUrl">The page that ends notices of this kind.</param>
/// <param name="ExpiresAt">When the invite ends.</param>
/// <param name="TimeLeft">How long that is from now.</param>
/// <param name="Unread">The messages that wait for the recipient.</param>
public sealed record NoticeView(
    NoticeKind Kind,
    string? Language,
    Person Recipient,
    Person Sender,
    string? Note,
    Uri? AcceptUrl,
    Uri? DeclineUrl,
    Uri OpenUrl,
    Uri UnsubscribeUrl,
    DateTimeOffset? ExpiresAt,
    TimeSpan TimeLeft = default,
    UnreadView? Unread = null);

/// <summary>Messages that wait to be read.</summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Last">The texts of the last few of them, oldest first. A text of which nothing can be shown is not among what is counted, unless that is so of all.</param>
public sealed record UnreadView(long Count, IReadOnlyList<string> Last);

/// <summary>A notice in words. Personal data: never log it.</summary>
/// <param name="Subject">One line without control characters, at most <see cref="MaxSubject"/> characters.</param>
/// <param name="Html">A complete HTML document.</param>
/// <param name="Text">The same as plain text, lines ending in LF.</param>
public sealed record RenderedNotice(string Subject, string Html, string Text)
{
    /// <summary>The longest subject, in UTF-16 characters.</summary>
    public const int MaxSubject = 150;
}
