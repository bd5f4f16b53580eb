using System.Globalization;
using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>Where the next page of a query starts: behind the last item of the page before, by what it was sorted by.</summary>
/// <remarks>It names no page and holds no state of the store, so it outlives restarts and changes to the items.</remarks>
/// <param name="Keys">The last item's sort keys.</param>
/// <param name="Number">The last item's number.</param>
/// <param name="Left">How many answers TOP or LIMIT still allows; null for any number.</param>
internal sealed record Continuation(IReadOnlyList<object> Keys, long Number, long? Left)
{
    /// <exception cref="CosmosRefusal">It is no token of a query that sorts by so many fields.</exception>
    public static Continuation? Read(string? token, int fields)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(Convert.FromBase64String(token))!;
            if (parts.Length == fields + 2)
            {
                return new Continuation([.. parts.Skip(2).Select(Key)], long.Parse(parts[0]), parts[1].Length == 0 ? null : long.Parse(parts[1]));
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            // Refused below, like a token of another query.
        }

        throw CosmosRefusal.Bad("Invalid continuation token.");
    }

    public override string ToString()
    {
        string[] parts = [Number.ToString(CultureInfo.InvariantCulture), Left?.ToString(CultureInfo.InvariantCulture) ?? "", .. Keys.Select(Text)];
        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(parts));
    }

    private static string Text(object key) => key switch
    {
        long value => "i" + value.ToString(CultureInfo.InvariantCulture),
        double value => "d" + value.ToString("R", CultureInfo.InvariantCulture),
        string value => "s" + value,
        _ => "b" + Convert.ToBase64String((byte[])key),
    };

    private static object Key(string text) => text[0] switch
    {
        'i' => long.Parse(text.AsSpan(1), provider: CultureInfo.InvariantCulture),
        'd' => double.Parse(text.AsSpan(1), CultureInfo.InvariantCulture),
        's' => text[1..],
        'b' => Convert.FromBase64String(text[1..]),
        _ => throw new FormatException(),
    };
}
