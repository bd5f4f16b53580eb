using Connections.Emulators.Storage;
using Connections.Members;

namespace Connections.Local.DemoData;

/// <summary>Loads the demo members, once.</summary>
/// <remarks>
/// Continues a load that was killed. A larger count adds the missing creators; a smaller one removes none. A demo member whose profile was
/// changed stays as it is. Memory use does not grow with the count.
/// </remarks>
public static class DemoLoader
{
    /// <summary>After how many creators the load notes its progress, and so the most that are loaded again after a kill.</summary>
    public const int Stride = 500;

    private const string Schema =
        "CREATE TABLE IF NOT EXISTS demo_progress (only INTEGER PRIMARY KEY CHECK (only = 1), loaded INTEGER NOT NULL) STRICT;";

    // More than there are cores, so that the database always has work.
    private const int AtOnce = 8;

    /// <summary>Loads what is missing of the brand, the creator and <paramref name="creators"/> demo creators.</summary>
    /// <param name="members">The store that gets them.</param>
    /// <param name="file">Keeps the progress.</param>
    /// <param name="creators">The number of demo creators.</param>
    /// <param name="avatars">The folder of the pictures.</param>
    /// <param name="progress">Called with the number of loaded creators, every <see cref="Stride"/>.</param>
    /// <param name="ct">Stops the load; the next one continues it.</param>
    /// <returns>How many members were added.</returns>
    public static async Task<int> LoadAsync(
        MemberStore members, SqliteFile file, int creators, Uri avatars, Action<int>? progress, CancellationToken ct)
    {
        file.Script(Schema);
        // -1 if not even the brand is loaded.
        var loaded = (int)(file.Read(session => session.Number("SELECT loaded FROM demo_progress")) ?? -1);
        var added = 0;
        if (loaded < 0)
        {
            added += await members.TryCreateAsync(DemoCast.Brand(avatars), ct) ? 1 : 0;
            added += await members.TryCreateAsync(DemoCast.Creator(avatars), ct) ? 1 : 0;
            loaded = 0;
            await NoteAsync(file, loaded, ct);
        }

        while (loaded < creators)
        {
            var next = Math.Min(creators, loaded + Stride);
            await Parallel.ForEachAsync(
                Enumerable.Range(loaded + 1, next - loaded),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (number, cancel) =>
                {
                    if (await members.TryCreateAsync(DemoCreator.Create(number, avatars), cancel))
                    {
                        Interlocked.Increment(ref added);
                    }
                });
            loaded = next;
            await NoteAsync(file, loaded, ct);
            progress?.Invoke(loaded);
        }

        return added;
    }

    private static Task<int> NoteAsync(SqliteFile file, int loaded, CancellationToken ct) => file.WriteAsync(
        session =>
            session.Execute(
                "INSERT INTO demo_progress VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET loaded = excluded.loaded", loaded), ct);
}
