using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Creators.Facets;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Notices;

namespace Connections.Tests.Email.Rendering;

/// <summary>RFC 5322: no line of an email is longer than 998 bytes, whatever members wrote. Folding changes no visible text.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxBytes = 998;

    /// <summary>Texts that each broke something before.</summary>
    private static readonly Dictionary<string, string> Hostile = new()
    {
        ["letters without a space"] = new('x', 4000),
        ["quotes, which are six bytes each in HTML"] = new('\'', 4000),
        ["quotes with spaces"] = string.Concat(Enumerable.Repeat("'' ", 400)),
        ["300 emoji"] = string.Concat(Enumerable.Repeat("😀", 300)),
        ["300 families"] = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 300)),
        ["a script without spaces"] = new('語', 4000),
        ["right to left"] = string.Concat(Enumerable.Repeat("שלום", 1000)),
        ["right to left with spaces"] = string.Concat(Enumerable.Repeat("مرحبا ", 600)),
        ["one character of 4,000 marks"] = "a" + new string('\u0301', 3999),
        ["one character of 2,000 marks of four bytes"] = "a" + string.Concat(Enumerable.Repeat("\U0001E8D0", 2000)),
        ["tags"] = string.Concat(Enumerable.Repeat("<b>&amp;</b>", 300)),
        ["an address"] = "https://example.com/" + new string('a', 3900),
        ["an address of dots alone"] = "https://" + string.Concat(Enumerable.Repeat("a.", 300)) + "example.com/" + new string('a', 200),
        ["an address of a note's length in another script"] = "https://例え.jp/" + new string('例', 285),
        ["addresses"] = string.Concat(Enumerable.Repeat("https://example.com/" + new string('a', 100) + " ", 30)),
        ["no-break spaces"] = string.Join('\u00a0', Enumerable.Repeat("word", 800)),
        ["lines"] = string.Join('\n', Enumerable.Repeat(new string('&', 30), 90)),
    };

    public static TheoryData<string> Names { get; } = [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_of_a_notice_is_longer_than_998_bytes(string name)
    {
        var text = Hostile[name];
        foreach (var kind in NoticeKinds.All)
        {
            var notice = SampleNotices.Renderer.Render(SampleNotices.Of(kind) with
            {
                Recipient = new Person(text, text, text, text),
                Sender = new Person(text, "1" + text, "2" + text, "3" + text),
                Note = text,
                Unread = kind == NoticeKind.UnreadMessages ? new UnreadView(5, [text, text, "and " + text]) : null,
            });
            AssertShort(notice);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_of_a_report_is_longer_than_998_bytes(string name)
    {
        var text = Hostile[name];
        var profile = new Profile
        {
            Id = new MemberId("reported"), DisplayName = text, Headline = text, Bio = text, Organisation = text, Tags = [text],
            AvatarUrl = text, Categories = [], Platforms = [], Languages = [],
        };
        var report = new Connections.Safety.Report
        {
            Id = "report",
            MemberId = new MemberId("reporter"),
            MemberName = text,
            ReportedId = new MemberId("reported"),
            Profile = profile,
            Reason = Connections.Safety.ReportReason.Spam,
            Details = text,
            ReportedAt = DateTimeOffset.UnixEpoch,
        };
        AssertShort(new ReportRenderer(new Templates()).Render(report));
    }

    [Fact]
    public void Folding_shows_the_same_words_with_the_same_spaces()
    {
        foreach (var text in Hostile.Values)
        {
            // Half of it, so that no part is cut: what is seen then is what was written.
            var note = text[..Math.Min(text.Length, 2000)];
            var html = SampleNotices.Renderer.Render(SampleNotices.Invite with { Note = note }).Html;
            var quoted = Quotation().Match(html).Groups["html"].Value;
            var seen =
                Blank().Replace(WebUtility.HtmlDecode(Tag().Replace(quoted.Replace("<br>", " ", StringComparison.Ordinal), "")), " ");
            Assert.Equal(string.Join(' ', MemberText.Lines(note)), seen.Replace("\u200B", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Short_lines_are_as_the_template_has_them() =>
        Assert.DoesNotContain("<wbr", SampleNotices.Renderer.Render(SampleNotices.Invite).Html, StringComparison.Ordinal);

    private static void AssertShort(RenderedEmail notice)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(notice.Subject), 1, MaxBytes - 1);
        foreach (var line in notice.Html.Split('\n').Concat(notice.Text.Split('\n')))
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) < MaxBytes, $"{Encoding.UTF8.GetByteCount(line)}: {line}");
        }
    }

    [GeneratedRegex(
        "<blockquote[^>]*>(?<html>.*?)</blockquote>", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Quotation();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tag();

    [GeneratedRegex("[ \n]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Blank();
}
