using Connections.Email.Preferences;
using Connections.Email.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Email;

/// <summary>What notices are made of.</summary>
public static class EmailFeature
{
    /// <summary>Adds the feature's services.</summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddEmail(this IServiceCollection services, IConfiguration configuration) => services
        .AddNoticeRendering()
        .AddEmailPreferences(configuration)
        .AddSingleton<NoticeHandover>()
        .AddSingleton<NoticeSender>();
}
