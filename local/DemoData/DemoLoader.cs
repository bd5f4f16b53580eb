using Connections.Members;

namespace Connections.Local.DemoData;

/// <summary>Loads the demo members into an empty database, once.</summary>
/// <remarks>
/// A load that was killed goes on where it stopped. A larger count adds the creators that are missing; a smaller one takes none
/// away. A demo member whose profile was changed stays as it is. Memory does not grow with the count.
/// </remarks>
public static class DemoLoader
{
    /// <summary>Creators between two notes of how far the load is, and so the most that are tried twice after a kill.</summary>
    public const int Stride = 500;

    // More than there are cores: the database commits those together that wait for it.
    private const int AtOnce = 32;

    /// <summary>Loads what is missing of the brand, the creator and <paramref name="creators"/> demo creators.</summary>
    /// <param name="members">Where they go.</param>
    /// <param name="sqliteFile">Where the load notes how far it is.</param>
    /// <param name="creators">How many demo creators there shall be.</param>
    /// <param name="avatars">Where the pictures are.</param>
    /// <param name="progress">Told how many creators are loaded, every <see cref="Stride"/>.</param>
    /// <param name="ct">Stops the load; it can go on later.</param>
    /// <returns>How many members were added.</returns>
    public static async Task<int> LoadAsync(
        MemberStore members, string sqliteFile, int creators, Uri avatars, Action<int>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(members);
        using var noted = DemoProgress.Open(sqliteFile);
        var loaded = await noted.LoadedAsync(ct);
        var added = 0;
        if (loaded < 0)
        {
            added += await members.TryCreateAsync(DemoCast.Brand(avatars), ct) ? 1 : 0;
            added += await members.TryCreateAsync(DemoCast.Creator(avatars), ct) ? 1 : 0;
            loaded = 0;
            await noted.NoteAsync(loaded, ct);
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
            await noted.NoteAsync(loaded, ct);
            progress?.Invoke(loaded);
        }

        return added;
    }
}
