using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Changes;

/// <summary>How far an app knows what changed: what it sends as <c>since</c>.</summary>
/// <remarks>
/// <para>
/// Rows are read in the order of their last writes. A row that was written moments ago may become visible after one that was written a
/// little later, so the position stays <see cref="Overlap"/> behind, and the rows delivered beyond it are remembered by a hash. So none is
/// missed, and none is delivered twice.
/// </para>
/// <para>
/// As a continuation of a list, a token is neither secret nor signed: a caller who makes one up asks for another position among their own
/// rows. It has one text only and holds for one member; a text that was cut off or changed is refused.
/// </para>
/// </remarks>
/// <param name="After">Every row up to this position is known, and <paramref name="Known"/> says which of the later ones.</param>
/// <param name="Page">The position of the next page, in the <c>nextLink</c> of a page; null in a token for next time.</param>
/// <param name="From">Messages are known that were stored and shown before this time, in Unix seconds.</param>
/// <param name="IssuedAt">When the token, or the first of its pages, was made.</param>
/// <param name="Unread">How many messages were unread then.</param>
/// <param name="Known">The hashes of the rows after <paramref name="After"/> that are known.</param>
public sealed record ChangesToken(
    WritePosition After, WritePosition? Page, long From, DateTimeOffset IssuedAt, long Unread, IReadOnlyList<long> Known)
{
    /// <summary>How long a written row may take to become visible to every reader, clocks that differ included.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>The most rows that a token remembers. It delivers others again rather than grow.</summary>
    public const int MaxKnown = 40;

    /// <summary>The most invites that a token holds back. The lists have any others, once they are open again.</summary>
    public const int MaxHeld = 3;

    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 500;

    // The hash; the version and flags; four numbers; the number of known rows; those; and the ids.
    private const int HashLength = 16;
    private const int FlagsAt = HashLength;
    private const int NumbersAt = FlagsAt + 1;
    private const int KnownCountAt = NumbersAt + (5 * sizeof(long));
    private const int KnownAt = KnownCountAt + 1;
    private const int KnownLength = 6;
    private const int IdLength = 31;

    private const byte Version = 1 << 4;
    private const byte AfterFlag = 1;
    private const byte PageFlag = 2;

    // The number of invites that are held back, in two bits.
    private const int HeldShift = 2;

    // An id takes the room of so many hashes.
    private const int KnownPerHeld = (IdLength / KnownLength) + 1;

    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>
    /// The ids of pending invites that were left out, because their senders are suspended. Nothing is written when a suspension ends, so
    /// the token remembers that they are still to come.
    /// </summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>The token with these invites held back, or the first of them, and with as many hashes as it has room for.</summary>
    public ChangesToken Holding(IEnumerable<string> ids)
    {
        string[] held = [.. ids.Take(MaxHeld)];
        return this with { Held = held, Known = [.. Known.TakeLast(MaxKnown - (held.Length * KnownPerHeld))] };
    }

    /// <summary>
    /// A token for now: what was written before is known. It counts from the last full minute, so that the same question has the same
    /// answer for a while.
    /// </summary>
    public static ChangesToken Of(DateTimeOffset now, long unread)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var at = (minute - Overlap).ToUnixTimeSeconds();
        return new ChangesToken(new WritePosition(at, ""), null, at, minute, unread, []);
    }

    /// <summary>The hash by which a row is remembered as it is after its last write.</summary>
    public static long HashOf(WrittenRow row)
    {
        Span<byte> padded = stackalloc byte[sizeof(long)];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Row.Id}\n{row.ETag}")).AsSpan(0, KnownLength).CopyTo(padded[^KnownLength..]);
        return BinaryPrimitives.ReadInt64BigEndian(padded);
    }

    /// <summary>The token's text for a member.</summary>
    public string Write(MemberId member)
    {
        var known = KnownAt + (Known.Count * KnownLength);
        var ids = After.Id + Page?.Id + string.Concat(Held);
        var bytes = new byte[known + ids.Length];
        bytes[FlagsAt] = (byte)(
            Version | (After.Id.Length > 0 ? AfterFlag : 0) | (Page is null ? 0 : PageFlag) | (Held.Count << HeldShift));
        long[] numbers = [After.At, Page?.At ?? 0, From, IssuedAt.ToUnixTimeMilliseconds(), Unread];
        foreach (var (i, number) in numbers.Index())
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(NumbersAt + (i * sizeof(long))), number);
        }

        bytes[KnownCountAt] = (byte)Known.Count;
        Span<byte> padded = stackalloc byte[sizeof(long)];
        foreach (var (i, hash) in Known.Index())
        {
            BinaryPrimitives.WriteInt64BigEndian(padded, hash);
            padded[^KnownLength..].CopyTo(bytes.AsSpan(KnownAt + (i * KnownLength)));
        }

        Encoding.ASCII.GetBytes(ids, bytes.AsSpan(known));
        var owner = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>(["changes", member.Value]));
        SHA256.HashData([.. owner, .. bytes.AsSpan(FlagsAt)]).AsSpan(0, HashLength).CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token; false when it is not one of this member's.</summary>
    public static bool TryRead(string text, MemberId member, [NotNullWhen(true)] out ChangesToken? token)
    {
        token = null;
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var flags = bytes.Length >= KnownAt ? bytes[FlagsAt] : 0;
        var (hasAfter, hasPage, held) = ((flags & AfterFlag) != 0, (flags & PageFlag) != 0, (flags >> HeldShift) & MaxHeld);
        var idsAt = bytes.Length >= KnownAt ? KnownAt + (bytes[KnownCountAt] * KnownLength) : 0;
        if ((flags & Version) == 0 || bytes.Length != idsAt + (((hasAfter ? 1 : 0) + (hasPage ? 1 : 0) + held) * IdLength))
        {
            return false;
        }

        long Number(int i) => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(NumbersAt + (i * sizeof(long))));
        string Id(int i) => Encoding.ASCII.GetString(bytes, idsAt + (i * IdLength), IdLength);
        var (after, page) = (hasAfter ? Id(0) : "", hasPage ? Id(hasAfter ? 1 : 0) : null);
        string[] ids = [.. Enumerable.Range((hasAfter ? 1 : 0) + (hasPage ? 1 : 0), held).Select(Id)];
        if (Number(3) is < 0 || Number(3) > LastTime
            || Enumerable.Range(0, 3).Any(i => Number(i) < 0 || Number(i) > LastTime / 1000)
            || Number(4) < 0
            || bytes[KnownCountAt] > MaxKnown
            || !new[] { after, page ?? "" }.All(id => id.Length == 0 || ConnectionId.IsValid(id))
            || !ids.All(ConnectionId.IsValid))
        {
            return false;
        }

        var known = Enumerable.Range(0, bytes[KnownCountAt]).Select(i =>
        {
            Span<byte> padded = stackalloc byte[sizeof(long)];
            bytes.AsSpan(KnownAt + (i * KnownLength), KnownLength).CopyTo(padded[^KnownLength..]);
            return BinaryPrimitives.ReadInt64BigEndian(padded);
        });
        var read = new ChangesToken(
            new WritePosition(Number(0), after),
            page is null ? null : new WritePosition(Number(1), page),
            Number(2),
            DateTimeOffset.FromUnixTimeMilliseconds(Number(3)),
            Number(4),
            [.. known])
        {
            Held = ids,
        };
        // Writing it again must give the same text. That checks the hash, and refuses other Base64 texts for the same bytes.
        token = read.Write(member) == text ? read : null;
        return token is not null;
    }
}
