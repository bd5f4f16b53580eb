using System.Collections.Concurrent;
using System.Net;

namespace Connections.Benchmarks.Floors;

/// <summary>Replays the first answer to each request from memory, so that only the cost of the client remains.</summary>
internal sealed class ReplayHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] KeyHeaders =
        ["x-ms-documentdb-partitionkey", "x-ms-continuation", "x-ms-cosmos-is-query-plan-request", "If-None-Match"];

    private readonly ConcurrentDictionary<string, Recorded> _answers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = KeyHeaders.Select(name => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "");
        var key = $"{request.Method} {request.RequestUri} {string.Join(' ', headers)} {body}";
        if (!_answers.TryGetValue(key, out var recorded))
        {
            using var answer = await base.SendAsync(request, cancellationToken);
            _answers[key] = recorded = new Recorded(
                answer.StatusCode,
                await answer.Content.ReadAsByteArrayAsync(cancellationToken),
                [.. answer.Headers.Concat(answer.Content.Headers).Select(header => (header.Key, header.Value.First()))]);
        }

        var replayed = new HttpResponseMessage(recorded.Status) { RequestMessage = request, Content = new ByteArrayContent(recorded.Body) };
        foreach (var (name, value) in recorded.Headers)
        {
            _ = replayed.Headers.TryAddWithoutValidation(name, value) || replayed.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return replayed;
    }

    private sealed record Recorded(HttpStatusCode Status, byte[] Body, (string Name, string Value)[] Headers);
}
