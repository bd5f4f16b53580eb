using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections;

/// <summary>The JSON settings of the whole app: calls, documents, the change feed, the queue and live events.</summary>
/// <remarks>
/// The change feed must read the names that the API writes, so they share one options object. Null properties are omitted, so that an
/// absent property and IS_DEFINED in a Cosmos query mean the same.
/// </remarks>
public static class Json
{
    /// <summary>camelCase names and enums; nulls are omitted, unknown properties ignored.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the same settings to another options object, such as the worker's.</summary>
    public static void CopyTo(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // A number in quotes is an error that the caller gets to see.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        // Text in every script stays readable. No answer is put into HTML unescaped.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        CopyTo(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Writes times as RFC 3339 in UTC with three decimals. The fixed length makes them sort as text in queries.</summary>
/// <remarks>Fractions of a millisecond are dropped. It reads every RFC 3339 offset.</remarks>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The text of a time, for documents and query parameters.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));
}
