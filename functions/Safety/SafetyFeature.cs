using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Safety;

/// <summary>Registers what keeps members safe from each other: blocks and reports.</summary>
public static class SafetyFeature
{
    /// <summary>Adds the feature's services.</summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddSafety(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SafetySettings.Read(configuration))
        .AddSingleton<BlockStore>()
        .AddSingleton<BlockDesk>()
        .AddSingleton<ReportStore>()
        .AddSingleton<ReportFollowUp>()
        .AddSingleton<ReportDesk>();
}
