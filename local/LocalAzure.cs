using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Microsoft.Azure.Cosmos;

namespace Connections.Local;

/// <summary>What stands in for Azure, opened and ready.</summary>
internal sealed record LocalAzure(DataFolder Folder, Doors Doors, CosmosClient Cosmos, LocalQueue Queue, LocalMail Mail, LocalIssuer Issuer);
