using Connections.Account;
using Connections.Changes;
using Connections.Chat;
using Connections.Clients;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Email;
using Connections.Files;
using Connections.FollowUp;
using Connections.Health;
using Connections.Http;
using Connections.Invites;
using Connections.Limits;
using Connections.Members;
using Connections.Moderation;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;

namespace Connections;

/// <summary>The application: every feature's services, for any host.</summary>
public static class ConnectionsApp
{
    /// <summary>
    /// Adds all features. The host adds the outside services: a <c>CosmosClient</c> with <see cref="Containers.ClientOptions"/>,
    /// an <see cref="ILiveDelivery"/>, an <see cref="IMailer"/>, an <see cref="INoticeQueue"/>, an <see cref="IFileStore"/> and a
    /// <see cref="TimeProvider"/>.
    /// </summary>
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddConnections(this IServiceCollection services, IConfiguration configuration) => services
        .AddLogging(logging => logging.WithoutAddresses())
        .AddSingleton<Containers>()
        .AddHttpApi(configuration)
        .AddSingleton<AllowanceStore>()
        .AddSingleton<SharedAllowances>()
        .AddSingleton<CapStore>()
        .AddFiles(configuration)
        .AddMembers()
        .AddCreators(configuration)
        .AddInvites(configuration)
        .AddChat(configuration)
        .AddChanges(configuration)
        .AddSafety(configuration)
        .AddModeration(configuration)
        .AddEmail(configuration)
        .AddSingleton<ConnectionFollowUp>()
        .AddSingleton<MessageSweep>()
        .AddSingleton<ReadMarkSweep>()
        .AddSingleton<PairProfiles>()
        .AddSingleton<MemberFollowUp>()
        .AddSingleton<Erasure>()
        .AddSingleton<ExportWriter>()
        .AddSingleton(ClientsSettings.Read(configuration))
        .AddSingleton<HealthCheck>();
}
