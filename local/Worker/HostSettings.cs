using System.Globalization;
using Connections.Emulators.Queues;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;

namespace Connections.Local.Worker;

/// <summary>The trigger settings of host.json, with the Functions host's defaults.</summary>
/// <param name="RoutePrefix">The prefix of every HTTP function's route, without slashes around it; may be empty.</param>
/// <param name="FeedDates">How change feed triggers read a text that looks like a date.</param>
internal sealed record HostSettings(string RoutePrefix, QueueSettings Queues, DateParseHandling FeedDates)
{
    /// <summary>Reads host.json.</summary>
    /// <exception cref="InvalidDataException">A setting is malformed. The message names it and its form.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static HostSettings Read(string hostJsonPath)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(hostJsonPath), optional: false, reloadOnChange: false).Build();
        var queues = file.GetSection("extensions:queues");
        if (queues["messageEncoding"] is not "none")
        {
            // The default of the Functions host is base64, but messages are sent as plain text.
            throw Malformed("extensions.queues.messageEncoding", "\"none\"");
        }

        var batch = Number(queues, "batchSize", 16, 1, 32);
        return new HostSettings(
            (file["extensions:http:routePrefix"] ?? "api").Trim('/'),
            new QueueSettings(
                batch,
                Number(queues, "newBatchThreshold", (batch + 1) / 2, 0, 1000),
                Number(queues, "maxDequeueCount", 5, 1, int.MaxValue),
                Duration(queues, "visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero, LocalQueue.MaxDelay),
                Duration(queues, "maxPollingInterval", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1))),
            Dates(file["extensions:cosmosDB:serializerSettings:dateParseHandling"]));
    }

    private static DateParseHandling Dates(string? text) =>
        text is null ? DateParseHandling.DateTime
        : Enum.TryParse<DateParseHandling>(text, ignoreCase: true, out var handling) && Enum.IsDefined(handling) ? handling
        : throw Malformed("extensions.cosmosDB.serializerSettings.dateParseHandling", "None, DateTime or DateTimeOffset");

    private static int Number(IConfigurationSection section, string name, int fallback, int min, int max) =>
        section[name] is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : throw Malformed("extensions.queues." + name, $"a whole number from {min} to {max}");

    private static TimeSpan Duration(IConfigurationSection section, string name, TimeSpan fallback, TimeSpan min, TimeSpan max) =>
        section[name] is not { } text ? fallback
        : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : throw Malformed("extensions.queues." + name, $"a length of time from {min:c} to {max:c}, as hh:mm:ss");

    private static InvalidDataException Malformed(string name, string form) => new($"{name} in host.json must be {form}.");
}

/// <summary>The settings of queue triggers.</summary>
/// <param name="BatchSize">The most messages received at a time.</param>
/// <param name="NewBatchThreshold">The trigger receives another batch once no more than this number of messages are being
/// processed.</param>
/// <param name="MaxDequeueCount">A message that failed this often goes to the poison queue.</param>
/// <param name="VisibilityTimeout">The delay before a message that failed is retried.</param>
/// <param name="MaxPollingInterval">The longest wait of an idle trigger before it polls again.</param>
internal sealed record QueueSettings(
    int BatchSize, int NewBatchThreshold, int MaxDequeueCount, TimeSpan VisibilityTimeout, TimeSpan MaxPollingInterval);
