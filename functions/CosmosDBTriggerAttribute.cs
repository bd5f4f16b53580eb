using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for batches of changed documents. At most once: a batch that still fails after the last retry is lost.</summary>
/// <remarks>
/// Stands in for the attribute of Microsoft.Azure.Functions.Worker.Extensions.CosmosDB, which not every package registry has: the same name, the same
/// properties and the same metadata, so that the Worker SDK writes what the Functions host reads. With that package this file goes.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter)]
[BindingCapabilities(KnownBindingCapabilities.FunctionLevelRetry)]
public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : TriggerBindingAttribute
{
    /// <summary>The database that is watched.</summary>
    public string DatabaseName => databaseName;

    /// <summary>The container that is watched.</summary>
    public string ContainerName => containerName;

    /// <summary>The prefix of the settings that say where the account is.</summary>
    public string? Connection { get; set; }

    /// <summary>The container of the leases.</summary>
    public string? LeaseContainerName { get; set; }

    /// <summary>Tells this function's leases from others in the same container.</summary>
    public string? LeaseContainerPrefix { get; set; }

    /// <summary>Milliseconds between polls of a feed that had nothing new.</summary>
    public int FeedPollDelay { get; set; }

    /// <summary>Milliseconds between renewals of a lease.</summary>
    public int LeaseRenewInterval { get; set; }

    /// <summary>Milliseconds between looks for leases to take.</summary>
    public int LeaseAcquireInterval { get; set; }

    /// <summary>Milliseconds after which a lease that was not renewed is taken by another instance.</summary>
    public int LeaseExpirationInterval { get; set; }

    /// <summary>The most documents in one batch.</summary>
    public int MaxItemsPerInvocation { get; set; }

    /// <summary>Whether a function with no lease yet starts from the container's first change; otherwise from now.</summary>
    public bool StartFromBeginning { get; set; }
}
