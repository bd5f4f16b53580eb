using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>Where and how far a query is run.</summary>
/// <param name="Partition">The <see cref="SortKey"/> of the one partition to look in; null for all.</param>
/// <param name="PageSize">The most answers of a page; 0 or less for this store's choice.</param>
/// <param name="Token">The continuation token of the page before; null for the first.</param>
internal sealed record QueryTerms(object? Partition, int PageSize, string? Token);

/// <summary>One page of a query's answers: a JSON array, how many they are, and the token of the next page, if any.</summary>
internal sealed record QueryPage(byte[] Answers, int Count, string? Token);

/// <summary>Runs queries a page at a time. A page costs the same wherever it lies, because its token says where to go on.</summary>
internal sealed class Pages(CosmosStore store)
{
    private const int DefaultPageSize = 1000;
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly FewMatches few = new();

    /// <summary>Refuses what <see cref="Read"/> would refuse.</summary>
    public void Check(StoredContainer container, SelectQuery query)
    {
        _ = new Plan(container, query, null, store.Now);
        _ = new Projection(query);
    }

    /// <exception cref="CosmosRefusal">A sort that the indexing policy does not serve, or what is not built.</exception>
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
            new Projection(query).Write(writer, row, 0, row.Long(0));
            writer.WriteEndArray();
        }

        return new QueryPage(buffer.ToArray(), 1, null);
    }

    private QueryPage Page(SqliteSession session, SelectQuery query, Plan plan, QueryTerms terms)
    {
        var behind = Continuation.Read(terms.Token, plan.Sort.Count);
        var left = behind is null ? query.Limit : behind.Left;
        var size = Math.Min(terms.PageSize > 0 ? terms.PageSize : DefaultPageSize, left ?? long.MaxValue);
        var projection = new Projection(query);
        // One more than the page holds, to know whether there is a next page.
        var sql = plan.PageSql(projection.Columns, behind, size + 1, behind is null ? query.Offset : 0, plan.GoesByWords(session, size, few));
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
                last = new Continuation([.. Enumerable.Range(1, plan.Sort.Count).Select(rows.Value)], rows.Long(0), left - taken);
            }

            writer.WriteEndArray();
        }

        return new QueryPage(buffer.ToArray(), count, more && last is not { Left: 0 } ? last?.ToString() : null);
    }
}
