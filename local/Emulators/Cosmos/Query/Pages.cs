using System.Globalization;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>The page of a query that a request asks for.</summary>
/// <param name="Partition">The <see cref="SortKey"/> of the one partition to query; null for all.</param>
/// <param name="PageSize">The most answers of a page; 0 or less for the default.</param>
/// <param name="Token">The continuation token of the previous page; null for the first.</param>
internal sealed record QueryTerms(object? Partition, int PageSize, string? Token);

/// <summary>A page of answers: a JSON array, its length, and the token of the next page, if there is one.</summary>
internal sealed record QueryPage(byte[] Answers, int Count, string? Token);

/// <summary>Runs queries page by page. Every page costs the same, because its token says where it starts.</summary>
internal sealed class Pages(CosmosStore store)
{
    private const int DefaultPageSize = 1000;
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Refuses what <see cref="Read"/> would refuse.</summary>
    public void Check(StoredContainer container, SelectQuery query)
    {
        _ = new Plan(container, query, null, store.Now);
        _ = new Projection(query);
    }

    /// <exception cref="CosmosRefusal">The indexing policy does not serve the sort, or the query needs something that is not
    /// supported.</exception>
    public QueryPage Read(StoredContainer container, SelectQuery query, QueryTerms terms)
    {
        var plan = new Plan(container, query, terms.Partition, store.Now);
        return store.Read(session => query.Counts ? Count(session, query, plan) : Page(session, query, plan, terms));
    }

    private static QueryPage Count(SqliteSession session, SelectQuery query, Plan plan)
    {
        using var row = session.Query(plan.CountSql(), [.. plan.Values]);
        row.Step();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            new Projection(query).Write(writer, row, 0, row.Number(0));
            writer.WriteEndArray();
        }

        return new QueryPage(buffer.ToArray(), 1, null);
    }

    private static QueryPage Page(SqliteSession session, SelectQuery query, Plan plan, QueryTerms terms)
    {
        var behind = Continuation.Read(terms.Token, plan.Sort.Count);
        var left = behind is null ? query.Limit : behind.Left;
        var size = Math.Min(terms.PageSize > 0 ? terms.PageSize : DefaultPageSize, left ?? long.MaxValue);
        var projection = new Projection(query);
        // One more than the page holds, to learn whether there is a next page.
        var sql = plan.PageSql(projection.Columns, behind, size + 1, behind is null ? query.Offset : 0, plan.GoesByWords(session, size));
        using var rows = session.Query(sql, [.. plan.Values]);
        using var buffer = new MemoryStream();
        Continuation? last = null;
        var (taken, count, more) = (0L, 0, false);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartArray();
            while (rows.Step())
            {
                if (taken == size || writer.BytesCommitted + writer.BytesPending > MaxBytes)
                {
                    more = true;
                    break;
                }

                taken++;
                count += projection.Write(writer, rows, plan.Sort.Count + 1) ? 1 : 0;
                last = new Continuation([.. Enumerable.Range(1, plan.Sort.Count).Select(rows.Value)], rows.Number(0), left - taken);
            }

            writer.WriteEndArray();
        }

        return new QueryPage(buffer.ToArray(), count, more && last is not { Left: 0 } ? last?.ToString() : null);
    }
}

/// <summary>Where the next page of a query starts: after the last item of the previous page, in the sort order.</summary>
/// <remarks>It holds no state of the store, so it outlives restarts and changes to the items.</remarks>
/// <param name="Keys">The last item's sort keys.</param>
/// <param name="Number">The last item's number.</param>
/// <param name="Left">How many more answers TOP or LIMIT allows; null for any number.</param>
internal sealed record Continuation(IReadOnlyList<object> Keys, long Number, long? Left)
{
    /// <exception cref="CosmosRefusal">The token is not of a query that sorts by this number of fields.</exception>
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
                return new Continuation(
                    [.. parts.Skip(2).Select(Key)], long.Parse(parts[0]), parts[1].Length == 0 ? null : long.Parse(parts[1]));
            }
        }
        catch (Exception e) when (
            e is FormatException or JsonException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            // Refused below.
        }

        throw CosmosRefusal.Bad("Invalid continuation token.");
    }

    public override string ToString()
    {
        string[] parts =
            [Number.ToString(CultureInfo.InvariantCulture), Left?.ToString(CultureInfo.InvariantCulture) ?? "", .. Keys.Select(Text)];
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
