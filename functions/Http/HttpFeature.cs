using Connections.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Connections.Http;

/// <summary>Registers the services that every HTTP function shares.</summary>
public static class HttpFeature
{
    // Slow phones get a grace period. After it, a body must arrive at this rate, so that no client can hold a call open.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddHttpApi(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
            // Each call enforces its own limit with a problem document. The server would cut the body off without an explanation.
            kestrel.Limits.MaxRequestBodySize = null;
        })
        .AddSingleton(LinkSettings.Read(configuration))
        .AddSingleton(ReplySettings.Read(configuration))
        .AddSingleton(IdentitySettings.Read(configuration))
        .AddSingleton(CallLimitSettings.Read(configuration))
        .AddSingleton<CallLimits>()
        .AddSingleton(_ => new DeprecatedCalls(GetContract.Text()))
        .AddSingleton<TokenValidator>()
        .AddHostedService<IssuerAtStart>()
        .AddSingleton<HttpApi>();
}
