namespace Connections.Moderation;

/// <summary>Registers the services of the moderator's desk.</summary>
public static class ModerationFeature
{
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddModeration(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ModerationSettings.Read(configuration))
        .AddSingleton<AuditStore>()
        .AddSingleton<StandingFollowUp>()
        .AddSingleton<DecisionFollowUp>()
        .AddSingleton<ModerationService>()
        .AddSingleton<ModeratedReports>();
}
