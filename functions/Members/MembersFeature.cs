using Microsoft.Extensions.DependencyInjection;

namespace Connections.Members;

/// <summary>Registers profiles and search.</summary>
public static class MembersFeature
{
    /// <summary>Adds what the calls need. <see cref="IRelations"/> is added by who knows the connections.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<MemberStore>()
        .AddSingleton<Registration>()
        .AddSingleton<TieReader>();
}
