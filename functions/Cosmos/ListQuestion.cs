using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Connections.Creators;

namespace Connections.Cosmos;

/// <summary>What a caller asks of a list, and the continuations of its pages.</summary>
/// <remarks>
/// <para>
/// A continuation is the place of the last item that was shown, with a hash of the place and the question. It is our own: the Cosmos SDK
/// runs the query plan that it finds in one of its tokens, so those never leave the service, and no caller's text is ever given to it as
/// one.
/// </para>
/// <para>
/// It is neither secret nor signed. It holds what the caller was shown, and a caller who makes one up can only ask for another place of a
/// list that they may read anyway: what the list shows is decided anew for every page. It has one form only, values that the list could
/// not have given are refused, and so is one that was cut off or changed on its way.
/// </para>
/// </remarks>
public sealed class ListQuestion<T>
    where T : class
{
    /// <summary>The longest continuation, in characters: less than that for the longest id.</summary>
    public const int MaxLength = 300;

    // The hash, a byte of flags, the value, and the id to the end.
    private const int HashLength = 16;
    private const int FlagsAt = HashLength;
    private const int ValueAt = FlagsAt + 1;
    private const int IdAt = ValueAt + sizeof(long);

    private const byte TiesFlag = 1;
    private const byte AbsentFlag = 2;

    // The last moment that four digits of a year can say.
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly byte[] _asked;

    /// <summary>A question.</summary>
    /// <param name="list">Which list, by a name of its own.</param>
    /// <param name="order">How it is sorted.</param>
    /// <param name="asked">All else that decides what is in it and in which order: whose list it is, its filters, the sort.</param>
    public ListQuestion(string list, ListOrder<T> order, params string[] asked)
    {
        Order = order;
        _asked = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>([list, .. asked]));
    }

    /// <summary>How the list is sorted.</summary>
    public ListOrder<T> Order { get; }

    /// <summary>The continuation that asks for what follows a position.</summary>
    public string Write(ListPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var bytes = new byte[IdAt + Encoding.UTF8.GetByteCount(position.Id)];
        bytes[FlagsAt] = position.Value is null ? AbsentFlag : position.Ties ? TiesFlag : (byte)0;
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

    /// <summary>Reads a continuation; false when this question has given none like it.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out ListPosition? position)
    {
        position = null;
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= IdAt || !TryReadValue(bytes[FlagsAt], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(ValueAt)), out var value))
        {
            return false;
        }

        var id = Encoding.UTF8.GetString(bytes.AsSpan(IdAt));
        var read = new ListPosition(value, id, bytes[FlagsAt] == TiesFlag);
        // Written again it must be the same text: that compares the hash, and Base64 can say the same in several ways.
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
            // A negative zero is less than zero here, as its sign is a bit of its own.
            _ when flags > TiesFlag || bits < 0 => null,
            SortKind.Whole when bits <= Order.Most => bits,
            SortKind.Fraction when BitConverter.Int64BitsToDouble(bits) is var fraction and <= 1 => fraction,
            SortKind.Time when bits <= LastTime => DateTimeOffset.FromUnixTimeMilliseconds(bits),
            _ => null,
        };
        return value is not null;
    }
}
