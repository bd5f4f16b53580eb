using System.Globalization;
using System.Text;

namespace Connections;

/// <summary>Collects what is wrong with a body's or a query's fields, so that the caller hears of all of it at once.</summary>
public sealed class Fields
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was wrong.</summary>
    public bool Valid => _errors.Count == 0;

    /// <summary>The error for what was wrong.</summary>
    public InvalidInput ToError() => new(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal));

    /// <summary>Notes that a field is wrong. <paramref name="error"/> is a sentence for a person.</summary>
    public void Refuse(string field, string error)
    {
        if (!_errors.TryGetValue(field, out var list))
        {
            _errors[field] = list = [];
        }

        list.Add(error);
    }

    /// <summary>
    /// A line of text, trimmed, its bidirectional embeddings and isolates balanced; null when a reader would see nothing of it. Refuses control
    /// characters and more than <paramref name="max"/> characters.
    /// </summary>
    /// <param name="field">The field's JSON name.</param>
    /// <param name="text">What was sent.</param>
    /// <param name="max">The limit in Unicode code points, as JSON Schema counts <c>maxLength</c>.</param>
    /// <param name="lines">Whether line breaks and tabs are allowed; CRLF becomes LF.</param>
    public string? Text(string field, string? text, int max, bool lines = false)
    {
        text = VisibleText.Trim(text?.ReplaceLineEndings("\n") ?? "");
        if (!text.EnumerateRunes().All(rune => IsAllowed(rune, lines)))
        {
            Refuse(field, "Has a character that cannot be shown; remove control characters.");
            return null;
        }

        text = VisibleText.Trim(VisibleText.Balance(text));
        if (!VisibleText.IsVisible(text))
        {
            return null;
        }

        var length = text.EnumerateRunes().Count();
        if (length > max)
        {
            Refuse(field, $"Has {length} characters; at most {max} are allowed.");
            return null;
        }

        return text;
    }

    /// <summary>Like <see cref="Text"/>, and refuses a text that is absent or of which a reader would see nothing.</summary>
    public string RequiredText(string field, string? text, int max, bool lines = false)
    {
        var read = Text(field, text, max, lines);
        if (read is null && !_errors.ContainsKey(field))
        {
            Refuse(field, $"Is required: 1 to {max} characters.");
        }

        return read ?? "";
    }

    // U+FFFD is what a lone surrogate reads as: the sender's text was already broken. The bidirectional overrides can make
    // shown text read other than it is stored, and no script needs them (isolates and marks stay allowed).
    private static bool IsAllowed(Rune rune, bool lines) =>
        rune.Value switch
        {
            '\n' or '\t' => lines,
            0xFFFD or 0x202D or 0x202E => false,
            _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate),
        };
}
