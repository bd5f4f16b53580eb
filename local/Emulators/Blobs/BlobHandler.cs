using System.Net;

namespace Connections.Emulators.Blobs;

/// <summary>Passes the requests of a <c>BlobServiceClient</c> to blobs in this process.</summary>
/// <remarks>Set it with <c>BlobClientOptions.Transport</c>.</remarks>
public sealed class BlobHandler(LocalBlobs blobs, LocalBlobsOptions options) : HttpMessageHandler
{
    private readonly BlobRest _rest = new(blobs, options);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken);
        var answer = await _rest.AnswerAsync(
            new BlobRequest(request.Method.Method, request.RequestUri!, name => Header(request, name), [.. ServiceHeaders(request)], body),
            cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(answer.Body ?? Stream.Null),
        };
        foreach (var (name, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        response.Content.Headers.ContentLength = answer.Length;
        return response;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString()
        : request.Content?.Headers is not { } content ? null
        : name == "Content-Length" ? content.ContentLength?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : content.NonValidated.TryGetValues(name, out var ofContent) ? ofContent.ToString()
        : null;

    private static IEnumerable<string> ServiceHeaders(HttpRequestMessage request) =>
        request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .Select(header => header.Key).Where(name => name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));
}
