namespace Connections.Cosmos;

/// <summary>A record was read as it was before a change that the reader has been told of.</summary>
/// <remarks>
/// Cosmos DB's session consistency belongs to one client. Another instance can read a record as it was some milliseconds ago, or not find one that was just
/// made. The change feed, a notice and a message each prove how new a record must be; one that is older says nothing yet, and is read again later.
/// </remarks>
public sealed class StaleReadException(string record) : Exception($"{record} was read as it was before the change that is being followed up. It must be read again.")
{
    /// <summary>Throws where a record is older than it must be.</summary>
    /// <param name="isStale">Whether it is.</param>
    /// <param name="record">What was read, for the log: no personal data.</param>
    public static void ThrowIf(bool isStale, string record)
    {
        if (isStale)
        {
            throw new StaleReadException(record);
        }
    }
}
