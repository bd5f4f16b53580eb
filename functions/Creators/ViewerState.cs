using Connections.Creators.Favourites;
using Connections.Members;
using Connections.Members.Standing;

namespace Connections.Creators;

/// <summary>The caller's relations and favourites among some members: the part of a card that depends on the viewer.</summary>
/// <param name="Relations">A member without an entry has <see cref="Relation.None"/>.</param>
/// <param name="Favourites">The members whom the caller has marked, with what the marks carry.</param>
/// <param name="Dismissed">The members whom the caller has put away.</param>
/// <param name="Suspended">Those of the members who are suspended now, whoever the caller is.</param>
public sealed record ViewerState(
    IReadOnlyDictionary<MemberId, Relation> Relations,
    IReadOnlyDictionary<MemberId, FavouriteMark> Favourites,
    IReadOnlySet<MemberId> Dismissed,
    IReadOnlySet<MemberId> Suspended)
{
    /// <summary>The caller's relation to a member.</summary>
    public Relation RelationTo(MemberId member) => Relations.GetValueOrDefault(member, Relation.None);

    /// <summary>The card as the caller sees it.</summary>
    public Card On(Card card) => card with
    {
        Relation = RelationTo(card.Id),
        Favourite = Favourites.ContainsKey(card.Id),
        Mark = Favourites.GetValueOrDefault(card.Id),
        Dismissed = IsDismissed(card.Id),
    };

    /// <summary>Whether the caller has put a member away; null rather than false, which cards and profiles do not say.</summary>
    public bool? IsDismissed(MemberId member) => Dismissed.Contains(member) ? true : null;

    /// <summary>
    /// Whether the caller may see a member's profile. Everybody may see a listed creator. Only the member, and members who currently share
    /// an invite or a connection with them, may see an unlisted one. Members who block each other see nothing of each other. A suspended
    /// member is shown only to those who are connected with them.
    /// </summary>
    public bool MaySee(MemberId caller, Member member) =>
        RelationTo(member.Id).State switch
        {
            _ when member.ErasedAt is not null => false,
            RelationState.Blocked => false,
            not RelationState.Connected when Suspended.Contains(member.Id) => member.Id == caller,
            RelationState.Invited or RelationState.Received or RelationState.Connected => true,
            _ => member.Listed || member.Id == caller,
        };

    /// <summary>
    /// Whether search may show a listed creator to the caller: unless one blocks the other, the caller has put the creator away, or the
    /// creator is suspended.
    /// </summary>
    /// <param name="onlyUnrelated">Whether the caller looks only for creators to whom they have no relation.</param>
    public bool MayFind(MemberId creator, bool onlyUnrelated = false) =>
        (RelationTo(creator).State is var state && (onlyUnrelated ? state == RelationState.None : state != RelationState.Blocked))
            && !Dismissed.Contains(creator)
            && !Suspended.Contains(creator);
}

/// <summary>Reads the <see cref="ViewerState"/> of a caller.</summary>
public sealed class ViewerStateReader(IRelations relations, FavouriteStore favourites, Suspensions suspensions)
{
    /// <summary>The caller's state for a page of members. Two requests in parallel; none without members.</summary>
    public async Task<ViewerState> FindAsync(MemberId caller, IReadOnlyList<MemberId> members, CancellationToken ct)
    {
        var related = relations.FindAsync(caller, members, ct);
        var marking = favourites.AmongAsync(caller, members, ct);
        await Task.WhenAll(related, marking);
        var (marked, dismissed) = await marking;
        return new ViewerState(await related, marked, dismissed, await suspensions.AmongAsync(members, ct));
    }
}
