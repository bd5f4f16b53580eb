using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Http;

/// <summary>Reads whole numbers as other programs write them: 52000.0 and 5.2e4 are the integer 52000, as JSON Schema counts them.</summary>
/// <remarks>
/// For what callers send; documents are written by this app alone. Exact: no number goes through a floating-point one, and a large exponent
/// costs nothing. Numbers with a fraction, numbers out of range and numbers in quotes are of the wrong type.
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
            if (Digits(text) is { } digits && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        throw new JsonException("Not a whole number.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    // The number without point and exponent; null where it has a fraction, or far more digits than any number here.
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

        // How many zeros follow the last digit that is none.
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
