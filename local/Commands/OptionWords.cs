namespace Connections.Local.Commands;

/// <summary>Reads options one by one, each written <c>--name VALUE</c> or <c>--name=VALUE</c>.</summary>
internal sealed class OptionWords(IReadOnlyList<string> words)
{
    private int _next;
    private string? _value;

    /// <summary>The option's name; the whole word where it is none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether the option was written without <c>=</c>, as one that takes no value is.</summary>
    public bool IsBare => _value is null;

    /// <summary>What a person is told of an option that is not known.</summary>
    public string Unknown => $"There is no option {words[_next - 1]}.";

    /// <summary>Goes on to the next option; false where there is none.</summary>
    public bool Read()
    {
        if (_next == words.Count)
        {
            return false;
        }

        var word = words[_next++];
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        (Name, _value) = equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
        return true;
    }

    /// <summary>The option's value: what stands after <c>=</c>, or else the next word unless that is an option; empty where there is none.</summary>
    public string Value() => _value ??= _next < words.Count && !words[_next].StartsWith("--", StringComparison.Ordinal) ? words[_next++] : "";
}
