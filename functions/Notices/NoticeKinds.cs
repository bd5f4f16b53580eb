using System.Text.Json;

namespace Connections.Notices;

/// <summary>The names of notice kinds outside this process: in JSON, in links, in templates and sentences.</summary>
public static class NoticeKinds
{
    /// <summary>Every kind that members get, and choose whether to, in the order of its declaration.</summary>
    public static IReadOnlyList<NoticeKind> All { get; } = [.. Enum.GetValues<NoticeKind>().Where(kind => kind != NoticeKind.Report)];

    private static readonly Dictionary<string, NoticeKind> Named = All.ToDictionary(JsonName, StringComparer.Ordinal);

    /// <summary>The kind's name in camelCase, such as <c>inviteReceived</c>; never changes, for links hold it.</summary>
    public static string JsonName(this NoticeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Reads a name; false when members get no such kind.</summary>
    public static bool TryParse(string name, out NoticeKind kind) => Named.TryGetValue(name, out kind);
}
