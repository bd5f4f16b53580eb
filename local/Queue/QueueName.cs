using System.Text.RegularExpressions;

namespace Connections.Local.Queue;

/// <summary>The names that Storage queues take.</summary>
public static partial class QueueName
{
    /// <summary>Why <paramref name="name"/> cannot name a queue with a poison queue beside it; null when it can.</summary>
    public static string? Refusal(string name) =>
        IsName(name) && IsName(Poison(name))
            ? null
            : $"'{name}' cannot name a queue: 3 to 63 lower-case letters, digits and single hyphens, with room for '-poison'.";

    /// <summary>Where messages of <paramref name="name"/> go that failed too often.</summary>
    public static string Poison(string name) => name + "-poison";

    /// <summary>The name, or an exception that says what is wrong with it.</summary>
    internal static string Checked(string name) =>
        IsName(name) ? name : throw new ArgumentException(Refusal(name), nameof(name));

    private static bool IsName(string name) => name.Length is >= 3 and <= 63 && Form().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
