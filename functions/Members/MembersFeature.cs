using Connections.Http;

namespace Connections.Members;

/// <summary>Registers the services of profiles.</summary>
public static class MembersFeature
{
    public static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<MemberStore>()
        .AddSingleton<CallerGate>()
        .AddSingleton<ICallerGate>(provider => provider.GetRequiredService<CallerGate>())
        .AddSingleton<Registration>();
}
