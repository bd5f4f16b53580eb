using Connections.Http;
using Connections.Members.Export;
using Connections.Members.Facets;
using Connections.Members.FollowUp;
using Connections.Members.Load;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Members;

/// <summary>Registers profiles and search.</summary>
public static class MembersFeature
{
    /// <summary>Adds what the calls need. <see cref="IRelations"/> is added by who knows the connections.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddMembers(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(LoadSettings.Read(configuration))
        .AddSingleton<CreatorLoad>()
        .AddSingleton(FacetSettings.Read(configuration))
        .AddSingleton<FacetCounter>()
        .AddSingleton<MemberStore>()
        .AddSingleton<CallerGate>()
        .AddSingleton<ICallerGate>(provider => provider.GetRequiredService<CallerGate>())
        .AddSingleton<Registration>()
        .AddSingleton<ExportWriter>()
        .AddSingleton<MemberFollowUp>()
        .AddSingleton<Erasure>()
        .AddSingleton<TieReader>();
}
