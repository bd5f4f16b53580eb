using Connections.Email.Rendering;
using static Connections.Tests.Email.Rendering.EmailMarkup;

namespace Connections.Tests.Email.Rendering;

/// <summary>The email about unread messages.</summary>
public sealed class UnreadNoticeTests
{
    [Fact]
    public void Unread_messages_are_counted_and_the_last_of_them_quoted()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Unread);
        Assert.Equal("Maya Okafor wrote to you", notice.Subject);
        foreach (var part in new[] { notice.Html, notice.Text })
        {
            Assert.Contains("You have 5 unread messages from Maya Okafor", part, StringComparison.Ordinal);
            Assert.Contains("The last 3 of them:", part, StringComparison.Ordinal);
        }

        Assert.Equal(3, notice.Html.Split("<blockquote").Length - 1);
        Assert.Contains(
            "> Hello Nora,\n> thank you for the invite.\n\n> When do you start?\n\n> And where?\n\nOpen",
            notice.Text,
            StringComparison.Ordinal);
        Assert.Equal([SampleNotices.Unread.OpenUrl, SampleNotices.Unread.UnsubscribeUrl], Links(notice.Html));
    }

    [Fact]
    public void A_single_unread_message_is_all_there_is()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Unread with { Unread = new UnreadView(1, ["Hello"]) });
        Assert.Contains("You have an unread message from Maya Okafor.", notice.Text, StringComparison.Ordinal);
        Assert.Contains("Maya Okafor wrote:\n> Hello\n", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("of them", notice.Text + notice.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_which_nothing_can_be_shown_is_not_counted_beside_those_that_are()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Unread with { Unread = new UnreadView(3, ["hello", "\u200b", "bye"]) });
        foreach (var part in new[] { notice.Html, notice.Text })
        {
            Assert.Contains("You have 2 unread messages from Maya Okafor", part, StringComparison.Ordinal);
            Assert.DoesNotContain("of them", part, StringComparison.Ordinal);
        }

        Assert.Contains("Maya Okafor wrote:\n> hello\n\n> bye\n", notice.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u200b", "\u2800")]
    [InlineData]
    public void Messages_of_which_none_can_be_shown_are_only_counted(params string[] texts)
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Unread with { Unread = new UnreadView(2, texts) });
        foreach (var part in new[] { notice.Html, notice.Text })
        {
            Assert.Contains("You have 2 unread messages from Maya Okafor", part, StringComparison.Ordinal);
            Assert.DoesNotContain("wrote:", part, StringComparison.Ordinal);
            Assert.DoesNotContain("of them", part, StringComparison.Ordinal);
        }

        Assert.Contains("> Trail runner\n\nOpen the conversation:", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_is_cut_and_a_hostile_one_is_quoted_as_it_is()
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Unread with
        {
            Unread = new UnreadView(2, [new string('x', 4000), SampleNotices.Hostile + "\nOpen the conversation:\nhttps://evil.example/"]),
        });
        Assert.DoesNotContain(new string('x', 500), notice.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", notice.Html, StringComparison.Ordinal);
        Assert.All(notice.Text.Split('\n').Where(line => line.Contains("evil", StringComparison.Ordinal)), line =>
            Assert.StartsWith("> ", line, StringComparison.Ordinal));
    }
}
