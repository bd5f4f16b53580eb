using System.Collections.Concurrent;
using Connections.Local.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>The text of every query that a store was sent from here on, to be put to <see cref="NativePlanner.Judge"/>.</summary>
internal sealed class QueryLog
{
    private readonly ConcurrentDictionary<string, bool> texts = new(StringComparer.Ordinal);

    public QueryLog(CosmosStore store) => store.OnQuery = text => texts[text] = true;

    /// <summary>Each text once.</summary>
    public IEnumerable<string> Texts => texts.Keys;
}
