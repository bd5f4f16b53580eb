using Connections.Cosmos;

namespace Connections.Http;

/// <summary>GET /api/openapi.yaml: the contract of all calls and live events that this build was tested against.</summary>
public sealed class GetContract(HttpApi http)
{
    private static readonly byte[] Document = Read();

    /// <summary>Answers 200 with an ETag, or 304. Clients may cache it, and revalidate.</summary>
    [Function(nameof(GetContract))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.yaml")] HttpRequest request) =>
        http.HandleOpen(request, _ =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-cache";
            return Task.FromResult(ContentTag.Answer(request, Document, "application/yaml"));
        });

    private static byte[] Read()
    {
        using var stream = typeof(GetContract).Assembly.GetManifestResourceStream("openapi.yaml")
            ?? throw new InvalidOperationException("openapi.yaml is not embedded in the assembly.");
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}
