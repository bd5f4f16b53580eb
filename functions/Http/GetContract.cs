using System.Text;
using Connections.Settings;

namespace Connections.Http;

/// <summary>GET /api/openapi.yaml: the contract of all calls and live events that this build was tested against.</summary>
/// <remarks>The file has examples in place of the two addresses that differ between deployments.</remarks>
public sealed class GetContract(HttpApi http, LinkSettings links, IdentitySettings identity)
{
    private const string Media = "application/yaml";

    private const string ServerUrl = "https://connections.example.com";
    private const string DiscoveryUrl = "https://login.example.com/.well-known/openid-configuration";

    private readonly byte[] _document = Encoding.UTF8.GetBytes(Text()
        .Replace($"- url: {ServerUrl}\n", $"- url: {links.ApiUrl.AbsoluteUri.TrimEnd('/')}\n", StringComparison.Ordinal)
        .Replace(
            $"openIdConnectUrl: {DiscoveryUrl}\n", $"openIdConnectUrl: {identity.Discovery.AbsoluteUri}\n", StringComparison.Ordinal));

    /// <summary>Answers 200 with an ETag, or 304. Clients may cache it, and revalidate.</summary>
    [Function(nameof(GetContract))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.yaml")] HttpRequest request) =>
        http.HandleOpen(request, _ =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-cache";
            return Task.FromResult(ContentTag.Answer(request, _document, Media));
        }, Media);

    /// <summary>The contract as it is built into the app.</summary>
    public static string Text() => Resources.Read("openapi.yaml");
}
