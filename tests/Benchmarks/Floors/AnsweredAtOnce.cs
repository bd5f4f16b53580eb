using System.Collections.Concurrent;
using System.Net;

namespace Connections.Benchmarks.Floors;

/// <summary>Answers each request as it was answered the first time, from memory: what a client takes by itself is what is left.</summary>
internal sealed class AnsweredAtOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Telling =
        ["x-ms-documentdb-partitionkey", "x-ms-continuation", "x-ms-cosmos-is-query-plan-request", "If-None-Match"];

    private readonly ConcurrentDictionary<string, Kept> _answers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = Telling.Select(name => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "");
        var key = $"{request.Method} {request.RequestUri} {string.Join(' ', headers)} {body}";
        if (!_answers.TryGetValue(key, out var kept))
        {
            using var answer = await base.SendAsync(request, cancellationToken);
            _answers[key] = kept = new Kept(
                answer.StatusCode,
                await answer.Content.ReadAsByteArrayAsync(cancellationToken),
                [.. answer.Headers.Concat(answer.Content.Headers).Select(header => (header.Key, header.Value.First()))]);
        }

        var again = new HttpResponseMessage(kept.Status) { RequestMessage = request, Content = new ByteArrayContent(kept.Body) };
        foreach (var (name, value) in kept.Headers)
        {
            _ = again.Headers.TryAddWithoutValidation(name, value) || again.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return again;
    }

    private sealed record Kept(HttpStatusCode Status, byte[] Body, (string Name, string Value)[] Headers);
}
