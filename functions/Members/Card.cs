using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Members;

/// <summary>The state between the caller and the member on a card.</summary>
public enum RelationState
{
    /// <summary>No invite or connection; the caller may invite.</summary>
    None,

    /// <summary>The caller's invite is pending.</summary>
    Invited,

    /// <summary>The member's invite to the caller is pending.</summary>
    Received,

    /// <summary>The two are connected and can chat.</summary>
    Connected,

    /// <summary>The caller may not invite again yet.</summary>
    Locked,

    /// <summary>One blocks the other. No card shows this state, because no call shows them to each other.</summary>
    Blocked,
}

/// <summary>The caller's relation to a member.</summary>
/// <param name="State">The state.</param>
/// <param name="ConnectionId">The pair's connection, if there is one.</param>
/// <param name="Until">With <see cref="RelationState.Locked"/>: when the caller may invite again.</param>
public sealed record Relation(RelationState State, string? ConnectionId = null, DateTimeOffset? Until = null)
{
    /// <summary>No invite and no connection.</summary>
    public static Relation None { get; } = new(RelationState.None);

    /// <summary>One blocks the other; it does not tell who.</summary>
    public static Relation Blocked { get; } = new(RelationState.Blocked);
}

/// <summary>What a member keeps with a favourite. Only they see it.</summary>
/// <param name="MarkedAt">When they marked the creator.</param>
/// <param name="Note">Their note.</param>
/// <param name="Lists">The names of their lists that the creator is in, in order.</param>
public sealed record FavouriteMark(DateTimeOffset MarkedAt, string? Note, IReadOnlyList<string> Lists);

/// <summary>A member at a glance: in search, in favourites, and as the other side of a contact.</summary>
public sealed record Card : CardContent
{
    /// <summary>An empty card.</summary>
    public Card()
    {
    }

    [SetsRequiredMembers]
    private Card(CardContent fields)
        : base(fields)
    {
    }

    /// <summary>
    /// The platform of <see cref="Followers"/> and <see cref="Engagement"/>, where a search asked for platforms; absent for the largest.
    /// </summary>
    public string? Platform { get; init; }

    /// <summary>Followers on the largest platform, or on <see cref="Platform"/>.</summary>
    public long Followers { get; init; }

    /// <summary>Engagement on the largest platform, or on <see cref="Platform"/>, as a fraction.</summary>
    public double Engagement { get; init; }

    /// <summary>Whether the caller has marked this creator. Absent on the cards of contacts.</summary>
    public bool? Favourite { get; init; }

    /// <summary>What the caller's mark carries. Absent where there is none.</summary>
    public FavouriteMark? Mark { get; init; }

    /// <summary>True if the caller has put this creator away from their searches; absent otherwise.</summary>
    public bool? Dismissed { get; init; }

    /// <summary>The caller's relation to this member. Absent on the cards of contacts, because the contact itself has the state.</summary>
    public Relation? Relation { get; init; }

    /// <summary>
    /// The <see cref="Member.CardVersion"/> that this card shows; below every version for <see cref="Unseen"/> and a missing member. Never
    /// stored with the card or shown.
    /// </summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>What the member lets their contacts see. Kept beside the card in a contact's row, and never shown.</summary>
    [JsonIgnore]
    public Privacy Privacy { get; init; } = Privacy.Open;

    /// <summary>The card of a member who does not exist or whom the viewer may not see; both look the same.</summary>
    public static Card Unseen(MemberId id) => new() { Id = id, DisplayName = "A member", Version = -1 };

    /// <summary>The card of a member, or the card of a former member if they erased their profile.</summary>
    public static Card OfOrFormer(Member? member, MemberId id) => member is null or { ErasedAt: not null }
        ? new Card { Id = id, DisplayName = "Former member", Version = member?.CardVersion ?? Unseen(id).Version }
        : Of(member);

    /// <summary>
    /// The card for something from a past moment: that of a former member if the profile of that time was erased, even if the member has a
    /// new one.
    /// </summary>
    public static Card OfOrFormer(Member? member, MemberId id, DateTimeOffset moment) =>
        OfOrFormer(member?.HasErased(moment) == true ? member with { ErasedAt = moment } : member, id);

    /// <summary>The card of a member, without the parts that depend on the viewer.</summary>
    public static Card Of(Member member) =>
        new Card(member)
        {
            Followers = member.Followers,
            Engagement = member.Engagement,
            Version = member.CardVersion,
            Privacy = member.Privacy,
        };
}

/// <summary>Detects changes that other members must see: of the card, and of what the member lets them see.</summary>
public static class CardChanges
{
    /// <summary>The changed member. If the card changed, it has a new version and is due for dispatch to the rows of others.</summary>
    public static Member WithCardDue(this Member changed, Member before, DateTimeOffset now) =>
        changed.Privacy == before.Privacy && Shown(changed).SequenceEqual(Shown(before))
            ? changed
            : changed with { CardVersion = before.CardVersion + 1, OwedSince = before.OwedSince ?? now };

    private static ReadOnlySpan<byte> Shown(Member member) => JsonSerializer.SerializeToUtf8Bytes(Card.Of(member), Json.Options);
}

/// <summary>Reads relations between members.</summary>
public interface IRelations
{
    /// <summary>The caller's relation to each of the others. One request to the database; none without others.</summary>
    /// <param name="caller">The relations are as this member sees them.</param>
    /// <param name="others">At most a page of members.</param>
    /// <returns>A member without an entry has <see cref="Relation.None"/>.</returns>
    Task<IReadOnlyDictionary<MemberId, Relation>> FindAsync(MemberId caller, IReadOnlyList<MemberId> others, CancellationToken ct);

    /// <summary>
    /// The members whose relation to the caller is <see cref="RelationState.Blocked"/>, or with <paramref name="related"/> any but
    /// <see cref="RelationState.None"/>, in no order. One request a page to the database.
    /// </summary>
    IAsyncEnumerable<MemberId> HiddenFromAsync(MemberId caller, bool related, CancellationToken ct);
}
