using Connections.Chat;
using Connections.Creators.Facets;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Safety;

namespace Connections.Tests.Email.Rendering;

public sealed class ReportRendererTests
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror=\"alert('2')\"> & \"quoted\"";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly ReportRenderer Renderer = new(new Templates());

    private static readonly Profile Profile = new()
    {
        Id = new MemberId("two"),
        DisplayName = Attack,
        Handle = Attack,
        Headline = Attack,
        Bio = "Line one\n" + Attack,
        AvatarUrl = "https://example.net/picture.png",
        Organisation = Attack,
        Website = "https://example.net/",
        Categories = ["travel"],
        Tags = ["one", Attack],
        Platforms = [new Platform("youtube", "handle", "https://example.net/channel", 5, 0.1)],
        Languages = [],
    };

    private static readonly Report OfProfile = new()
    {
        Id = "r1",
        MemberId = new MemberId("one"),
        MemberName = Attack,
        ReportedId = new MemberId("two"),
        Profile = Profile,
        Reason = ReportReason.Spam,
        Details = Attack,
        ReportedAt = Now,
    };

    private static readonly Report OfMessage =
        OfProfile with { Message = new Message("c1", 7, "client", new MemberId("two"), "Buy now\n> fake quote\n" + Attack, Now) };

    [Fact]
    public void Members_text_is_escaped_wherever_it_stands_and_no_picture_is_shown()
    {
        foreach (var view in new[] { OfProfile, OfMessage })
        {
            var html = Renderer.Render(view).Html;
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void All_of_the_profile_that_others_see_is_quoted_in_both_parts()
    {
        var mail = Renderer.Render(OfProfile);
        // Whole, and no link of a mail program's.
        string[] texts =
            ["https://example.net/picture.png", "https://example.net/channel", "https://example.net/", "Line one", "Tags: one,"];
        foreach (var text in texts.Select(MemberText.Unlinked))
        {
            Assert.Contains(mail.Text.Split('\n'), line =>
                line.StartsWith("> ", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal));
            Assert.Contains(text, System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("example.net", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_a_message_is_quoted()
    {
        var lines = Renderer.Render(OfMessage).Text.Split('\n');
        Assert.Contains("> Buy now", lines);
        Assert.Contains("> > fake quote", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Buy", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_parts_tell_the_same_facts()
    {
        var mail = Renderer.Render(OfMessage);
        foreach (var fact in new[]
        {
            "Reason: spam", "Report: r1", "Reported at: 2026-05-01T08:00:00.000Z", "Reported by the member: one", "Reported member: two",
            "Conversation: c1", "Message number: 7", "Message sent at: 2026-05-01T08:00:00.000Z",
        })
        {
            Assert.Contains(fact, mail.Text, StringComparison.Ordinal);
            Assert.Contains(fact, mail.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_message_that_was_deleted_before_says_so() =>
        Assert.Contains(
            "The message had been deleted before it was reported.",
            Renderer.Render(OfMessage with { Message = OfMessage.Message! with { Text = "", Deleted = true } }).Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_report_without_details_has_no_empty_quotation()
    {
        var mail = Renderer.Render(OfMessage with { Details = null });
        Assert.DoesNotContain("says about it", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_subject_is_one_line_of_bounded_length_and_names_without_a_name_say_so()
    {
        var mail = Renderer.Render(OfMessage with
        {
            Profile = Profile with { DisplayName = string.Concat(Enumerable.Repeat("long\r\nname ", 100)) },
            MemberName = null,
        });
        Assert.InRange(mail.Subject.Length, 10, RenderedEmail.MaxSubject);
        Assert.DoesNotContain(mail.Subject, char.IsControl);
        Assert.Contains("A member reported long name", mail.Text, StringComparison.Ordinal);
    }
}
