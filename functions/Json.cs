using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections;

/// <summary>The one way this app writes and reads JSON: calls, documents, the change feed, the queue and live events.</summary>
/// <remarks>
/// One object for all of them, because the change feed must read the names that the API wrote. Null properties are left out,
/// so that an absent property and a Cosmos query's IS_DEFINED mean the same.
/// </remarks>
public static class Json
{
    /// <summary>camelCase names, camelCase enums, nulls left out, unknown members ignored.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Gives another options object, such as the worker's own, the same settings.</summary>
    public static void CopyTo(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // A number in quotes is a wrong type, and the caller is told.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        // The answers are JSON documents, never put into HTML unescaped; text in any script stays readable.
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

/// <summary>Times as RFC 3339 in UTC with three decimals, always the same length, so that they sort as text in a query.</summary>
/// <remarks>Finer than a millisecond is dropped; any RFC 3339 offset is read.</remarks>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The text of a time, as documents hold it and as query parameters must give it.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
