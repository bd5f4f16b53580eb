using System.Text.Json;

namespace Connections.Members;

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
