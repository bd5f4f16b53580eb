using System.Globalization;

namespace Connections.Email.Rendering;

/// <summary>Builds what the templates and sentences are filled from. Everything in it by a member is made safe by <see cref="MemberText"/>.</summary>
internal static class Model
{
    /// <summary>The longest name, headline or organisation that is shown, in UTF-16 characters.</summary>
    public const int MaxName = 60;

    private const int MaxAbout = 100;
    private const int MaxMessage = 500;

    // White text on each has a contrast of at least 4.5.
    private static readonly string[] AvatarColours = ["#4f46e5", "#0f766e", "#b45309", "#be185d", "#1d4ed8", "#7c3aed", "#15803d", "#b91c1c"];

    /// <summary>How many avatar colours there are; <c>senderColourNumber</c> is below it.</summary>
    public static int AvatarColourCount => AvatarColours.Length;

    /// <summary>What every email and page has.</summary>
    public static Dictionary<string, object?> In(Sentences sentences) => new(StringComparer.Ordinal)
    {
        ["sentences"] = sentences,
        ["lang"] = sentences.Language,
        ["dir"] = sentences.Direction,
        ["start"] = sentences.Direction == "rtl" ? "right" : "left",
    };

    /// <summary>Adds the member that it is about, and their words.</summary>
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

    /// <summary>Adds how long an invite can still be answered; empty where there is no invite.</summary>
    public static void AddTimeLeft(this Dictionary<string, object?> model, NoticeView view)
    {
        // A day begun counts: the date that is told beside it is the end itself.
        var days = (long)Math.Ceiling(view.TimeLeft.TotalDays);
        model["days"] = days;
        model["left"] = view.ExpiresAt is null ? "" : ((Sentences)model["sentences"]!).Count("reminder.left", Math.Max(1, days), model);
    }

    /// <summary>Adds the messages that wait to be read.</summary>
    public static void AddUnread(this Dictionary<string, object?> model, UnreadView unread)
    {
        var sentences = (Sentences)model["sentences"]!;
        var messages = unread.Last.Select(text => MemberText.Beginning(text, MaxMessage)).Where(lines => lines.Count > 0).ToList();
        // One count for all sentences: a message of which nothing can be shown is not counted beside those that are.
        var count = messages.Count > 0 ? unread.Count - (unread.Last.Count - messages.Count) : unread.Count;
        model["count"] = count;
        model["shownCount"] = messages.Count;
        model["messages"] = messages.Select(lines => new { lines, quoted = MemberText.Quoted(lines) }).ToList();
        model["unread"] = sentences.Count("unreadMessages.unread", count, model);
        model["shown"] = messages.Count == count ? sentences.Say("wrote", model) : sentences.Count("unreadMessages.last", messages.Count, model);
    }

    /// <summary>A member's name as a sentence has it; never empty.</summary>
    public static string Name(Person person, Sentences sentences) =>
        MemberText.Line(person.DisplayName, MaxName) is { Length: > 0 } name ? name
        : MemberText.Line(person.Organisation, MaxName) is { Length: > 0 } organisation ? organisation
        : sentences["somebody"];

    // The headline and the organisation, unless what stands above says it already.
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

    // The same colour for the same name, on every machine and after every restart.
    private static int ColourNumber(string name) => (int)(name.Aggregate(17u, (sum, c) => (sum * 31) + c) % AvatarColours.Length);
}
