using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Invites;

/// <summary>Invites, connections and contacts.</summary>
public static class InvitesFeature
{
    /// <summary>Registers invites, connections and contacts.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddInvites(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(InviteSettings.Read(configuration))
        .AddSingleton<ConnectionStore>()
        .AddSingleton<ContactStore>()
        .AddSingleton<IRelations>(provider => provider.GetRequiredService<ContactStore>())
        .AddSingleton<InviteConduct>()
        .AddSingleton<InviteService>();
}
