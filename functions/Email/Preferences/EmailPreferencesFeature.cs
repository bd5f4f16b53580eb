using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Email.Preferences;

/// <summary>Registers email preferences and unsubscribing.</summary>
public static class EmailPreferencesFeature
{
    /// <summary>Adds <see cref="LinkSettings"/> where they are not there yet, and what the calls need.</summary>
    /// <exception cref="Connections.Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddEmailPreferences(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(LinkSettings.Read(configuration));
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<Unsubscribing>();
        return services;
    }
}
