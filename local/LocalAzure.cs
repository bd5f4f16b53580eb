using Connections.Emulators.Blobs;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Email;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Local.Identity;
using Microsoft.Azure.Cosmos;

namespace Connections.Local;

/// <summary>The parts of a host that stand in for Azure and for the issuer.</summary>
/// <param name="Cosmos">A client of <paramref name="Store"/>, ready once the demo data is loaded.</param>
internal sealed record LocalAzure(
    DataFolder Folder,
    SqliteFile File,
    ListeningSockets Sockets,
    CosmosStore Store,
    Task<CosmosClient> Cosmos,
    LocalQueue Queue,
    LocalBlobs Blobs,
    LocalMail Mail,
    LocalIssuer Issuer,
    Grants Grants);
