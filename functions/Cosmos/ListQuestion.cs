using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Connections.Cosmos;

/// <summary>A caller's query of a list, and the continuations of its pages.</summary>
/// <remarks>
/// <para>
/// A continuation is the position of the last item shown, with a hash of the position and the question. The SDK's own tokens never leave
/// the service, because the SDK runs the query plan that it finds in a token.
/// </para>
/// <para>
/// A continuation is neither secret nor signed. A caller who makes one up only asks for another position in a list that they may read
/// anyway, because every page decides anew what the caller may see. A position has one text only; a text that was cut off or changed, and a
/// value that the list cannot have, are refused.
/// </para>
/// </remarks>
public sealed class ListQuestion<T>
    where T : class
{
    /// <summary>The longest continuation, in characters; the one for the longest id is shorter.</summary>
    public const int MaxLength = 300;

    // The hash, a byte of flags, the value, and the id to the end.
    private const int HashLength = 16;
    private const int FlagsAt = HashLength;
    private const int ValueAt = FlagsAt + 1;
    private const int IdAt = ValueAt + sizeof(long);

    private const byte TiesFlag = 1;
    private const byte AbsentFlag = 2;

    // The latest time with a year of four digits.
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly byte[] _asked;

    /// <summary>A question.</summary>
    /// <param name="asked">Everything else that decides its items and their order: the member, the filters, the sort.</param>
    public ListQuestion(string list, ListOrder<T> order, params string[] asked)
    {
        Order = order;
        _asked = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>([list, .. asked]));
    }

    /// <summary>How the list is sorted.</summary>
    public ListOrder<T> Order { get; }

    /// <summary>The continuation for the items after a position.</summary>
    public string Write(ListPosition position)
    {
        var bytes = new byte[IdAt + Encoding.UTF8.GetByteCount(position.Id)];
        bytes[FlagsAt] = position.Value is null ? AbsentFlag : position.HasTies ? TiesFlag : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ValueAt), position.Value switch
        {
            long whole => whole,
            double fraction => BitConverter.DoubleToInt64Bits(fraction),
            DateTimeOffset time => time.ToUnixTimeMilliseconds(),
            _ => 0,
        });
        Encoding.UTF8.GetBytes(position.Id, bytes.AsSpan(IdAt));
        SHA256.HashData([.. _asked, .. bytes.AsSpan(FlagsAt)]).AsSpan(0, HashLength).CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a continuation; false when it is not one of this question's.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out ListPosition? position)
    {
        position = null;
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= IdAt
            || !TryReadValue(bytes[FlagsAt], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(ValueAt)), out var value))
        {
            return false;
        }

        var id = Encoding.UTF8.GetString(bytes.AsSpan(IdAt));
        var read = new ListPosition(value, id, bytes[FlagsAt] == TiesFlag);
        // Writing it again must give the same text. That checks the hash, and refuses other Base64 texts for the same bytes.
        position = Order.IsId(id) && Write(read) == text ? read : null;
        return position is not null;
    }

    private bool TryReadValue(byte flags, long bits, out object? value)
    {
        value = null;
        if (flags == AbsentFlag)
        {
            return Order.MayBeAbsent && bits == 0;
        }

        value = Order.Kind switch
        {
            // Negative zero counts as negative here, because its sign bit is set.
            _ when flags > TiesFlag || bits < 0 => null,
            SortKind.Whole when bits <= Order.Most => bits,
            SortKind.Fraction when BitConverter.Int64BitsToDouble(bits) is var fraction and <= 1 => fraction,
            SortKind.Time when bits <= LastTime => DateTimeOffset.FromUnixTimeMilliseconds(bits),
            _ => null,
        };
        return value is not null;
    }
}
