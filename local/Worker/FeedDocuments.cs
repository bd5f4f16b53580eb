using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Connections.Local.Worker;

/// <summary>Reads changed documents as the Functions host does: by Newtonsoft's JSON, before the function's own reader sees them.</summary>
/// <remarks>
/// Unless host.json says otherwise, that library takes texts for dates: it writes some of them anew, and fails on others, which stops the feed for every
/// document after it. What passes here must pass there.
/// </remarks>
internal static class FeedDocuments
{
    /// <summary>The documents of an answer of the change feed, as an array.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">The host could not read them.</exception>
    public static JsonDocument Read(Stream changes, DateParseHandling dates)
    {
        using var reader = new JsonTextReader(new StreamReader(changes, Encoding.UTF8)) { DateParseHandling = dates };
        var documents = JObject.Load(reader)["Documents"]!;
        return JsonDocument.Parse(documents.ToString(Formatting.None));
    }
}
