using System.Globalization;
using System.Text;

namespace Connections;

/// <summary>Collects the errors in the fields of a body or query, so that the caller gets all of them at once.</summary>
public sealed class Fields
{
    private readonly List<FieldError> _errors = [];

    /// <summary>Whether no field has an error.</summary>
    public bool Valid => _errors.Count == 0;

    /// <summary>The error with everything collected.</summary>
    public InvalidInput ToError() => new(_errors);

    /// <summary>Adds an error to a field. <paramref name="error"/> is a sentence for people.</summary>
    public void Refuse(string field, string error, string code = FieldCode.Invalid) => _errors.Add(new FieldError(field, code, error));

    /// <summary>Adds an error to a required field that has none of the values it can have.</summary>
    public void RefuseValue(string field, string? value, string error) =>
        Refuse(field, error, VisibleText.IsVisible(value) ? FieldCode.UnknownValue : FieldCode.Required);

    /// <summary>
    /// Reads a line of text: trimmed, with balanced bidirectional embeddings and isolates. Null if no character of it is visible. Refuses
    /// control characters and more than <paramref name="max"/> characters.
    /// </summary>
    /// <param name="field">The field's JSON name.</param>
    /// <param name="max">The limit in Unicode code points, as JSON Schema counts <c>maxLength</c>.</param>
    /// <param name="lines">Whether line breaks and tabs are allowed; CRLF becomes LF.</param>
    public string? Text(string field, string? text, int max, bool lines = false)
    {
        text = VisibleText.Trim(text?.ReplaceLineEndings("\n") ?? "");
        if (!text.EnumerateRunes().All(rune => IsAllowed(rune, lines)))
        {
            Refuse(field, "The text has a character that cannot be shown. Remove control characters.", FieldCode.BadCharacter);
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
            Refuse(field, $"The text has {length} characters; at most {max} are allowed.", FieldCode.TooLong);
            return null;
        }

        return text;
    }

    /// <summary>Like <see cref="Text"/>, but refuses a text that is absent or has no visible character.</summary>
    public string RequiredText(string field, string? text, int max, bool lines = false)
    {
        var read = Text(field, text, max, lines);
        if (read is null && !_errors.Exists(fault => fault.Field == field))
        {
            Refuse(field, $"A value of 1 to {max} characters is required.", FieldCode.Required);
        }

        return read ?? "";
    }

    // A lone surrogate reads as U+FFFD: the text was already broken when it was sent. Bidirectional overrides can make a text look
    // different from its stored order, and no script needs them. Isolates and marks are allowed.
    private static bool IsAllowed(Rune rune, bool lines) =>
        rune.Value switch
        {
            '\n' or '\t' => lines,
            0xFFFD or 0x202D or 0x202E => false,
            _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate),
        };
}
