namespace Connections.Local;

/// <summary>Reads options one by one, each written <c>--name VALUE</c> or <c>--name=VALUE</c>.</summary>
internal sealed class OptionWords(IReadOnlyList<string> words)
{
    private int _next;
    private string? _value;

    /// <summary>The option's name; the whole word if it is not an option.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether the option was written without <c>=</c>.</summary>
    public bool IsBare => _value is null;

    /// <summary>The message for an unknown option.</summary>
    public string Unknown => $"There is no option {words[_next - 1]}.";

    /// <summary>Moves to the next option; false if there is none.</summary>
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

    /// <summary>The option's value: the text after <c>=</c>, or the next word unless that is an option; empty if there is none.</summary>
    public string Value() =>
        _value ??= _next < words.Count && !words[_next].StartsWith("--", StringComparison.Ordinal) ? words[_next++] : "";
}
