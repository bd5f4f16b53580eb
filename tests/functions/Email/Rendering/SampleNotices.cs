using Connections.Email.Rendering;
using Connections.Notices;

namespace Connections.Tests.Email.Rendering;

/// <summary>Notices as the tests of rendering send them.</summary>
internal static class SampleNotices
{
    /// <summary>A text that tries to become markup.</summary>
    public const string Hostile = "</p><script>alert(1)</script><img src=x onerror=\"alert(1)\" alt='`'>{{say}} {sender} &amp; \u202eevil";

    public static NoticeRenderer Renderer { get; } = new(new Templates());

    public static NoticeView Invite { get; } = new(
        NoticeKind.InviteReceived,
        "en",
        new Person("Maya Okafor", "Trail runner", null),
        new Person("Nora Lind", "Head of creator partnerships", "Nimbus Sportswear", "https://nimbus.example/"),
        "Hi Maya,\nI love your trail series.\n\nWould you like to try our autumn range?",
        new Uri("https://connections.example/api/invite-links/abc-DEF_123?answer=accept"),
        new Uri("https://connections.example/api/invite-links/abc-DEF_123?answer=decline"),
        new Uri("https://connections.example/pending?view=received&from=mail"),
        new Uri("https://connections.example/api/unsubscribe/xyz"),
        new DateTimeOffset(2026, 12, 22, 9, 30, 0, TimeSpan.Zero),
        ProfileUrl: new Uri("https://connections.example/creators/nora"),
        ReportUrl: new Uri("https://connections.example/api/invite-links/abc-DEF_123?answer=report"));

    public static NoticeView Accepted { get; } = Invite with
    {
        Kind = NoticeKind.InviteAccepted,
        Recipient = Invite.Sender,
        Sender = Invite.Recipient,
        AcceptUrl = null,
        DeclineUrl = null,
        ProfileUrl = null,
        ReportUrl = null,
        ExpiresAt = null,
    };

    public static NoticeView Reminder { get; } = Invite with { Kind = NoticeKind.Reminder, TimeLeft = TimeSpan.FromDays(22.9) };

    public static NoticeView Unread { get; } = Accepted with
    {
        Kind = NoticeKind.UnreadMessages,
        Note = null,
        Unread = new UnreadView(5, ["Hello Nora,\nthank you for the invite.", "When do you start?", "And where?"]),
    };

    /// <summary>An invite whose sender has this name.</summary>
    public static NoticeView From(string name) => Invite with { Sender = Invite.Sender with { DisplayName = name } };

    /// <summary>A notice of each kind, as full as it can be.</summary>
    public static NoticeView Of(NoticeKind kind) => kind switch
    {
        NoticeKind.InviteReceived => Invite,
        NoticeKind.InviteAccepted => Accepted,
        NoticeKind.Reminder => Reminder,
        NoticeKind.UnreadMessages => Unread,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no example of it yet."),
    };
}
