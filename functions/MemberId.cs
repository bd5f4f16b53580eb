using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections;

/// <summary>A member's id: the token's <c>oid</c> or <c>sub</c>, 1 to 128 letters, digits and <c>. _ ~ -</c>, not dots alone.</summary>
/// <remarks>Ids compare by ordinal. The characters are those that need no escaping in a URL, a Cosmos id or a Web PubSub user id.</remarks>
[JsonConverter(typeof(MemberIdJsonConverter))]
public readonly record struct MemberId(string Value) : IComparable<MemberId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>What an id is, as a sentence ends with it.</summary>
    public const string Form = "1 to 128 letters, digits and . _ ~ -, neither dots alone nor the word facets";

    /// <summary>The literal segments of routes that stand where other routes have a member's id. A member by such an id could never be read.</summary>
    public static IReadOnlySet<string> RouteWords { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "facets" };

    /// <summary>Reads an id from outside; false when it is not one, and then it cannot name a member.</summary>
    public static bool TryParse(string? text, out MemberId id)
    {
        id = new MemberId(text ?? "");
        return IsSegment(text) && !RouteWords.Contains(text!);
    }

    // An address drops a segment of one dot and climbs at one of two, however they are escaped: the SDKs would call for a whole container,
    // or for all users, instead of for one. Dots alone are refused in any number, so that nobody has to know which of them do what.
    internal static bool IsSegment(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or '-')
        && text.AsSpan().IndexOfAnyExcept('.') >= 0;

    /// <summary>Ordinal order, so that a pair has one first member.</summary>
    public int CompareTo(MemberId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Writes a <see cref="MemberId"/> as the plain string it is.</summary>
/// <remarks>It reads what documents hold: a member whose id has become a word of a route since can still be shown and erased.</remarks>
public sealed class MemberIdJsonConverter : JsonConverter<MemberId>
{
    /// <inheritdoc/>
    public override MemberId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && MemberId.IsSegment(text) ? new MemberId(text) : throw new JsonException("Not a member id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override MemberId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
