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

    /// <summary>What a request, by its method and path, waits for before it is sent: the place for what a test wants to happen in between.</summary>
    public Func<HttpMethod, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Starts a host on this database, in which nothing runs by itself.</summary>
    /// <param name="services">What else is of the test's own.</param>
    public Task<LocalHostFixture> StartStillHostAsync(Action<IServiceCollection>? services = null) => LocalHostFixture.StartAsync(o => o with
    {
        Creators = 0,
        Services = all =>
        {
            Watch(all);
            all.RemoveAll<IHostedService>();
            services?.Invoke(all);
        },
    });

    /// <summary>Puts this handler around the host's database.</summary>
    public void Watch(IServiceCollection services) => services.AroundDatabase(this);

    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (method, path) = (request.Method, request.RequestUri.OriginalString);
        if (Fails(method, path))
        {
            throw new HttpRequestException("The test says so.");
        }

        await Before(method, path);
        return await base.SendAsync(request, cancellationToken);
    }
}
