namespace Connections.Local.Cosmos;

/// <summary>Numbers the changes of a container, one after the other, never one twice.</summary>
/// <remarks>
/// Counts within writes only, of which there is one at a time. What is stored tells the last number when the store is opened, so that a write need
/// not note it; only what a delete takes away must be noted, or its number could be given again to what a reader of the feed would then miss.
/// </remarks>
internal sealed class ChangeNumbers
{
    private readonly int container;
    private long last;

    private ChangeNumbers(int container, long last) => (this.container, this.last) = (container, last);

    /// <summary>Those of a container without changes.</summary>
    public static ChangeNumbers New(int container) => new(container, 0);

    /// <summary>Those of a container as it is stored.</summary>
    public static ChangeNumbers Read(SqliteSession session, int container)
    {
        var table = StoredContainer.TableOf(container);
        using var row = session.Query($"SELECT max(lsn, (SELECT ifnull(max(lsn), 0) FROM {table})) FROM cosmos_containers WHERE number = ?1", container);
        row.Step();
        return new ChangeNumbers(container, row.Long(0));
    }

    /// <summary>The last one, or that of a write which is not committed yet.</summary>
    public long Last => Volatile.Read(ref last);

    /// <summary>The number of a change that is stored with it.</summary>
    public long Next() => ++last;

    /// <summary>The number of a delete.</summary>
    public long NextOfDelete(SqliteSession session)
    {
        session.Execute("UPDATE cosmos_containers SET lsn = ?2 WHERE number = ?1", container, ++last);
        return last;
    }
}
