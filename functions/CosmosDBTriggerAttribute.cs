using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for batches of changed documents. At most once: a batch that fails its last retry is lost.</summary>
/// <remarks>
/// Stands in for the attribute of Microsoft.Azure.Functions.Worker.Extensions.CosmosDB, which not every package registry has. The names,
/// properties and metadata are the same, so the Worker SDK writes what the Functions host expects. Delete this file once that package is
/// used.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter)]
[BindingCapabilities(KnownBindingCapabilities.FunctionLevelRetry)]
public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : TriggerBindingAttribute
{
    /// <summary>The watched database.</summary>
    public string DatabaseName => databaseName;

    /// <summary>The watched container.</summary>
    public string ContainerName => containerName;

    /// <summary>The prefix of the settings that name the account.</summary>
    public string? Connection { get; set; }

    /// <summary>The container that holds the leases.</summary>
    public string? LeaseContainerName { get; set; }

    /// <summary>Separates this function's leases from those of other functions in the same container.</summary>
    public string? LeaseContainerPrefix { get; set; }

    /// <summary>Milliseconds to wait before the next poll when a poll returned no changes.</summary>
    public int FeedPollDelay { get; set; }

    /// <summary>Milliseconds between renewals of a lease.</summary>
    public int LeaseRenewInterval { get; set; }

    /// <summary>Milliseconds between attempts to acquire leases.</summary>
    public int LeaseAcquireInterval { get; set; }

    /// <summary>Milliseconds after which another instance can take a lease that has not been renewed.</summary>
    public int LeaseExpirationInterval { get; set; }

    /// <summary>The most documents in one batch.</summary>
    public int MaxItemsPerInvocation { get; set; }

    /// <summary>Whether a function without a lease starts at the container's first change; otherwise it starts now.</summary>
    public bool StartFromBeginning { get; set; }
}
