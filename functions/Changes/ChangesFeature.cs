namespace Connections.Changes;

/// <summary>What an app that was away has missed.</summary>
public static class ChangesFeature
{
    /// <summary>Registers changes.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddChanges(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ChangesSettings.Read(configuration))
        .AddSingleton<ChangeReader>();
}
