using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Members;

/// <summary>What stands between the caller and the member on a card.</summary>
public enum RelationState
{
    /// <summary>Nothing; the caller may invite.</summary>
    None,

    /// <summary>The caller's invite is pending.</summary>
    Invited,

    /// <summary>The member's invite to the caller is pending.</summary>
    Received,

    /// <summary>They can talk.</summary>
    Connected,

    /// <summary>The caller may not invite again yet.</summary>
    Locked,

    /// <summary>One of the two blocks the other. No card says so, for no call shows the one to the other.</summary>
    Blocked,
}

/// <summary>The caller's relation to a member.</summary>
/// <param name="State">What stands between them.</param>
/// <param name="ConnectionId">The pair's connection, where there is one.</param>
/// <param name="Until">With <see cref="RelationState.Locked"/>: when the caller may invite again.</param>
public sealed record Relation(RelationState State, string? ConnectionId = null, DateTimeOffset? Until = null)
{
    /// <summary>No connection yet.</summary>
    public static Relation None { get; } = new(RelationState.None);

    /// <summary>One of the two blocks the other; who, it does not tell.</summary>
    public static Relation Blocked { get; } = new(RelationState.Blocked);
}

/// <summary>A member at a glance: in search, in favourites, and as the other side of a contact.</summary>
public sealed record Card : CardContent
{
    /// <summary>A card to be filled.</summary>
    public Card()
    {
    }

    [SetsRequiredMembers]
    private Card(CardContent fields)
        : base(fields)
    {
    }

    /// <summary>On the largest platform.</summary>
    public long Followers { get; init; }

    /// <summary>On the largest platform, as a fraction.</summary>
    public double Engagement { get; init; }

    /// <summary>Whether the caller has marked this creator. Absent on the cards of contacts, which tell only what the pair shares.</summary>
    public bool? Favourite { get; init; }

    /// <summary>What stands between the caller and this member. Absent on the cards of contacts, which say it themselves.</summary>
    public Relation? Relation { get; init; }

    /// <summary><see cref="Member.CardVersion"/> of the profile that this shows; less than any for <see cref="Unseen"/> and for a member who was not found. Neither stored with the card nor shown.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The card of a member whom the viewer may not see, or who does not exist; it tells neither from the other.</summary>
    public static Card Unseen(MemberId id) => new() { Id = id, DisplayName = "A member", Version = -1 };

    /// <summary>The card of a member; of one who has gone, a card that says so.</summary>
    public static Card OfOrFormer(Member? member, MemberId id) => member is null or { ErasedAt: not null }
        ? new Card { Id = id, DisplayName = "Former member", Version = member?.CardVersion ?? Unseen(id).Version }
        : Of(member);

    /// <summary>The card of the profile that something of a moment is of; a card that says so if it was erased, also if the member has a new one.</summary>
    public static Card OfOrFormer(Member? member, MemberId id, DateTimeOffset moment) =>
        OfOrFormer(member?.HasErased(moment) == true ? member with { ErasedAt = moment } : member, id);

    /// <summary>The card of a member, as nobody in particular sees it.</summary>
    public static Card Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Card(member) { Followers = member.Followers, Engagement = member.Engagement, Version = member.CardVersion };
    }
}

/// <summary>Notes what a change of a profile owes to those who see its card.</summary>
public static class CardChanges
{
    /// <summary>The changed member, owing its card to the contact rows of others where the card is another now.</summary>
    public static Member OwingCard(this Member changed, Member before, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(before);
        return Shown(changed).SequenceEqual(Shown(before))
            ? changed
            : changed with { CardVersion = before.CardVersion + 1, OwedSince = before.OwedSince ?? now };
    }

    private static ReadOnlySpan<byte> Shown(Member member) => JsonSerializer.SerializeToUtf8Bytes(Card.Of(member), Json.Options);
}
