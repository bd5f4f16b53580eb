using System.Text.Json;

namespace Connections.Email;

/// <summary>The names of notice kinds outside this process: in JSON, in links, in templates and sentences.</summary>
public static class NoticeKinds
{
    private static readonly Dictionary<string, NoticeKind> Named = Enum.GetValues<NoticeKind>().ToDictionary(JsonName, StringComparer.Ordinal);

    /// <summary>Every kind, in the order of its declaration.</summary>
    public static IReadOnlyList<NoticeKind> All { get; } = Enum.GetValues<NoticeKind>();

    /// <summary>The kind's name in camelCase, such as <c>inviteReceived</c>; never changes, for links hold it.</summary>
    public static string JsonName(this NoticeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Reads a name; false when there is no such kind.</summary>
    public static bool TryParse(string name, out NoticeKind kind) => Named.TryGetValue(name, out kind);
}
