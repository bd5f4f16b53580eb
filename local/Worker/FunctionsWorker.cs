using System.Reflection;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Local.Worker;

/// <summary>The Functions host in this process: runs an assembly's functions by their triggers.</summary>
public static class FunctionsWorker
{
    /// <summary>Adds the functions of an assembly. Their triggers run from the host's start to its stop.</summary>
    /// <param name="services">Must also have a CosmosClient, a <see cref="SqliteFile"/>, a <see cref="LocalQueue"/> and a
    /// <see cref="TimeProvider"/>.</param>
    /// <param name="functions">The assembly with the <c>[Function]</c> methods.</param>
    /// <param name="hostJsonPath">host.json, read now.</param>
    /// <remarks>A function that cannot be bound stops the start with a <see cref="FunctionBindingException"/>.</remarks>
    /// <exception cref="InvalidDataException">host.json has a malformed setting.</exception>
    public static void AddFunctionsWorker(this IServiceCollection services, Assembly functions, string hostJsonPath) =>
        services.AddFunctionsWorker(functions.GetTypes(), hostJsonPath);

    /// <summary>The same for the functions of the given types.</summary>
    internal static void AddFunctionsWorker(this IServiceCollection services, IReadOnlyList<Type> types, string hostJsonPath)
    {
        services.AddRouting();
        services.AddSingleton(HostSettings.Read(hostJsonPath));
        services.AddSingleton(provider => FunctionCatalog.Bind(types, provider));
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<ListenerFactory>();
        services.AddSingleton<TimerMonitor>();
        services.AddHostedService<ListenerService>();
    }

    /// <summary>Maps the HTTP functions below host.json's prefix. Any other request there gets a problem document, 404 or 405.</summary>
    /// <exception cref="FunctionBindingException">A function cannot be bound.</exception>
    public static void MapFunctions(this IEndpointRouteBuilder app) => app.ServiceProvider.GetRequiredService<HttpFunctions>().Map(app);
}
