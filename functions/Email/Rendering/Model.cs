using System.Globalization;
using System.Text;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>A member as emails and pages show them. All of it is the member's own text, which the templates escape.</summary>
/// <param name="DisplayName">The name that others see.</param>
/// <param name="Headline">One line about the member.</param>
/// <param name="Organisation">The brand or the agency.</param>
/// <param name="Website">The address of the member's website.</param>
/// <param name="ConfirmedDomain">The domain at which the member has confirmed an address; not the member's words, but ours.</param>
/// <remarks>It has no picture: the member chose its address, and would learn who opens the email, when and from where.</remarks>
public sealed record Person(
    string DisplayName, string? Headline, string? Organisation, string? Website = null, string? ConfirmedDomain = null)
{
    /// <summary>A member, or a former member if there is none or they erased their profile.</summary>
    public static Person Of(Member? member, MemberId id)
    {
        var card = Card.OfOrFormer(member, id);
        return new Person(card.DisplayName, card.Headline, card.Organisation, member?.Website, card.ConfirmedDomain);
    }
}

/// <summary>Builds the values for the templates and sentences. <see cref="MemberText"/> makes members' text safe in them.</summary>
internal static class Model
{
    /// <summary>The longest name, headline or organisation that is shown, in UTF-16 characters.</summary>
    public const int MaxName = 60;

    private const int MaxAbout = 100;
    private const int MaxMessage = 500;

    // In these scripts of India a virama joins a letter to the next one (Unicode's rule GB9c), which .NET does not know.
    private const string Viramas = "\u094D\u09CD\u0ACD\u0B4D\u0C4D\u0D4D";
    private const char Joiner = '\u200D';

    /// <summary>The values of every email and page.</summary>
    public static Dictionary<string, object?> In(Sentences sentences) => new(StringComparer.Ordinal)
    {
        ["sentences"] = sentences,
        ["lang"] = sentences.Language,
        ["dir"] = sentences.Direction,
        ["isToSupport"] = false,
        ["start"] = sentences.Direction == "rtl" ? "right" : "left",
    };

    /// <summary>Adds the member whom the email or page is about, their note, and the page of the web client that shows them.</summary>
    public static void AddSender(this Dictionary<string, object?> model, Person sender, string? note, Uri? profileUrl = null)
    {
        var sentences = (Sentences)model["sentences"]!;
        var name = WholeName(sender, sentences);
        var about = About(sender, VisibleText.Cut(name, MaxName));
        var lines = MemberText.Lines(note);
        model["sender"] = Name(sender, sentences);
        model["profileUrl"] = profileUrl?.AbsoluteUri;
        model["senderAbout"] = about;
        model["senderAboutQuoted"] = MemberText.Quoted(about);
        model["confirmed"] = null;
        if (sender.ConfirmedDomain is { } domain)
        {
            model["domain"] = MemberText.Unlinked(domain);
            model["confirmed"] = sentences.Say("confirmed", model);
        }

        model["aboutSender"] = about.Count > 0 || sender.ConfirmedDomain is not null;
        model["senderInitials"] = Initials(name);
        model["note"] = Unlinked(lines);
        model["noteQuoted"] = Unlinked(MemberText.Quoted(lines));
    }

    /// <summary>Adds how long an invite can still be answered; empty without a pending invite.</summary>
    public static void AddTimeLeft(this Dictionary<string, object?> model, NoticeView view)
    {
        // Part of a day counts as a day. The date beside it is exact.
        var days = (long)Math.Ceiling(view.TimeLeft.TotalDays);
        model["days"] = days;
        model["left"] = view.ExpiresAt is null ? "" : ((Sentences)model["sentences"]!).Count("reminder.left", Math.Max(1, days), model);
    }

    /// <summary>Adds the unread messages.</summary>
    public static void AddUnread(this Dictionary<string, object?> model, UnreadView unread)
    {
        var sentences = (Sentences)model["sentences"]!;
        var messages = unread.Last
            .Select(message => MemberText.Beginning(TextOf(message, sentences), MaxMessage)).Where(lines => lines.Count > 0).ToList();
        // All sentences use this count, so that it equals what the email shows: blank messages do not count beside others.
        var count = messages.Count > 0 ? unread.Count - (unread.Last.Count - messages.Count) : unread.Count;
        model["count"] = count;
        model["shownCount"] = messages.Count;
        model["messages"] = messages.Select(lines => new { lines = Unlinked(lines), quoted = Unlinked(MemberText.Quoted(lines)) }).ToList();
        model["unread"] = sentences.Count("unreadMessages.unread", count, model);
        model["shown"] =
            messages.Count == count ? sentences.Say("wrote", model) : sentences.Count("unreadMessages.last", messages.Count, model);
    }

    /// <summary>What a message's files are, in words; empty for none.</summary>
    public static string FilesOf(LastFiles? files, Sentences sentences)
    {
        return files is null ? "" : sentences.Count(
            files.Kind == FileKind.Picture ? "pictures" : "files",
            files.Count,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["files"] = files.Count });
    }

    /// <summary>A member's lines for a quotation, in which mail programs find no address to make a link of.</summary>
    public static IReadOnlyList<string> Unlinked(IEnumerable<string> lines) => [.. lines.Select(MemberText.Unlinked)];

    /// <summary>A member's name for a sentence; never empty.</summary>
    public static string Name(Person person, Sentences sentences) =>
        MemberText.Unlinked(VisibleText.Cut(WholeName(person, sentences), MaxName));

    private static string TextOf(UnreadMessage message, Sentences sentences) =>
        MemberText.IsVisible(message.Text) ? message.Text : FilesOf(message.Files, sentences);

    private static string WholeName(Person person, Sentences sentences) =>
        MemberText.Line(person.DisplayName, int.MaxValue) is { Length: > 0 } name ? name
        : MemberText.Line(person.Organisation, int.MaxValue) is { Length: > 0 } organisation ? organisation
        : sentences["somebody"];

    // The headline, the organisation and the website, each unless a line above contains it.
    private static List<string> About(Person sender, string name)
    {
        var about = new List<string>();
        var said = name;
        string[] lines =
            [MemberText.Line(sender.Headline, MaxAbout), MemberText.Line(sender.Organisation, MaxName), Website(sender.Website)];
        foreach (var line in lines.Where(line => !said.Contains(line, StringComparison.OrdinalIgnoreCase)))
        {
            about.Add(MemberText.Unlinked(line));
            said += "\n" + line;
        }

        return about;
    }

    // As people say it: without the scheme and the last slash.
    private static string Website(string? address)
    {
        const string AfterScheme = "://";
        var start = address?.IndexOf(AfterScheme, StringComparison.Ordinal) is { } at and >= 0 ? at + AfterScheme.Length : 0;
        return MemberText.Line(address?[start..].TrimEnd('/'), MaxName);
    }

    // The rule of the client's avatars: the first letter of the first and the last word, each with its accents. A name without letters and
    // digits is shown by its first symbol.
    private static string Initials(string name)
    {
        var letters = name.Split(' ').Select(word => Graphemes(word).FirstOrDefault(HasLetter)).OfType<string>().ToList();
        return letters switch
        {
            [] => StringInfo.GetNextTextElement(name),
            [var only] => only.ToUpperInvariant(),
            [var first, .., var last] => (first + last).ToUpperInvariant(),
        };
    }

    private static IEnumerable<string> Graphemes(string word)
    {
        for (var (at, end) = (0, 0); at < word.Length; at = end)
        {
            do
            {
                end += StringInfo.GetNextTextElementLength(word, end);
            }
            while (end < word.Length && Viramas.Contains(word[..end].TrimEnd(Joiner)[^1]) && char.IsLetter(word, end));
            yield return word[at..end];
        }
    }

    private static bool HasLetter(string grapheme) => grapheme.EnumerateRunes().Any(rune => Rune.IsLetter(rune) || Rune.IsNumber(rune));
}
