using Connections.Cosmos;
using Connections.Local;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests;

/// <summary>Decorates services of a host.</summary>
public static class Decoration
{
    /// <summary>Replaces a singleton with the result of <paramref name="decorate"/>.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var original = services.Last(service => service.ServiceType == typeof(T));
        services.Replace(ServiceDescriptor.Singleton(provider => decorate(
            original.ImplementationInstance as T
            ?? original.ImplementationFactory?.Invoke(provider) as T
            ?? (T)ActivatorUtilities.CreateInstance(provider, original.ImplementationType!))));
    }

    /// <summary>Starts a host with a handler around the SDK, and without triggers: all requests are those of calls.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="services">Further changes of services.</param>
    /// <param name="change">Other changes; without them there are no demo creators.</param>
    public static Task<LocalHostFixture> StartHostWithoutTriggersAsync(
        this RequestHandler handler, Action<IServiceCollection>? services = null, Func<LocalOptions, LocalOptions>? change = null) =>
        LocalHostFixture.StartWithoutTriggersAsync(o => (change ?? (same => same))(o with
        {
            Services = all =>
            {
                all.AroundDatabase(handler);
                services?.Invoke(all);
            },
        }));

    /// <summary>Puts a handler around the SDK of the host's database.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="wire">Wraps the transport between the SDK and the database; null to leave it unchanged.</param>
    public static void AroundDatabase(
        this IServiceCollection services, RequestHandler handler, Func<HttpClient, HttpMessageHandler>? wire = null) =>
        services.Decorate<CosmosClient>(original =>
    {
        var options = Connections.Cosmos.Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        options.HttpClientFactory = wire is null
            ? original.ClientOptions.HttpClientFactory
            : () => new HttpClient(wire(original.ClientOptions.HttpClientFactory()));
        options.CustomHandlers.Add(handler);
        return new CosmosClient(original.Endpoint.AbsoluteUri, "bG9jYWw=", options);
    });
}
