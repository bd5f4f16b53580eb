using System.Collections.Concurrent;

namespace Connections.Local.Cosmos.Query;

/// <summary>Remembers for a while which searches of words find few items: to count them takes up to a third of a search's time.</summary>
/// <remarks>It is about which of two ways is the cheaper one, so it need not be so any more.</remarks>
internal sealed class FewMatches
{
    private const int ChangesBetween = 1000;
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<(string Table, string Words, long Page), (long Change, bool AreFew)> known = new();

    /// <summary>Whether a search finds few, as it was counted not long ago.</summary>
    public bool Are(StoredContainer container, string words, long page, Func<bool> count)
    {
        var (now, key) = (container.Changes.Last, (container.Table, words, page));
        if (known.TryGetValue(key, out var counted) && now - counted.Change < ChangesBetween)
        {
            return counted.AreFew;
        }

        if (known.Count >= MostKept)
        {
            known.Clear();
        }

        var areFew = count();
        known[key] = (now, areFew);
        return areFew;
    }
}
