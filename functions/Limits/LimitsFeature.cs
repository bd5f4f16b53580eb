using Microsoft.Extensions.DependencyInjection;

namespace Connections.Limits;

/// <summary>What the limits that are counted in the database are made of.</summary>
public static class LimitsFeature
{
    /// <summary>Adds the feature's services.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSingleton<AllowanceStore>()
        .AddSingleton<CapStore>();
}
