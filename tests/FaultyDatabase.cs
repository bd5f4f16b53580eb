using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>A database that fails when a test says so: a handler around the SDK.</summary>
public sealed class FaultyDatabase : RequestHandler
{
    /// <summary>Whether a request, by its method and path, fails.</summary>
    public Func<HttpMethod, string, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>Puts this handler around the host's database.</summary>
    public void Watch(IServiceCollection services) => services.Decorate<CosmosClient>(original =>
    {
        var options = Database.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        options.HttpClientFactory = original.ClientOptions.HttpClientFactory;
        options.CustomHandlers.Add(this);
        return new CosmosClient(original.Endpoint.AbsoluteUri, "bG9jYWw=", options);
    });

    /// <inheritdoc/>
    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Fails(request.Method, request.RequestUri.OriginalString)
            ? throw new HttpRequestException("The test says so.")
            : base.SendAsync(request, cancellationToken);
    }
}
