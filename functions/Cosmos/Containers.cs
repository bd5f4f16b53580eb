using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>The containers of the one database. Their keys and indexing policies are in <c>infra/cosmos</c>.</summary>
public sealed class Containers(CosmosClient client)
{
    /// <summary>The database's name.</summary>
    public const string Name = "connections";

    /// <summary>The prefix of the settings that say where the Cosmos account is.</summary>
    public const string Connection = "Cosmos";

    /// <summary>The container of profiles.</summary>
    public const string MembersContainer = "members";

    /// <summary>The container of the records of pairs.</summary>
    public const string ConnectionsContainer = "connections";

    /// <summary>The container of chat messages.</summary>
    public const string MessagesContainer = "messages";

    /// <summary>The container of the change feed's leases.</summary>
    public const string LeasesContainer = "leases";

    /// <summary>Profiles, by <c>/id</c>.</summary>
    public Container Members { get; } = client.GetContainer(Name, MembersContainer);

    /// <summary>Favourites, by <c>/memberId</c>.</summary>
    public Container Favourites { get; } = client.GetContainer(Name, "favourites");

    /// <summary>The record of each pair, by <c>/id</c>.</summary>
    public Container Connections { get; } = client.GetContainer(Name, ConnectionsContainer);

    /// <summary>What each member sees of their connections, and the member's counters, by <c>/memberId</c>.</summary>
    public Container Contacts { get; } = client.GetContainer(Name, "contacts");

    /// <summary>Chat messages, by <c>/connectionId</c>.</summary>
    public Container Messages { get; } = client.GetContainer(Name, MessagesContainer);

    /// <summary>The members that each member blocks, by <c>/memberId</c>.</summary>
    public Container Blocks { get; } = client.GetContainer(Name, "blocks");

    /// <summary>Reports, by <c>/reportedId</c> of the reported member.</summary>
    public Container Reports { get; } = client.GetContainer(Name, "reports");

    /// <summary>How far the change feed has been read, by <c>/id</c>.</summary>
    public Container Leases { get; } = client.GetContainer(Name, LeasesContainer);

    /// <summary>What moderators did about each member, by <c>/memberId</c>. Only added to.</summary>
    public Container Audit { get; } = client.GetContainer(Name, "audit");

    /// <summary>The files of each member, without their bytes, by <c>/folder</c> of the member.</summary>
    public Container Files { get; } = client.GetContainer(Name, "files");

    /// <summary>
    /// The options that every client of this database must have: the app's JSON, and no document in the answer to a write.
    /// </summary>
    public static CosmosClientOptions ClientOptions() => new()
    {
        UseSystemTextJsonSerializerWithOptions = Json.Options,
        EnableContentResponseOnWrite = false,
        ApplicationName = "connections",
        CustomHandlers = { new DatabaseSignals() },
    };
}
