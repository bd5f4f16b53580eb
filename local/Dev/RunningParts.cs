using Connections.Local.Worker;

namespace Connections.Local.Dev;

/// <summary>A function and what makes it run, in words.</summary>
public sealed record RunningFunction(string Name, string Trigger);

/// <summary>A queue and how many messages wait in it, unseen and taken ones included.</summary>
public sealed record RunningQueue(string Name, int Count);

/// <summary>What the host runs, for the sign-in page to show.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Api">Where the API is, <c>/api</c> below it.</param>
/// <param name="Functions">Every function, the triggers that run by themselves first.</param>
/// <param name="Queues">Counts every queue.</param>
public sealed record RunningParts(
    string Folder, Uri Api, IReadOnlyList<RunningFunction> Functions, Func<CancellationToken, Task<IReadOnlyList<RunningQueue>>> Queues)
{
    /// <summary>What runs in a host.</summary>
    internal static RunningParts Of(IServiceProvider services, LocalAzure azure)
    {
        var prefix = services.GetRequiredService<HostSettings>().RoutePrefix;
        var functions = services.GetRequiredService<FunctionCatalog>().Functions;
        var queues = functions.Select(f => f.Trigger).OfType<Trigger.Queue>().SelectMany(q => (string[])[q.Name, q.Name + "-poison"]).ToArray();
        return new RunningParts(
            azure.Folder.FullPath,
            azure.Doors.Url,
            [
                .. functions
                    .OrderBy(f => f.Trigger is Trigger.Http)
                    .ThenBy(f => f.Trigger is Trigger.Http http ? http.Route : f.Name, StringComparer.Ordinal)
                    .Select(f => new RunningFunction(f.Name, Words(f.Trigger, prefix))),
            ],
            async ct =>
            {
                var counted = new List<RunningQueue>();
                foreach (var queue in queues)
                {
                    counted.Add(new RunningQueue(queue, await azure.Queue.CountAsync(queue, ct)));
                }

                return counted;
            });
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
