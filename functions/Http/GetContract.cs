using Connections.Cosmos;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Http;

/// <summary>GET /api/openapi.yaml: the contract of every call and live event, the <c>openapi.yaml</c> that this build was tested against.</summary>
public sealed class GetContract(HttpApi http)
{
    private static readonly byte[] Document = Read();

    /// <summary>Answers 200 with an ETag, or 304. Anybody may keep it, and asks again whether it is still the same.</summary>
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
            ?? throw new InvalidOperationException("The contract is not built in.");
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}
