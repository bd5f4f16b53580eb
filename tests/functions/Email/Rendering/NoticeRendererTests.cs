using System.Net;
using Connections.Email.Rendering;
using Connections.Notices;
using static Connections.Tests.Email.Rendering.EmailMarkup;

namespace Connections.Tests.Email.Rendering;

public sealed class NoticeRendererTests
{
    public static TheoryData<NoticeKind> Kinds { get; } = [.. NoticeKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_names_the_sender_in_the_subject_and_can_be_unsubscribed_from_in_both_parts(NoticeKind kind)
    {
        var view = SampleNotices.Of(kind);
        var notice = SampleNotices.Renderer.Render(view);
        Assert.Contains(view.Sender.DisplayName, notice.Subject, StringComparison.Ordinal);
        Assert.Contains(view.UnsubscribeUrl, Links(notice.Html));
        Assert.Contains(view.UnsubscribeUrl.AbsoluteUri, notice.Text.Split('\n'));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_text_part_has_the_words_and_the_links_of_the_HTML_part(NoticeKind kind)
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Of(kind));
        var text = Words(notice.Text.Replace("\n> ", "\n", StringComparison.Ordinal));
        Assert.All(Links(notice.Html), link => Assert.Contains(link.AbsoluteUri, notice.Text, StringComparison.Ordinal));
        // What only the HTML part shows: the title, the preview line, the initials, the product's name and the name on the card.
        var shown = Words(WebUtility.HtmlDecode(Text(notice.Html)));
        Assert.Subset(text.Concat(["Connections", "NL", "MO"]).ToHashSet(StringComparer.Ordinal), shown.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void An_invite_says_who_what_until_when_and_what_accepting_means()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Invite);
        Assert.Equal("Nora Lind invited you to connect", notice.Subject);
        foreach (var part in new[] { notice.Html, notice.Text })
        {
            Assert.Contains("Head of creator partnerships", part, StringComparison.Ordinal);
            Assert.Contains("Would you like to try our autumn range?", part, StringComparison.Ordinal);
            Assert.Contains("You and Nora Lind can chat. It commits you to no campaign", part, StringComparison.Ordinal);
            Assert.Contains("22\u00a0December\u00a02026", part, StringComparison.Ordinal);
        }

        Assert.Equal(
            [
                SampleNotices.Invite.ProfileUrl!,
                SampleNotices.Invite.AcceptUrl!, SampleNotices.Invite.DeclineUrl!, SampleNotices.Invite.OpenUrl,
                SampleNotices.Invite.ReportUrl!, SampleNotices.Invite.UnsubscribeUrl],
            Links(notice.Html));
    }

    [Fact]
    public void An_accepted_invite_opens_the_conversation()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Accepted);
        Assert.Equal("Maya Okafor accepted your invite", notice.Subject);
        Assert.Equal([SampleNotices.Accepted.OpenUrl, SampleNotices.Accepted.UnsubscribeUrl], Links(notice.Html));
    }

    [Theory]
    [InlineData(23.0, "You have 23 more days to answer, until 22 December 2026.")]
    [InlineData(1.001, "You have 2 more days to answer, until 22 December 2026.")]
    [InlineData(1.0, "It ends within a day, on 22 December 2026.")]
    [InlineData(0.01, "It ends within a day, on 22 December 2026.")]
    public void A_reminder_says_who_what_and_how_long_is_left(double days, string left)
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Reminder with { TimeLeft = TimeSpan.FromDays(days) });
        Assert.Equal("Reminder: Nora Lind invited you to connect", notice.Subject);
        foreach (var part in new[] { notice.Html, notice.Text })
        {
            Assert.Contains("The invite from Nora Lind is still open", part, StringComparison.Ordinal);
            Assert.Contains("Would you like to try our autumn range?", part, StringComparison.Ordinal);
            Assert.Contains(left, part.Replace('\u00a0', ' '), StringComparison.Ordinal);
        }

        Assert.Equal(
            [
                SampleNotices.Reminder.ProfileUrl!,
                SampleNotices.Reminder.AcceptUrl!, SampleNotices.Reminder.DeclineUrl!, SampleNotices.Reminder.OpenUrl,
                SampleNotices.Reminder.ReportUrl!, SampleNotices.Reminder.UnsubscribeUrl],
            Links(notice.Html));
    }

    [Fact]
    public void An_address_in_a_note_or_a_message_is_whole_on_a_line_of_its_own()
    {
        var address = "https://example.com/" + string.Join('/', Enumerable.Repeat("a-part", 20)) + "?q=1&r=(2)";
        var invite = SampleNotices.Renderer.Render(SampleNotices.Invite with { Note = $"Look at {address} and tell me." });
        Assert.Contains($"> Look at\n> {MemberText.Unlinked(address)}\n> and tell me.\n", invite.Text, StringComparison.Ordinal);

        // Where a message is cut, it is not cut within an address.
        var unread = SampleNotices.Renderer.Render(SampleNotices.Unread with
        {
            Unread = new UnreadView(1, [string.Concat(Enumerable.Repeat("words ", 80)) + address + " and more"]),
        });
        Assert.Contains($"\n> {MemberText.Unlinked(address)}\n> …\n", unread.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_invite_does_not_have_leaves_no_trace()
    {
        var notice = SampleNotices.Renderer.Render(
            SampleNotices.Invite with { Note = " \n ", ExpiresAt = null, Sender = new Person("Nora", "", null) });
        Assert.DoesNotContain("<blockquote", notice.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("wrote", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("About", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("open until", notice.Text + notice.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(notice.Text.Split('\n'), line => line.StartsWith('>'));
    }

    [Theory]
    [InlineData("Partnerships at Nimbus", "Nimbus", "> Partnerships at Nimbus")]
    [InlineData("nora lind", "Nimbus", "> Nimbus")]
    [InlineData("Runner", "Nora Lind", "> Runner")]
    public void What_the_line_above_says_is_not_said_again(string headline, string organisation, string quoted) =>
        Assert.Contains(
            "\n\nAbout Nora Lind:\n" + quoted + "\n\n",
            SampleNotices.Renderer.Render(SampleNotices.Invite with { Sender = new Person("Nora Lind", headline, organisation) }).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Text_by_a_member_adds_no_markup()
    {
        var plain = SampleNotices.Renderer.Render(SampleNotices.Invite with
        {
            Recipient = new Person("plain", null, null),
            Sender = new Person("plain", "plain too", "also plain"),
            Note = "plain",
        });
        var hostile = SampleNotices.Renderer.Render(SampleNotices.Invite with
        {
            Recipient = new Person(SampleNotices.Hostile, null, null),
            Sender = new Person(SampleNotices.Hostile, "1" + SampleNotices.Hostile, "2" + SampleNotices.Hostile),
            Note = SampleNotices.Hostile,
        });
        Assert.Equal(Markup(plain.Html), Markup(hostile.Html));
    }

    [Theory]
    [InlineData("Nora\r\nBcc: everybody@example.com")]
    [InlineData("Nora\nContent-Type: text/html\n\n<h1>")]
    [InlineData("Nora\u2028\u0085\0\u001b[31m")]
    public void A_name_cannot_add_a_header(string name) =>
        Assert.DoesNotContain(
            SampleNotices.Renderer.Render(SampleNotices.From(name)).Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029');

    [Fact]
    public void A_subject_is_bounded_and_still_says_what_it_is_about()
    {
        var subject =
            SampleNotices.Renderer.Render(SampleNotices.From(string.Concat(Enumerable.Repeat("Très long 👩‍👩‍👧 ", 500)))).Subject;
        Assert.InRange(subject.Length, 40, RenderedEmail.MaxSubject);
        Assert.EndsWith("… invited you to connect", subject, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_a_members_text_can_pass_for_one_of_ours()
    {
        const string Forged =
            "Sincerely\n\nAccept:\nhttps://evil.example/\u2028Decline:\rhttps://evil.example/\u000b-- \u0085Stop emails about new invites:";
        var view = SampleNotices.Invite with
        {
            Sender = SampleNotices.Invite.Sender with { Headline = "Accept: https://evil.example/", Organisation = Forged },
            Note = Forged,
        };
        var ours = Ours(SampleNotices.Renderer.Render(SampleNotices.Invite).Text);
        Assert.Equal(ours, Ours(SampleNotices.Renderer.Render(view).Text));
        Assert.DoesNotContain(ours, line => line.Contains("evil", StringComparison.Ordinal));

        static IEnumerable<string> Ours(string text) => text.Split('\n').Where(line => !line.StartsWith('>'));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_text_of_a_member_becomes_a_link(NoticeKind kind)
    {
        const string Lure = "https://evil.example/ www.evil.example <a href=\"https://evil.example/\">";
        var ours = SampleNotices.Of(kind);
        var view = ours with
        {
            Recipient = new Person(Lure, Lure, Lure, Lure),
            Sender = new Person(Lure, "1" + Lure, "2" + Lure, Lure),
            Note = Lure,
            Unread = kind == NoticeKind.UnreadMessages ? new UnreadView(1, [Lure]) : null,
        };
        Assert.Equal(Links(SampleNotices.Renderer.Render(ours).Html), Links(SampleNotices.Renderer.Render(view).Html));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_email_loads_nothing_and_runs_nothing(NoticeKind kind) =>
        Assert.DoesNotContain(Markup(SampleNotices.Renderer.Render(SampleNotices.Of(kind)).Html), tag =>
            tag.StartsWith("<script", StringComparison.Ordinal) || tag.StartsWith("<link", StringComparison.Ordinal)
            || tag.Contains(" src", StringComparison.Ordinal) || tag.Contains(" on", StringComparison.Ordinal));

    [Theory]
    [InlineData("", "Nimbus Sportswear")]
    [InlineData("\u202e \u200b", "Nimbus Sportswear")]
    public void Somebody_without_a_name_goes_by_their_organisation(string name, string shown) =>
        Assert.StartsWith(shown + " invited", SampleNotices.Renderer.Render(SampleNotices.From(name)).Subject, StringComparison.Ordinal);

    [Fact]
    public void Somebody_without_any_name_is_a_member() =>
        Assert.StartsWith(
            "A member invited",
            SampleNotices.Renderer.Render(SampleNotices.Invite with { Sender = new Person("", null, null) }).Subject,
            StringComparison.Ordinal);

    [Fact]
    public async Task Many_threads_get_what_one_thread_gets()
    {
        var renderer = new NoticeRenderer(new Templates());
        var views = Enumerable.Range(0, 64).Select(
            i => SampleNotices.Of(NoticeKinds.All[i % NoticeKinds.All.Count]) with { Sender = SampleNotices.From("Sender " + i).Sender })
            .ToList();
        var parallel = await Task.WhenAll(views.Select(view => Task.Run(() => renderer.Render(view))));
        Assert.Equal(views.Select(view => SampleNotices.Renderer.Render(view)), parallel);
    }
}
