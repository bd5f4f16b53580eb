using Connections.Emulators.Queues;
using Connections.Local.Worker;

namespace Connections.Local.Dev;

/// <summary>A function and a description of its trigger.</summary>
internal sealed record RunningFunction(string Name, string Trigger);

/// <summary>What the host runs, for the sign-in page to show.</summary>
/// <param name="Api">The host of the API, which is below <c>/api</c>.</param>
internal sealed record RunningParts(string Folder, Uri Api, IReadOnlyList<RunningFunction> Functions, IReadOnlyList<string> Queues)
{
    /// <summary>The parts of a host with functions.</summary>
    public static RunningParts Of(IServiceProvider services, string folder, Uri api)
    {
        var prefix = services.GetRequiredService<HostSettings>().RoutePrefix;
        var functions = services.GetRequiredService<FunctionCatalog>().Functions;
        return new RunningParts(
            folder,
            api,
            [
                .. functions
                    .OrderBy(f => f.Trigger is Trigger.Http)
                    .ThenBy(f => f.Trigger is Trigger.Http http ? http.Route : f.Name, StringComparer.Ordinal)
                    .Select(f => new RunningFunction(f.Name, Words(f.Trigger, prefix))),
            ],
            [.. functions.Select(f => f.Trigger).OfType<Trigger.Queue>().SelectMany(q => (string[])[q.Name, QueueName.Poison(q.Name)])]);
    }

    private static string Words(Trigger trigger, string prefix) => trigger switch
    {
        Trigger.Http http => $"{string.Join(", ", http.Methods)} /{prefix}/{http.Route}",
        Trigger.Queue queue => $"each message of the queue {queue.Name}",
        Trigger.Feed feed => $"each change in {feed.Container}",
        Trigger.Timer timer => $"by the clock: {timer.Schedule}",
        _ => trigger.GetType().Name,
    };
}
