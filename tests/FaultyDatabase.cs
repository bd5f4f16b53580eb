using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests;

/// <summary>A database that fails when a test says so: a handler around the SDK.</summary>
public sealed class FaultyDatabase : RequestHandler
{
    /// <summary>Whether a request, by its method and path, fails.</summary>
    public Func<HttpMethod, string, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>Starts a host on this database, in which nothing runs by itself.</summary>
    public Task<LocalHostFixture> StartStillHostAsync() => LocalHostFixture.StartAsync(o => o with
    {
        Creators = 0,
        Services = services =>
        {
            Watch(services);
            services.RemoveAll<IHostedService>();
        },
    });

    /// <summary>Puts this handler around the host's database.</summary>
    public void Watch(IServiceCollection services) => services.AroundDatabase(this);

    /// <inheritdoc/>
    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Fails(request.Method, request.RequestUri.OriginalString)
            ? throw new HttpRequestException("The test says so.")
            : base.SendAsync(request, cancellationToken);
    }
}
