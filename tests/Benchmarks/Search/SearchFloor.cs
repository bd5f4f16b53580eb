using System.Text;
using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Local.DemoData;
using Connections.Members;
using Microsoft.Data.Sqlite;

namespace Connections.Benchmarks.Search;

/// <summary>
/// The same pages from SQLite alone, optimized for this purpose only: a table with ready cards, a covering index for each order, and words
/// in FTS5.
/// </summary>
internal sealed class SearchFloor : IDisposable
{
    /// <summary>The number of creators on a page.</summary>
    public const int PageSize = 24;

    private static readonly Uri Avatars = new("http://localhost:7071/dev/avatars/");

    private readonly SqliteConnection _connection;
    private readonly Dictionary<SearchCase, SqliteCommand> _pages = [];
    private readonly SqliteCommand _words;
    private readonly SqliteCommand _relations;
    private readonly SqliteCommand _favourites;

    private SearchFloor(SqliteConnection connection)
    {
        _connection = connection;
        _words = Command(
            "SELECT c.id, c.card FROM words w JOIN creators c ON c.n = w.rowid WHERE words MATCH $words ORDER BY c.followers DESC, c.id "
                + "LIMIT 24",
            "$words");
        var ids = string.Join(", ", Enumerable.Range(0, PageSize).Select(i => $"$id{i}"));
        _relations = Command($"SELECT id, state FROM relations WHERE member = 'brand' AND id IN ({ids})", Enumerable.Range(0, PageSize)
            .Select(i => $"$id{i}").ToArray());
        _favourites = Command($"SELECT id FROM favourites WHERE member = 'brand' AND id IN ({ids})", Enumerable.Range(0, PageSize)
            .Select(i => $"$id{i}").ToArray());
    }

    /// <summary>Opens the floor for a number of creators. Its file is created once.</summary>
    public static async Task<SearchFloor> OpenAsync(int creators, TextWriter log)
    {
        var file = await PreparedData.FileAsync("floor", creators, log, path => Create(path, creators));
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;");
        return new SearchFloor(connection);
    }

    /// <summary>Reads a page by filters and order, with the caller's relations and favourites.</summary>
    /// <returns>The number of characters in the cards, plus the number of relations and favourites.</returns>
    public int Find(SearchCase search)
    {
        if (!_pages.TryGetValue(search, out var command))
        {
            _pages[search] = command = Command(Sql(search));
        }

        return Read(command);
    }

    /// <summary>Reads a page by words, each a prefix of a creator's word, with the caller's relations and favourites.</summary>
    /// <returns>The number of characters in the cards, plus the number of relations and favourites.</returns>
    public int Find(string words)
    {
        _words.Parameters[0].Value = string.Join(' ', words.Split(' ').Select(word => $"\"{word}\"*"));
        return Read(_words);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static string Sql(SearchCase search)
    {
        var (index, order) = search.Sort switch
        {
            "engagement" => ("by_engagement", "engagement DESC, id"),
            "newest" => ("by_listed_at", "listed_at DESC, id"),
            _ => ("by_followers", "followers DESC, id"),
        };
        var sql = new StringBuilder($"SELECT id, card FROM creators INDEXED BY {index} WHERE 1");
        void Any(string column, IReadOnlyList<string> values, IReadOnlyList<string> of) =>
            sql.Append(values.Count == 0 ? "" : $" AND {column} & {Mask(values, of)}");
        Any("categories", search.Categories, PublishedLists.Categories);
        Any("platforms", search.Platforms, PublishedLists.Platforms);
        Any("languages", search.Languages, Languages);
        sql.Append(search.Countries.Count == 0
            ? ""
            : $" AND country IN ({string.Join(", ", search.Countries.Select(country => $"'{country}'"))})");
        sql.Append(search.MinFollowers is null ? "" : FormattableString.Invariant($" AND followers >= {search.MinFollowers}"));
        sql.Append(search.MaxFollowers is null ? "" : FormattableString.Invariant($" AND followers <= {search.MaxFollowers}"));
        sql.Append(search.MinEngagement is null ? "" : FormattableString.Invariant($" AND engagement >= {search.MinEngagement}"));
        return sql.Append($" ORDER BY {order} LIMIT {PageSize}").ToString();
    }

    private static readonly string[] Languages =
        ["en", "de", "fr", "es", "it", "pt", "pl", "cs", "sv", "nl", "tr", "sw", "hi", "ja", "ko", "id", "uk"];

    private static long Mask(IEnumerable<string> values, IReadOnlyList<string> of) =>
        values.Aggregate(0L, (mask, value) =>
            Enumerable.Range(0, of.Count).FirstOrDefault(i => of[i] == value, -1) is >= 0 and var bit ? mask | (1L << bit) : mask);

    // The columns that the product filters and sorts by. A set of published values is stored as the bits of a number.
    private static void Create(string path, int creators)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, """
            PRAGMA journal_mode=WAL;
            CREATE TABLE creators (
              n INTEGER PRIMARY KEY, id TEXT NOT NULL, followers INTEGER, engagement REAL, listed_at TEXT, country TEXT,
              categories INTEGER, platforms INTEGER, languages INTEGER, card TEXT NOT NULL);
            CREATE VIRTUAL TABLE words USING fts5(terms, content='', detail=none, prefix='2 3 4', tokenize='unicode61');
            CREATE TABLE relations (member TEXT, id TEXT, state TEXT, PRIMARY KEY (member, id)) WITHOUT ROWID;
            CREATE TABLE favourites (member TEXT, id TEXT, PRIMARY KEY (member, id)) WITHOUT ROWID;
            BEGIN;
            """);
        using var creator = connection.CreateCommand();
        creator.CommandText = "INSERT INTO creators VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        using var words = connection.CreateCommand();
        words.CommandText = "INSERT INTO words (rowid, terms) VALUES ($1, $2)";
        for (var number = 1; number <= creators; number++)
        {
            var member = DemoCreator.Create(number, Avatars);
            Execute(
                creator, number, member.Id.Value, member.Followers, member.Engagement, UtcTimeConverter.Text(
                    member.ListedAt!.Value), member.Country!,
                Mask(member.Categories, PublishedLists.Categories), Mask(member.PlatformNames, PublishedLists.Platforms), Mask(
                    member.LanguageRanges, Languages),
                JsonSerializer.Serialize(Card.Of(member), Json.Options));
            Execute(words, number, string.Join(' ', member.Terms));
        }

        Execute(connection, """
            INSERT INTO relations SELECT 'brand', id, 'pending' FROM creators WHERE n <= 20;
            INSERT INTO favourites SELECT 'brand', id FROM creators WHERE n BETWEEN 10 AND 30;
            CREATE INDEX by_followers ON creators (followers DESC, id, engagement, country, categories, platforms, languages);
            CREATE INDEX by_engagement ON creators (engagement DESC, id, followers, country, categories, platforms, languages);
            CREATE INDEX by_listed_at ON creators (listed_at DESC, id, followers, engagement, country, categories, platforms, languages);
            INSERT INTO words (words) VALUES ('optimize');
            COMMIT;
            ANALYZE;
            """);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteCommand command, params object[] values)
    {
        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(FormattableString.Invariant($"${i + 1}"), values[i]);
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter, "");
        }

        command.Prepare();
        return command;
    }

    private int Read(SqliteCommand page)
    {
        var (bytes, count) = (0, 0);
        using (var rows = page.ExecuteReader())
        {
            for (; rows.Read(); count++)
            {
                _relations.Parameters[count].Value = _favourites.Parameters[count].Value = rows.GetString(0);
                bytes += rows.GetString(1).Length;
            }
        }

        for (; count < PageSize; count++)
        {
            _relations.Parameters[count].Value = _favourites.Parameters[count].Value = "";
        }

        return bytes + Count(_relations) + Count(_favourites);
    }

    private static int Count(SqliteCommand command)
    {
        using var rows = command.ExecuteReader();
        var count = 0;
        while (rows.Read())
        {
            count++;
        }

        return count;
    }
}
