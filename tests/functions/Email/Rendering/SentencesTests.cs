using System.Text.RegularExpressions;
using Connections.Creators.Facets;
using Connections.Email.Rendering;
using Connections.Notices;

namespace Connections.Tests.Email.Rendering;

public sealed partial class SentencesTests
{
    /// <summary>What the code says besides the templates.</summary>
    private static readonly string[] SaidByCode =
    [
        "direction", "somebody", "date", .. Enumerable.Range(1, 12).Select(month => $"date.month.{month}"),
        "invite.expires", "reminder.left.one", "reminder.left.more",
        "unreadMessages.unread.one", "unreadMessages.unread.more", "unreadMessages.last.one", "unreadMessages.last.more",
        "page.address.heading", "page.address.confirmed.heading",
        .. new[] { "confirmAddress", "addressWarning" }.SelectMany(kind =>
            new[] { "subject", "preheader", "heading", "text", "button", "otherwise", "reason" }.Select(name => $"{kind}.{name}")),
        "page.accepted.heading", "page.declined.heading", "page.gone.heading", "page.report.heading", "page.reported.heading",
        .. Connections.Safety.ReportRequest.ReasonNames.SelectMany(
            name => new[] { $"page.report.reason.{name}", $"page.report.reason.{name}.meaning" }),
        .. Connections.Invites.DeclineReason.Reasons.Select(name => $"page.decline.reason.{name}"),
        "confirmed",
        "page.failed.heading", "page.failed.busy", "page.failed.down", "page.failed.form",
        "page.problem.heading", "page.problem.unknown.heading",
        "page.unsubscribe.heading", "page.unsubscribed.heading", "page.unsubscribed.all",
        "statement.subject", "statement.category", "statement.contest", "statement.reason", "statement.suspend.until",
        .. new[] { "warn", "unlist", "suspend", "liftSuspension", "liftUnlisting" }.SelectMany(act =>
            new[] { $"statement.{act}.heading", $"statement.{act}.what" }),
        .. new[] { "subject", "heading", "acted", "dismissed", "contest", "reason" }.Select(name => $"reportDecided.{name}"),
        "report.subject", "report.preheader", "report.reason", "report.message", "report.profile", "report.message.deleted",
        "report.message.files", "pictures.one", "pictures.more", "files.one", "files.more",
        "report.profile.missing",
        .. Enum.GetNames<Connections.Safety.ReportReason>().Select(name => $"report.category.{name.ToLowerInvariant()}"),
        .. new[] { "displayName", "handle", "headline", "organisation", "website", "avatarUrl", "platform", "tags", "bio" }.Select(name =>
            $"report.profile.{name}"),
        .. new[] { "report", "at", "reporter", "reported", "connection", "message", "sentAt" }.Select(name => $"report.fact.{name}"),
    ];

    public static TheoryData<string> Languages { get; } = [.. Sentences.Languages];

    private static IReadOnlySet<string> Used { get; } = SaidByTemplates()
        .Concat(SaidByCode)
        .Concat(NoticeKinds.All.SelectMany(kind =>
            new[] { "subject", "preheader", "reason", "stop", "stopped" }.Select(name => $"{kind.JsonName()}.{name}")))
        .ToHashSet();

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_that_is_used_is_there_and_not_empty(string language)
    {
        var sentences = Sentences.For(language);
        Assert.All(Used, key => Assert.NotEmpty(sentences[key]));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_sentence_stands_there_unused(string language) =>
        Assert.Empty(Sentences.For(language).Keys.Except(Used));

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_sentence_has_the_placeholders_that_it_has_in_English(string language)
    {
        var sentences = Sentences.For(language);
        Assert.All(Used, key => Assert.Equal(Placeholders(Sentences.For("en")[key]), Placeholders(sentences[key])));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("EN-gb")]
    [InlineData("en-GB-oxendict")]
    [InlineData("tlh-Latn")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData(null)]
    public void A_language_without_sentences_falls_back_to_its_shorter_tag_and_then_to_English(string? language) =>
        Assert.Equal("en", Sentences.For(language).Language);

    [Theory]
    [InlineData("de-CH", "de")]
    [InlineData("de-Latn-CH-1996", "de")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("pt-PT", null)]
    [InlineData("d", null)]
    [InlineData("deu", null)]
    public void Of_several_languages_the_nearest_to_the_tag_is_taken(string tag, string? nearest) =>
        Assert.Equal(nearest, Sentences.Nearest(tag, ["en", "de", "pt-BR"]));

    [Fact]
    public void A_text_that_is_longer_than_any_tag_asks_for_none() => Assert.Null(Sentences.Nearest("de" + new string('-', 34), ["de"]));

    [Fact]
    public void A_region_is_no_language_of_its_own()
    {
        Assert.Equal("en", Sentences.TryFind("en-GB")?.Language);
        Assert.Null(Sentences.TryFind("tlh"));
    }

    [Fact]
    public void A_value_that_looks_like_a_placeholder_is_said_as_it_is() =>
        Assert.Equal(
            "{recipient} {sender} {} } invited you to connect",
            Sentences.For("en")
                .Say("inviteReceived.subject", new Dictionary<string, object?> { ["sender"] = "{recipient} {sender} {} }" }));

    [Fact]
    public void A_missing_sentence_or_value_is_an_error_and_not_a_blank()
    {
        Assert.Throws<KeyNotFoundException>(() => Sentences.For("en")["no.such.sentence"]);
        Assert.Throws<KeyNotFoundException>(() => Sentences.For("en").Say("inviteReceived.subject", new Dictionary<string, object?>()));
    }

    [Fact]
    public void A_day_is_told_in_UTC_whatever_the_offset() =>
        Assert.Equal(
            "1 January 2027",
            Sentences.For("en").Date(new DateTimeOffset(2026, 12, 31, 20, 0, 0, TimeSpan.FromHours(-5))).Replace('\u00a0', ' '));

    private static IEnumerable<string> SaidByTemplates()
    {
        var assembly = typeof(Sentences).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".hbs", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (Match match in Say().Matches(reader.ReadToEnd()))
            {
                yield return match.Groups["key"].Value;
            }
        }
    }

    private static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence).Select(m => m.Value).Order();

    [GeneratedRegex("say \"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Say();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
