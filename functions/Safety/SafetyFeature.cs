using Microsoft.Extensions.DependencyInjection;

namespace Connections.Safety;

/// <summary>Registers what keeps members safe from each other.</summary>
public static class SafetyFeature
{
    /// <summary>Adds the feature's services.</summary>
    public static IServiceCollection AddSafety(this IServiceCollection services) => services
        .AddSingleton<BlockStore>()
        .AddSingleton<BlockDesk>();
}
