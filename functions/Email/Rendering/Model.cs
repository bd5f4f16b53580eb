using System.Globalization;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>A member as emails and pages show them. All of it is the member's own text, which the templates escape.</summary>
/// <param name="DisplayName">The name that others see.</param>
/// <param name="Headline">One line about the member.</param>
/// <param name="Organisation">The brand or the agency.</param>
/// <remarks>It has no picture: the member chose its address, and would learn who opens the email, when and from where.</remarks>
public sealed record Person(string DisplayName, string? Headline, string? Organisation)
{
    /// <summary>The member on a card.</summary>
    public static Person Of(Card card) => new Person(card.DisplayName, card.Headline, card.Organisation);
}

/// <summary>Builds the values for the templates and sentences. <see cref="MemberText"/> makes members' text safe in them.</summary>
internal static class Model
{
    /// <summary>The longest name, headline or organisation that is shown, in UTF-16 characters.</summary>
    public const int MaxName = 60;

    private const int MaxAbout = 100;
    private const int MaxMessage = 500;

    // White text on each colour has a contrast of at least 4.5.
    private static readonly string[] AvatarColours =
        ["#4f46e5", "#0f766e", "#b45309", "#be185d", "#1d4ed8", "#7c3aed", "#15803d", "#b91c1c"];

    /// <summary>The values of every email and page.</summary>
    public static Dictionary<string, object?> In(Sentences sentences) => new(StringComparer.Ordinal)
    {
        ["sentences"] = sentences,
        ["lang"] = sentences.Language,
        ["dir"] = sentences.Direction,
        ["start"] = sentences.Direction == "rtl" ? "right" : "left",
    };

    /// <summary>Adds the member whom the email or page is about, and their note.</summary>
    public static void AddSender(this Dictionary<string, object?> model, Person sender, string? note)
    {
        var name = Name(sender, (Sentences)model["sentences"]!);
        var about = About(sender, name);
        var lines = MemberText.Lines(note);
        var colour = ColourNumber(name);
        model["sender"] = name;
        model["senderAbout"] = about;
        model["senderAboutQuoted"] = MemberText.Quoted(about);
        model["senderInitials"] = Initials(name);
        model["senderColour"] = AvatarColours[colour];
        model["senderColourNumber"] = colour;
        model["note"] = lines;
        model["noteQuoted"] = MemberText.Quoted(lines);
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
        var messages = unread.Last.Select(text => MemberText.Beginning(text, MaxMessage)).Where(lines => lines.Count > 0).ToList();
        // All sentences use this count, so that it equals what the email shows: blank messages do not count beside others.
        var count = messages.Count > 0 ? unread.Count - (unread.Last.Count - messages.Count) : unread.Count;
        model["count"] = count;
        model["shownCount"] = messages.Count;
        model["messages"] = messages.Select(lines => new { lines, quoted = MemberText.Quoted(lines) }).ToList();
        model["unread"] = sentences.Count("unreadMessages.unread", count, model);
        model["shown"] =
            messages.Count == count ? sentences.Say("wrote", model) : sentences.Count("unreadMessages.last", messages.Count, model);
    }

    /// <summary>A member's name for a sentence; never empty.</summary>
    public static string Name(Person person, Sentences sentences) =>
        MemberText.Line(person.DisplayName, MaxName) is { Length: > 0 } name ? name
        : MemberText.Line(person.Organisation, MaxName) is { Length: > 0 } organisation ? organisation
        : sentences["somebody"];

    // The headline and the organisation, each unless a line above contains it.
    private static List<string> About(Person sender, string name)
    {
        var about = new List<string>();
        var said = name;
        foreach (var line in (string[])[MemberText.Line(sender.Headline, MaxAbout), MemberText.Line(sender.Organisation, MaxName)])
        {
            if (line.Length > 0 && !said.Contains(line, StringComparison.OrdinalIgnoreCase))
            {
                about.Add(line);
                said += "\n" + line;
            }
        }

        return about;
    }

    private static string Initials(string name)
    {
        var words = name.Split(' ');
        var first = StringInfo.GetNextTextElement(words[0]);
        var last = words.Length > 1 && char.IsLetter(words[^1], 0) ? StringInfo.GetNextTextElement(words[^1]) : "";
        return (first + last).ToUpperInvariant();
    }

    // A name has the same colour on every machine and after every restart, which string.GetHashCode does not guarantee.
    private static int ColourNumber(string name) => (int)(name.Aggregate(17u, (sum, c) => (sum * 31) + c) % AvatarColours.Length);
}
