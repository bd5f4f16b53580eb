using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections;

/// <summary>A member's id: the token's <c>oid</c> or <c>sub</c>, 1 to 128 letters, digits and <c>. _ ~ -</c>, but not only dots.</summary>
/// <remarks>Comparison is ordinal. None of the characters needs escaping in a URL, a Cosmos id or a Web PubSub user id.</remarks>
[JsonConverter(typeof(MemberIdJsonConverter))]
public readonly record struct MemberId(string Value) : IComparable<MemberId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>The rules for an id, as the end of a sentence.</summary>
    public const string Form = "1 to 128 letters, digits and . _ ~ -, neither dots alone nor the word facets";

    /// <summary>Words that routes have where other routes have a member's id. No call could ever read a member with such an id.</summary>
    public static IReadOnlySet<string> RouteWords { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "facets" };

    /// <summary>Reads an id from outside the app. False if no member can have it.</summary>
    public static bool TryParse(string? text, out MemberId id)
    {
        id = new MemberId(text ?? "");
        return IsSegment(text) && !RouteWords.Contains(text!);
    }

    // URLs drop a segment of one dot and go up at two, even when the dots are escaped, so an SDK would address a whole container, or all
    // users, instead of one. Any number of dots alone is refused, so that nobody has to know which counts are special.
    internal static bool IsSegment(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or '-')
        && text.AsSpan().IndexOfAnyExcept('.') >= 0;

    /// <summary>Ordinal order. It decides which member of a pair comes first.</summary>
    public int CompareTo(MemberId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Reads and writes a <see cref="MemberId"/> as a string.</summary>
/// <remarks>It accepts route words, so that a member whose id later became one can still be shown and erased.</remarks>
public sealed class MemberIdJsonConverter : JsonConverter<MemberId>
{
    /// <inheritdoc/>
    public override MemberId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && MemberId.IsSegment(text) ? new MemberId(text) : throw new JsonException("Not a member id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override MemberId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
