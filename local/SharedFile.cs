using System.Collections.Concurrent;

namespace Connections.Local;

/// <summary>What the parts of a host that keep their tables in one SQLite file agree on.</summary>
internal static class SharedFile
{
    /// <summary>
    /// How a connection is set up. With WAL, NORMAL loses nothing when the process is killed: what is committed is with the operating system.
    /// The log is brought into the file beside the writers (<see cref="Cosmos.Checkpoints"/>), and within a commit only when it has grown far
    /// beyond what that leaves.
    /// </summary>
    public const string Setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 40000;";

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    /// <summary>
    /// Held by who writes to the file in this process. SQLite would let the next one wait asleep, for longer than it must, on a thread that
    /// others need; a few that wait so at once, and nobody is served.
    /// </summary>
    public static SemaphoreSlim Turn(string file) => Turns.GetOrAdd(Path.GetFullPath(file), _ => new SemaphoreSlim(1, 1));
}
