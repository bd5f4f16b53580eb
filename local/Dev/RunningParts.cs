namespace Connections.Local.Dev;

/// <summary>A function and what makes it run, in words.</summary>
public sealed record RunningFunction(string Name, string Trigger);

/// <summary>A queue and how many messages wait in it, unseen and taken ones included.</summary>
public sealed record RunningQueue(string Name, int Count);

/// <summary>What the host runs, for the sign-in page to show.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Functions">Every function.</param>
/// <param name="Queues">Counts every queue.</param>
public sealed record RunningParts(
    string Folder, IReadOnlyList<RunningFunction> Functions, Func<CancellationToken, Task<IReadOnlyList<RunningQueue>>> Queues);
