using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>Every sentence of the emails and of the pages behind their links, in one language: one file in <c>Language/</c>.</summary>
/// <remarks>To add a language, add a file with the same keys and placeholders; no code names the languages.</remarks>
public sealed class Sentences
{
    /// <summary>The language for members whose own has no sentences.</summary>
    public const string Fallback = "en";

    private const string Folder = "Email/Language/";

    private static readonly Lazy<FrozenDictionary<string, Sentences>> ByLanguage = new(LoadAll);

    private readonly FrozenDictionary<string, string> _texts;

    private Sentences(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>The languages that have sentences, as BCP 47.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Value.Keys;

    /// <summary>This language, as BCP 47.</summary>
    public string Language { get; }

    /// <summary>The direction of the writing: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => this["direction"];

    /// <summary>The keys of the sentences.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>A sentence with its placeholders unfilled.</summary>
    /// <exception cref="KeyNotFoundException">There is no such sentence.</exception>
    public string this[string key] =>
        _texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"There is no sentence '{key}' in {Language}.");

    /// <summary>The sentences nearest to a language tag: <c>de-CH</c>, else <c>de</c>, else English.</summary>
    public static Sentences For(string? language) => TryFind(language) ?? ByLanguage.Value[Fallback];

    /// <summary>Like <see cref="For"/>, but null for a language without sentences.</summary>
    public static Sentences? TryFind(string? language) =>
        Nearest(LanguageTag.Find(language) ?? language, Languages) is { } nearest ? ByLanguage.Value[nearest] : null;

    /// <summary>The language that a tag asks for, with the tag cut at its last hyphen until it matches; else null.</summary>
    /// <remarks>A text longer than any tag matches no language: a header can hold 30,000 hyphens, and each would be a cut.</remarks>
    public static string? Nearest(string? tag, IReadOnlyCollection<string> languages)
    {
        var rest = tag is { Length: <= LanguageTag.MaxLength } ? tag : "";
        for (; rest.Length > 0; rest = rest[..Math.Max(0, rest.LastIndexOf('-'))])
        {
            if (languages.FirstOrDefault(language => language.Equals(rest, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A sentence with each <c>{name}</c> replaced by the value of that name. Placeholders in values are not replaced.</summary>
    /// <exception cref="KeyNotFoundException">The sentence or a value is missing.</exception>
    public string Say(string key, IReadOnlyDictionary<string, object?> values)
    {
        var rest = this[key].AsSpan();
        var filled = new StringBuilder(rest.Length + 64);
        while (rest.IndexOf('{') is var open and >= 0)
        {
            var close = open + rest[open..].IndexOf('}');
            filled.Append(rest[..open]).Append(values[rest[(open + 1)..close].ToString()]);
            rest = rest[(close + 1)..];
        }

        return filled.Append(rest).ToString();
    }

    /// <summary>The sentence <c>{key}.one</c> for a count of 1, <c>{key}.more</c> for any other count.</summary>
    /// <remarks>In a language with more plural forms, <c>.more</c> has to fit every number, such as <c>Days left: {days}</c>.</remarks>
    /// <exception cref="KeyNotFoundException">The sentence or a value is missing.</exception>
    public string Count(string key, long count, IReadOnlyDictionary<string, object?> values) =>
        Say(key + (count == 1 ? ".one" : ".more"), values);

    /// <summary>A day in words, in UTC.</summary>
    /// <remarks>The names of the months are sentences, because the process runs with the invariant culture.</remarks>
    public string Date(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return Say("date", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["day"] = utc.Day,
            ["month"] = this[string.Create(CultureInfo.InvariantCulture, $"date.month.{utc.Month}")],
            ["year"] = utc.Year,
        });
    }

    private static FrozenDictionary<string, Sentences> LoadAll() =>
        Resources.In(Folder).Select(name => Load(name)).ToFrozenDictionary(s => s.Language, StringComparer.OrdinalIgnoreCase);

    private static Sentences Load(string resource)
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(Resources.Read(resource))!;
        return new Sentences(Path.GetFileNameWithoutExtension(resource), texts.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
