using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>A handler around the SDK that fails the database requests a test chooses.</summary>
public sealed class FaultyDatabase : RequestHandler
{
    /// <summary>Chooses by method and path whether a request fails.</summary>
    public Func<HttpMethod, string, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>Runs before a request, given its method and path. Tests use it to interleave other changes.</summary>
    public Func<HttpMethod, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Puts this handler around the host's database.</summary>
    public void Watch(IServiceCollection services) => services.AroundDatabase(this);

    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var (method, path) = (request.Method, request.RequestUri.OriginalString);
        if (Fails(method, path))
        {
            throw new HttpRequestException("The test fails this request.");
        }

        await Before(method, path);
        return await base.SendAsync(request, cancellationToken);
    }
}
