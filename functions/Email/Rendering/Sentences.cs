using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>Every sentence of the emails and of the pages behind their links, in one language: one file in <c>Language/</c>.</summary>
/// <remarks>A further language is one more file with the same keys and placeholders; nothing else names the languages.</remarks>
public sealed class Sentences
{
    /// <summary>The language that has every sentence, for whom no other is there.</summary>
    public const string Fallback = "en";

    private const string Folder = "Email/Language/";

    private static readonly Lazy<FrozenDictionary<string, Sentences>> ByLanguage = new(LoadAll);

    private readonly FrozenDictionary<string, string> _texts;

    private Sentences(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>The languages that there are sentences in, as BCP 47.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Value.Keys;

    /// <summary>This language, as BCP 47.</summary>
    public string Language { get; }

    /// <summary>The direction it is written in: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => this["direction"];

    /// <summary>The names of the sentences.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>A sentence with its placeholders as they stand.</summary>
    /// <exception cref="KeyNotFoundException">There is no such sentence.</exception>
    public string this[string key] =>
        _texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"There is no sentence '{key}' in {Language}.");

    /// <summary>The sentences nearest to a language tag: <c>de-CH</c>, else <c>de</c>, else English.</summary>
    public static Sentences For(string? language) => TryFind(language) ?? ByLanguage.Value[Fallback];

    /// <summary>Like <see cref="For"/>, but null where only English would be left.</summary>
    public static Sentences? TryFind(string? language) =>
        Nearest(LanguageTag.Find(language) ?? language, Languages) is { } nearest ? ByLanguage.Value[nearest] : null;

    /// <summary>Of some languages the one that a tag asks for, cut at its end until one fits; null when none does.</summary>
    /// <remarks>A text that is longer than any tag asks for none: a browser's header can hold 30,000 hyphens to cut at.</remarks>
    public static string? Nearest(string? tag, IReadOnlyCollection<string> languages)
    {
        for (var rest = tag is { Length: <= LanguageTag.MaxLength } ? tag : ""; rest.Length > 0; rest = rest[..Math.Max(0, rest.LastIndexOf('-'))])
        {
            if (languages.FirstOrDefault(language => language.Equals(rest, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A sentence with <c>{name}</c> replaced by the value of that name. Values are taken as they are, never read for placeholders.</summary>
    /// <exception cref="KeyNotFoundException">There is no such sentence, or no such value.</exception>
    public string Say(string key, IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var rest = this[key].AsSpan();
        var said = new StringBuilder(rest.Length + 64);
        while (rest.IndexOf('{') is var open and >= 0)
        {
            var close = open + rest[open..].IndexOf('}');
            said.Append(rest[..open]).Append(values[rest[(open + 1)..close].ToString()]);
            rest = rest[(close + 1)..];
        }

        return said.Append(rest).ToString();
    }

    /// <summary>The sentence <c>{key}.one</c> for one of something, <c>{key}.more</c> for any other number.</summary>
    /// <remarks>A language with more forms than two words <c>.more</c> so that it fits every number, such as <c>Days left: {days}</c>.</remarks>
    /// <exception cref="KeyNotFoundException">There is no such sentence, or no such value.</exception>
    public string Count(string key, long count, IReadOnlyDictionary<string, object?> values) => Say(key + (count == 1 ? ".one" : ".more"), values);

    /// <summary>A day in words, in UTC.</summary>
    /// <remarks>The names of the months stand with the sentences: the process runs with the invariant culture.</remarks>
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
