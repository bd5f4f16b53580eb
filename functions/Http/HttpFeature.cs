using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Http;

/// <summary>What every HTTP function shares.</summary>
public static class HttpFeature
{
    // Nobody holds a call for longer than a slow phone needs: from then on a body comes at this rate, or its call is refused.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>Adds the shared services.</summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddHttpApi(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
            // Each call reads no more than it takes, and says so; the server would cut a larger body off with no word of why.
            kestrel.Limits.MaxRequestBodySize = null;
        })
        .AddSingleton(IdentitySettings.Read(configuration))
        .AddSingleton(CallLimitSettings.Read(configuration))
        .AddSingleton<CallLimits>()
        .AddSingleton<TokenValidator>()
        .AddHostedService<IssuerAtStart>()
        .AddSingleton<HttpApi>();
}
