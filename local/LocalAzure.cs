using Connections.Local.Cosmos;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Connections.Notices;
using Microsoft.Azure.Cosmos;

namespace Connections.Local;

/// <summary>What stands in for Azure.</summary>
/// <param name="Folder">Where all of it is kept.</param>
/// <param name="Doors">What the host listens on.</param>
/// <param name="Store">What the database is kept in.</param>
/// <param name="Cosmos">The database, still loading while the rest is put together; done before anything runs.</param>
/// <param name="Queue">The queues.</param>
/// <param name="Mail">The outbox.</param>
/// <param name="Issuer">Who signs the tokens.</param>
/// <param name="Grants">The issuer's codes and refresh tokens that are out.</param>
internal sealed record LocalAzure(
    DataFolder Folder, Doors Doors, CosmosStore Store, Task<CosmosClient> Cosmos, LocalQueue Queue, LocalMail Mail, LocalIssuer Issuer, Grants Grants);
