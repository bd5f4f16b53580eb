using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The FTS5 table of a container whose policy includes elements of arrays, such as <c>/terms/[]/?</c>.</summary>
/// <remarks>
/// A token is an element's UTF-8 in hexadecimal, so FTS5 neither splits nor folds it, and a match is exactly ARRAY_CONTAINS or STARTSWITH.
/// Triggers keep the table in step with the items.
/// </remarks>
internal static class WordIndex
{
    public static string Table(StoredContainer container) =>
        $"{container.Table}_words_{ContainerIndexes.Hash(string.Join('\n', container.Settings.Policy.Words))}";

    /// <summary>The column of an array; null if the policy does not index its elements.</summary>
    public static string? Column(StoredContainer container, JsonPath array)
    {
        for (var i = 0; i < container.Settings.Policy.Words.Count; i++)
        {
            if (container.Settings.Policy.Words[i].Equals(array))
            {
                return $"w{i}";
            }
        }

        return null;
    }

    /// <summary>Creates the table that the policy asks for, and drops an earlier one.</summary>
    public static void Apply(SqliteSession session, StoredContainer container)
    {
        var arrays = container.Settings.Policy.Words;
        var words = Table(container);
        var existing =
            ContainerIndexes.Names(session, "table", container.Table + "_words_").Where(name => name.Length == words.Length).ToList();
        if (arrays.Count > 0 && existing.Contains(words))
        {
            return;
        }

        foreach (var stale in existing)
        {
            session.Script($"DROP TRIGGER {stale}_i; DROP TRIGGER {stale}_u; DROP TRIGGER {stale}_d; DROP TABLE {stale}");
        }

        if (arrays.Count == 0)
        {
            return;
        }

        var table = container.Table;
        var columns = string.Join(", ", arrays.Select((_, i) => $"w{i}"));
        session.Script($"""
            CREATE VIRTUAL TABLE {words} USING fts5({columns}, content='', contentless_delete=1, detail=column, prefix='2 4 6', tokenize='ascii');
            CREATE TRIGGER {words}_i AFTER INSERT ON {table} BEGIN
              INSERT INTO {words} (rowid, {columns}) VALUES (new.n, {Tokens("new.body")});
            END;
            CREATE TRIGGER {words}_u AFTER UPDATE OF body ON {table} WHEN ({Tokens("old.body")}) IS NOT ({Tokens("new.body")}) BEGIN
              DELETE FROM {words} WHERE rowid = old.n;
              INSERT INTO {words} (rowid, {columns}) VALUES (new.n, {Tokens("new.body")});
            END;
            CREATE TRIGGER {words}_d AFTER DELETE ON {table} BEGIN
              DELETE FROM {words} WHERE rowid = old.n;
            END;
            INSERT INTO {words} (rowid, {columns}) SELECT n, {Tokens("body")} FROM {table};
            """);

        string Tokens(string body) => string.Join(", ", arrays.Select(path =>
            $"(SELECT group_concat(hex(e.value), ' ') FROM json_each({body}, {path.Sql}) e " +
            $"WHERE e.type = 'text' AND json_type({body}, {path.Sql}) = 'array')"));
    }
}
