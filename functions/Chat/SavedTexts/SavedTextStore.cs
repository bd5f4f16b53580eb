using Connections.Cosmos;

namespace Connections.Chat.SavedTexts;

/// <summary>A text that a member has saved for their notes and messages.</summary>
/// <param name="Name">What the member calls it; null for none.</param>
/// <param name="Text">The text. Personal: never logged.</param>
public sealed record SavedText(string? Name, string Text);

/// <summary>A document in <c>favourites</c>: all texts that a member has saved. Only that member can see it.</summary>
/// <remarks>
/// They are one document, because they are few and always read together; so the order is the member's, and one guarded write changes all.
/// </remarks>
/// <param name="Id">No favourite can have it, because of the colon.</param>
/// <param name="MemberId">The member; the partition key.</param>
/// <param name="Texts">The texts, in the member's order.</param>
/// <param name="SavedAt">When they were last changed.</param>
public sealed record SavedTextsDocument(string Id, MemberId MemberId, IReadOnlyList<SavedText> Texts, DateTimeOffset SavedAt)
{
    /// <summary>The document's id in its member's partition.</summary>
    public const string OnlyId = "saved:texts";
}

/// <summary>Reads and writes saved texts.</summary>
public sealed class SavedTextStore(Containers containers, TimeProvider time)
{
    /// <summary>A member's texts; none where they never saved any. One request.</summary>
    public async Task<IReadOnlyList<SavedText>> FindAsync(MemberId member, CancellationToken ct) =>
        (await containers.Favourites.FindAsync<SavedTextsDocument>(SavedTextsDocument.OnlyId, member.Value, ct))?.Value.Texts ?? [];

    /// <summary>Replaces a member's texts, if what is there allows it. Two requests.</summary>
    /// <param name="isAllowed">Whether the texts that are there now may be replaced.</param>
    /// <returns>Whether they were.</returns>
    /// <exception cref="ContentionException">The texts kept changing; nothing was written.</exception>
    public async Task<bool> TryReplaceAsync(
        MemberId member, IReadOnlyList<SavedText> texts, Func<IReadOnlyList<SavedText>, bool> isAllowed, CancellationToken ct)
    {
        var (allowed, _) = await containers.Favourites.ChangeAsync<SavedTextsDocument, bool>(
            SavedTextsDocument.OnlyId,
            member.Value,
            known => isAllowed(known?.Texts ?? [])
                ? (true, new SavedTextsDocument(SavedTextsDocument.OnlyId, member, texts, time.Now()))
                : (false, null),
            time,
            ct);
        return allowed;
    }

    /// <summary>
    /// Deletes a member's texts if they were saved at a time of which <paramref name="isErased"/> is true. At most two requests.
    /// </summary>
    public async Task EraseAsync(MemberId member, Func<DateTimeOffset, bool> isErased, CancellationToken ct)
    {
        if (await containers.Favourites.FindAsync<SavedTextsDocument>(SavedTextsDocument.OnlyId, member.Value, ct) is { } found
            && isErased(found.Value.SavedAt))
        {
            await containers.Favourites.TryDeleteAsync(SavedTextsDocument.OnlyId, member.Value, ct);
        }
    }
}
