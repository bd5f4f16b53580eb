using Connections.Creators.Favourites;
using Connections.Members;

namespace Connections.Creators;

/// <summary>What a caller has to do with some members: the part of a card that changes with who asks.</summary>
/// <param name="Relations">What is missing is <see cref="Relation.None"/>.</param>
/// <param name="Favourites">Those that the caller has marked.</param>
public sealed record Ties(IReadOnlyDictionary<MemberId, Relation> Relations, IReadOnlySet<MemberId> Favourites)
{
    /// <summary>What stands between the caller and this member.</summary>
    public Relation RelationTo(MemberId member) => Relations.GetValueOrDefault(member, Relation.None);

    /// <summary>The card as the caller sees it.</summary>
    public Card On(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card with { Relation = RelationTo(card.Id), Favourite = Favourites.Contains(card.Id) };
    }

    /// <summary>
    /// Whether the caller may see this member's profile: everybody may see a listed creator's; an unlisted member's only they
    /// themselves and those whom an invite or a connection ties to them now. A blocked pair sees nothing of each other.
    /// </summary>
    public bool MaySee(MemberId caller, Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return RelationTo(member.Id).State switch
        {
            _ when member.ErasedAt is not null => false,
            RelationState.Blocked => false,
            RelationState.Invited or RelationState.Received or RelationState.Connected => true,
            _ => member.Listed || member.Id == caller,
        };
    }

    /// <summary>Whether search may show this listed creator to the caller: unless one of the two blocks the other.</summary>
    public bool MayFind(MemberId creator) => RelationTo(creator).State != RelationState.Blocked;
}

/// <summary>Reads <see cref="Ties"/>.</summary>
public sealed class TieReader(IRelations relations, FavouriteStore favourites)
{
    /// <summary>The caller's ties to a page of members. Two requests at once, none when there are no members.</summary>
    public async Task<Ties> FindAsync(MemberId caller, IReadOnlyList<MemberId> members, CancellationToken ct)
    {
        var related = relations.FindAsync(caller, members, ct);
        var marked = favourites.MarkedAmongAsync(caller, members, ct);
        await Task.WhenAll(related, marked);
        return new Ties(await related, await marked);
    }
}
