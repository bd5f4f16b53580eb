namespace Connections.Members;

/// <summary>Says what stands between a member and others.</summary>
public interface IRelations
{
    /// <summary>The caller's relation to each of the others. One request to the database, none when there are no others.</summary>
    /// <param name="caller">Whose relations; as this member sees them.</param>
    /// <param name="others">At most a page of members.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What is not in the answer is <see cref="Relation.None"/>.</returns>
    Task<IReadOnlyDictionary<MemberId, Relation>> FindAsync(MemberId caller, IReadOnlyList<MemberId> others, CancellationToken ct);
}
