using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Http;

/// <summary>What every HTTP function shares.</summary>
public static class HttpFeature
{
    /// <summary>Adds the shared services.</summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddHttpApi(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(IdentitySettings.Read(configuration))
        .AddSingleton<TokenValidator>()
        .AddSingleton<HttpApi>()
        .AddSingleton<Health>();
}
