namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function, by the name that logs and operators know it by.</summary>
/// <remarks>
/// The names and signatures in this folder are the Functions worker's own, so that the same source compiles against
/// either; only what <c>functions/</c> uses is here.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name, unique in the app.</summary>
    public string Name => name;
}

/// <summary>Who may call an HTTP function, by the host's own keys. This app uses <see cref="Anonymous"/> and checks tokens itself.</summary>
public enum AuthorizationLevel
{
    /// <summary>The host lets every call through.</summary>
    Anonymous = 0,

    /// <summary>Not supported by the local worker.</summary>
    User = 1,

    /// <summary>Not supported by the local worker.</summary>
    Function = 2,

    /// <summary>Not supported by the local worker.</summary>
    System = 3,

    /// <summary>Not supported by the local worker.</summary>
    Admin = 4,
}

/// <summary>Runs the function for HTTP requests that match the methods and the route.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>The route below host.json's prefix; the function's name where it is null.</summary>
    public string? Route { get; set; }

    /// <summary>HTTP methods, in any case.</summary>
    public string[]? Methods => methods;

    /// <summary>The level that the host asks for.</summary>
    public AuthorizationLevel AuthLevel => authLevel;
}

/// <summary>Runs the function for batches of changed documents. At most once: a batch that still fails after the last retry is lost.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : Attribute
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

/// <summary>Runs the function for each message of a queue, at least once; after five failures a message goes to the poison queue.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    /// <summary>The queue's name.</summary>
    public string QueueName => queueName;

    /// <summary>The prefix of the settings that say where the queue is.</summary>
    public string? Connection { get; set; }
}

/// <summary>Runs the function by the clock.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>An NCRONTAB expression of six fields, seconds first, in UTC.</summary>
    public string Schedule => schedule;

    /// <summary>Whether the last run is remembered across restarts, so that a missed one is made up for.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function also runs when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function is told.</summary>
public class TimerInfo
{
    /// <summary>The last and the next run.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run is late.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>When a timer ran and will run, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was written.</summary>
    public DateTime LastUpdated { get; set; }
}

/// <summary>Runs a failed change feed batch or timer again, waiting the same time between tries. Refused on queue triggers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : Attribute
{
    /// <summary>Tries after the first; -1 means for ever.</summary>
    public int MaxRetryCount => maxRetryCount;

    /// <summary>The wait, as hh:mm:ss.</summary>
    public string DelayInterval => delayInterval;
}

/// <summary>Runs a failed change feed batch or timer again, waiting longer each time. Refused on queue triggers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) : Attribute
{
    /// <summary>Tries after the first; -1 means for ever.</summary>
    public int MaxRetryCount => maxRetryCount;

    /// <summary>The first wait, as hh:mm:ss.</summary>
    public string MinimumInterval => minimumInterval;

    /// <summary>The longest wait, as hh:mm:ss.</summary>
    public string MaximumInterval => maximumInterval;
}
