using Connections.Files.Inspection;

namespace Connections.Files;

/// <summary>Registers files.</summary>
public static class FilesFeature
{
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(FilesSettings.Read(configuration))
        .AddSingleton<FileRecords>()
        .AddSingleton<FileInspector>()
        .AddSingleton<FileChecks>()
        .AddSingleton<Avatars>();
}
