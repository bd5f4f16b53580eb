using Connections.Members;

namespace Connections.Creators.Favourites;

/// <summary>Which names are of the same list of favourites.</summary>
/// <remarks>
/// People type a name again from memory, on another keyboard. So names are the same by the rule by which search compares words: case,
/// accents, the width of a space and the ways to encode a letter do not count. The list keeps the spelling that it had first.
/// </remarks>
internal static class ListNames
{
    /// <summary>What names are compared by: the names of one list have the same.</summary>
    public static string KeyOf(string name)
    {
        var key = string.Join(' ', Diacritics.Fold(name, spelledOut: false).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // A name can be of nothing but letters that search passes over.
        return key.Length == 0 ? name : key;
    }

    /// <summary>The names, each list once in the spelling that comes first, in the order in which lists are shown.</summary>
    public static IEnumerable<string> Once(IEnumerable<string> names) =>
        names.DistinctBy(KeyOf, StringComparer.Ordinal).OrderBy(KeyOf, StringComparer.Ordinal);
}
