using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Connections.Http;

/// <summary>Reads request bodies within limits and reports errors in them.</summary>
public static class RequestBody
{
    // The room for a body whose length is not given, at first.
    private const int UsualBytes = 4 * 1024;

    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Whether the request has a body, of a call that may leave it out.</summary>
    public static bool HasBody(this HttpRequest request) =>
        request.ContentLength is not 0
            && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false;

    /// <summary>Reads the whole body; an error if it has more than <paramref name="max"/> bytes.</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, int max, CancellationToken ct)
    {
        // Content-Length can be absent or wrong, so never read more than the limit and one byte.
        if (request.ContentLength > max)
        {
            return new BodyTooLarge(max);
        }

        // As large as the body, which is most often far smaller than the limit, and one byte more, which shows that the body has ended.
        var buffer = new byte[Math.Min(request.ContentLength ?? UsualBytes, max) + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var free = buffer.AsMemory(length);
                length += await request.Body.ReadAtLeastAsync(free, free.Length, throwOnEndOfStream: false, ct);
                if (length < buffer.Length)
                {
                    return (ReadOnlyMemory<byte>)buffer.AsMemory(0, length);
                }

                if (length > max)
                {
                    return new BodyTooLarge(max);
                }

                Array.Resize(ref buffer, Math.Min(2 * length, max + 1));
            }
        }
        // The body came too slowly, was cut off or badly framed: the fault of the sender or the network.
        catch (IOException)
        {
            return new InvalidJson("The body was incomplete or took too long. Send the call again.");
        }
    }

    /// <summary>Reads an object from JSON. The error names a field of the wrong type.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="what">The start of the error message, such as <c>The body</c>.</param>
    public static Result<T> Parse<T>(ReadOnlySpan<byte> json, string what)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(
                json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, Options);
            return value is null ? new InvalidJson($"{what} must be a JSON object.") : value;
        }
        // Malformed JSON has an inner exception from the reader; any other exception with a path is a wrong type.
        catch (JsonException e) when (e.Path is { Length: > 2 } && e.InnerException is not JsonException)
        {
            var field = e.Path.TrimStart('$', '.');
            return e is BadFormException
                ? new InvalidInput(field, e.Message, FieldCode.BadForm)
                : new InvalidInput(field, $"The value must be {KindOf(typeof(T), field)}.", FieldCode.WrongType);
        }
        catch (JsonException e)
        {
            return new InvalidJson($"{what} cannot be read as JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(Json.Options) { Converters = { new WholeNumberConverter() } };
        // Of two converters for a type the first one is used.
        options.Converters.Insert(0, new SentTimeConverter());
        return options;
    }

    /// <summary>What a field must be, in words.</summary>
    private static string KindOf(Type type, string path)
    {
        foreach (var name in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            var part = name.EndsWith(']')
                ? type.GenericTypeArguments.FirstOrDefault()
                : type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
            if (part is null)
            {
                return "of another type";
            }

            type = Nullable.GetUnderlyingType(part) ?? part;
        }

        return type switch
        {
            _ when type == typeof(string) => "a text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(long) || type == typeof(int) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(DateTimeOffset) => "a text with " + SentTimeConverter.Form,
            _ when type.IsGenericType => "a list",
            _ => "an object",
        };
    }
}

/// <summary>A value of the right type and the wrong form. The message says the form.</summary>
public sealed class BadFormException(string message) : JsonException(message);

/// <summary>Reads a time that says its offset: without one, it would be the server's own.</summary>
public sealed class SentTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The form, in words.</summary>
    public const string Form = "a day and time with its offset, such as 2027-01-31T18:00:00Z";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("Not a text.");
        }

        var text = reader.GetString()!;
        // What this reads is as in RFC 3339, but for the offset, which may be absent.
        return reader.TryGetDateTimeOffset(out var time) && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T'))
            && text.Contains('T', StringComparison.Ordinal)
                ? time
                : throw new BadFormException($"The time must be {Form}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcTimeConverter.Text(value));
}

/// <summary>Reads every JSON spelling of a whole number: 52000.0 and 5.2e4 are the integer 52000, as in JSON Schema.</summary>
/// <remarks>
/// Only request bodies need this. The conversion is exact, without floating point, and a large exponent costs nothing. A number with a
/// fraction, out of range or in quotes has the wrong type.
/// </remarks>
public sealed class WholeNumberConverter : JsonConverter<long>
{
    private const int MaxDigits = 19;

    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var text = System.Text.Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
            if (Digits(text) is { } digits
                && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        throw new JsonException("Not a whole number.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options)
    {
        writer.WriteNumberValue(value);
    }

    // The number without point and exponent; null if it has a fraction or far too many digits.
    private static string? Digits(string text)
    {
        var parts = text.Split('e', 'E');
        var sign = text[0] == '-' ? "-" : "";
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal)[sign.Length..];
        var digits = all.Trim('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        // The number of zeros after the last non-zero digit.
        long zeros = all.Length - all.TrimEnd('0').Length - (point < 0 ? 0 : parts[0].Length - point - 1);
        if (parts.Length > 1)
        {
            if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            {
                return null;
            }

            zeros += exponent;
        }

        return zeros >= 0 && digits.Length + zeros <= MaxDigits ? sign + digits + new string('0', (int)zeros) : null;
    }
}
