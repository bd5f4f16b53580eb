using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests;

/// <summary>Putting something of a test's around a service of the host's.</summary>
public static class Decoration
{
    /// <summary>Replaces a singleton by what <paramref name="decorate"/> makes of it.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var original = services.Last(service => service.ServiceType == typeof(T));
        services.Replace(ServiceDescriptor.Singleton(provider => decorate(
            original.ImplementationInstance as T
            ?? original.ImplementationFactory?.Invoke(provider) as T
            ?? (T)ActivatorUtilities.CreateInstance(provider, original.ImplementationType!))));
    }
}
