using Connections.Http;

namespace Connections.Members;

/// <summary>The text of a search, as its words.</summary>
/// <param name="Words">Each must be the beginning of a word of what is found.</param>
/// <param name="FindsNothing">Whether there is a text, but it has no letter or digit, so that nothing can match.</param>
public sealed record SearchText(IReadOnlyList<SearchWord> Words, bool FindsNothing)
{
    /// <summary>The parameter of a query string.</summary>
    public const string Parameter = "q";

    /// <summary>The longest text, in Unicode code points.</summary>
    public const int MaxLength = 100;

    /// <summary>The most words.</summary>
    public const int MaxWords = 8;

    /// <summary>Whether there is no text. Forms send empty values, so an empty one counts as absent.</summary>
    public bool IsAbsent => Words.Count == 0 && !FindsNothing;

    /// <summary>Reads the text of a query string.</summary>
    public static SearchText Read(IQueryCollection query, Fields fields)
    {
        var given = query.TryReadOne(Parameter, fields, out var text) ? text : null;
        var words = SearchWords.OfQuery(fields.Text(Parameter, given, MaxLength));
        if (words.Count > MaxWords)
        {
            fields.Refuse(Parameter, $"The text has {words.Count} words; at most {MaxWords} are allowed.", FieldCode.TooMany);
        }

        return new SearchText(words, words.Count == 0 && given is { Length: > 0 });
    }
}
