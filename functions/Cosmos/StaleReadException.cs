namespace Connections.Cosmos;

/// <summary>A document was read as it was before a change that the reader already knows of.</summary>
/// <remarks>
/// Cosmos DB's session consistency belongs to one client. Another instance can read a document as it was some milliseconds ago, or not find
/// one that was just created. The change feed, a notice and a message each prove how new a document must be; an older one is read again
/// later.
/// </remarks>
/// <param name="document">The document's kind, for the log: no personal data.</param>
public sealed class StaleReadException(string document)
    : Exception($"{document} was read as it was before a change that is already known. Read it again.")
{
    /// <summary>Throws when a document is older than it must be.</summary>
    public static void ThrowIf(bool isStale, string document)
    {
        if (isStale)
        {
            throw new StaleReadException(document);
        }
    }
}
