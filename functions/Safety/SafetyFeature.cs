using Connections.Chat;

namespace Connections.Safety;

/// <summary>Blocks and reports.</summary>
public static class SafetyFeature
{
    /// <summary>Registers blocks and reports.</summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddSafety(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SafetySettings.Read(configuration))
        .AddSingleton<BlockStore>()
        .AddSingleton<BlockService>()
        .AddSingleton<ReportStore>()
        .AddSingleton<IReportedFiles>(provider => provider.GetRequiredService<ReportStore>())
        .AddSingleton<ReportFollowUp>()
        .AddSingleton<ReportService>();
}
