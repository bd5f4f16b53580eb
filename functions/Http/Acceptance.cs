using Microsoft.Net.Http.Headers;

namespace Connections.Http;

/// <summary>What a caller can read, by the headers <c>Accept</c> and <c>Accept-Encoding</c>.</summary>
/// <remarks>A header that cannot be parsed counts as absent.</remarks>
internal static class Acceptance
{
    // The one that compresses better first.
    private static readonly string[] Codings = ["br", "gzip"];

    /// <summary>Whether the caller takes a media type. A caller without <c>Accept</c> takes all.</summary>
    public static bool Takes(this HttpRequest request, string mediaType)
    {
        if (request.Headers.Accept.Count == 0
            || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
            || ranges.Count == 0)
        {
            return true;
        }

        var type = new MediaTypeHeaderValue(mediaType);
        // The most specific range decides (RFC 9110, 12.5.1). Parameters, such as a charset, do not matter: there is one form of each type.
        return ranges
            .Where(range => range.MatchesAllTypes
                || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
                    && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase))))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => (range.Quality ?? 1) > 0)
            .FirstOrDefault();
    }

    /// <summary>Whether the caller takes pages, and says so by name, as browsers do when people follow a link.</summary>
    public static bool TakesPages(this HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    /// <summary>The content coding to use: <c>br</c>, <c>gzip</c>, or null for none.</summary>
    public static string? Coding(this HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
        {
            return null;
        }

        var best = Codings.MaxBy(Quality)!;
        return Quality(best) > 0 ? best : null;

        double Quality(string coding) =>
            (accepted.FirstOrDefault(entry => entry.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
                ?? accepted.FirstOrDefault(entry => entry.Value == "*")) is { } entry ? entry.Quality ?? 1 : 0;
    }
}
