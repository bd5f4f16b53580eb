using System.Net;
using System.Net.Http.Headers;

namespace Connections.Emulators.Cosmos;

/// <summary>Passes the requests of a <c>CosmosClient</c> in gateway mode to a store in this process.</summary>
/// <remarks>Set it with <c>CosmosClientOptions.HttpClientFactory</c>.</remarks>
public sealed class CosmosHandler(CosmosStore store) : HttpMessageHandler
{
    private readonly CosmosRest _rest = new(store);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = await _rest.AnswerAsync(
            new CosmosRequest(
                request.Method.Method, request.RequestUri!.AbsolutePath, name => Header(request, name), body), cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(answer.Body),
        };
        if (!answer.Body.IsEmpty)
        {
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
