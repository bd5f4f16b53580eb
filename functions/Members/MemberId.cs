using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Members;

/// <summary>A member's id: the token's <c>oid</c> or <c>sub</c>, 1 to 128 letters, digits and <c>. _ ~ -</c>.</summary>
/// <remarks>Ids compare by ordinal. The characters are those that need no escaping in a URL, a Cosmos id or a Web PubSub user id.</remarks>
[JsonConverter(typeof(MemberIdJsonConverter))]
public readonly record struct MemberId(string Value) : IComparable<MemberId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Reads an id from outside; false when it is not one, and then it cannot name a member.</summary>
    public static bool TryParse(string? text, out MemberId id)
    {
        id = new MemberId(text ?? "");
        return text is { Length: > 0 and <= MaxLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or '-');
    }

    /// <summary>Ordinal order, so that a pair has one first member.</summary>
    public int CompareTo(MemberId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Writes a <see cref="MemberId"/> as the plain string it is.</summary>
public sealed class MemberIdJsonConverter : JsonConverter<MemberId>
{
    /// <inheritdoc/>
    public override MemberId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MemberId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a member id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override MemberId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
