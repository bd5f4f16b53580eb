namespace Connections.Tests.Local.Cosmos;

/// <summary>Items with values of every type, and queries with the results of Cosmos DB.</summary>
internal static class QueryCases
{
    public const string Container = """
        {
          "id": "items", "partitionKey": { "paths": ["/pk"], "kind": "Hash" },
          "indexingPolicy": {
            "indexingMode": "consistent",
            "includedPaths": [{ "path": "/v/?" }, { "path": "/g/?" }, { "path": "/s/?" }, { "path": "/words/[]/?" }, { "path": "/tags/[]/?" }, { "path": "/deep/n/?" }],
            "excludedPaths": [{ "path": "/*" }],
            "compositeIndexes": [
              [{ "path": "/g", "order": "ascending" }, { "path": "/v", "order": "descending" }, { "path": "/id", "order": "ascending" }],
              [{ "path": "/s", "order": "descending" }, { "path": "/v", "order": "ascending" }]
            ]
          }
        }
        """;

    /// <summary>The property <c>v</c> has a value of each type, and several numbers and texts; item <c>j</c> has no <c>v</c>.</summary>
    public static readonly string[] Items =
    [
        """{"id":"a","pk":"p","v":null,"g":1,"s":"x","words":["alpha","beta"],"tags":["t1"]}""",
        """{"id":"b","pk":"p","v":false,"g":1,"s":"y","words":["Alphabet"],"tags":["t2"]}""",
        """{"id":"c","pk":"p","v":true,"g":1,"s":"x","words":[],"tags":["t1","t2"]}""",
        """{"id":"d","pk":"p","v":1,"g":2,"s":"y","words":["alp hine","ΑΛΦΑ"],"tags":[1,true,null]}""",
        """{"id":"e","pk":"q","v":2.5,"g":2,"s":"x","words":"alpha","deep":{"n":7,"list":[{"k":"z"}]}}""",
        """{"id":"f","pk":"q","v":-3,"g":2,"s":"x","words":["be","bee"],"from":"me"}""",
        """{"id":"g","pk":"q","v":"1","g":3,"s":"y","words":["😀 smile","�"]}""",
        """{"id":"h","pk":"q","v":"Zed","g":3,"s":"x","deep":{"n":8}}""",
        """{"id":"i","pk":"q","v":"zed","g":3,"s":"é","deep":{"n":null}}""",
        """{"id":"j","pk":"q","g":3,"s":"z","o":{"a":1}}""",
        """{"id":"k","pk":"r","v":[1],"g":4,"s":"x"}""",
        """{"id":"l","pk":"r","v":{"a":1},"g":4,"s":"x"}""",
    ];

    /// <summary>Queries with the ids they return in order or, after a semicolon, with their results as JSON.</summary>
    public static readonly (string Query, string Answers)[] Queries =
    [
        // Values of different types are neither equal nor ordered, and true is not 1.
        ("SELECT VALUE c.id FROM c WHERE c.v = 1", "d"),
        ("SELECT VALUE c.id FROM c WHERE c.v = true", "c"),
        ("SELECT VALUE c.id FROM c WHERE c.v = null", "a"),
        ("SELECT VALUE c.id FROM c WHERE c.v = '1'", "g"),
        ("SELECT VALUE c.id FROM c WHERE c.v < 2", "d f"),
        ("SELECT VALUE c.id FROM c WHERE 2 > c.v", "d f"),
        ("SELECT VALUE c.id FROM c WHERE c.v >= 1", "d e"),
        ("SELECT VALUE c.id FROM c WHERE c.v > 'Zed'", "i"),
        ("SELECT VALUE c.id FROM c WHERE c.v <= 'Zed'", "g h"),
        ("SELECT VALUE c.id FROM c WHERE c.v <= true", "b c"),
        ("SELECT VALUE c.id FROM c WHERE c.v > false", "c"),
        ("SELECT VALUE c.id FROM c WHERE c.v <= null", "a"),
        ("SELECT VALUE c.id FROM c WHERE c.v != 1", "a b c e f g h i k l"),
        ("SELECT VALUE c.id FROM c WHERE c.v <> null", "b c d e f g h i k l"),

        // NOT undefined is undefined.
        ("SELECT VALUE c.id FROM c WHERE NOT (c.v = 1)", "a b c e f g h i k l"),
        ("SELECT VALUE c.id FROM c WHERE NOT (c.v < 2)", "e"),
        ("SELECT VALUE c.id FROM c WHERE NOT NOT (c.v < 2)", "d f"),
        ("SELECT VALUE c.id FROM c WHERE NOT (c.v < 2 OR c.g = 2)", ""),
        ("SELECT VALUE c.id FROM c WHERE NOT (c.v < 2 AND c.g = 2)", "a b c e g h i j k l"),
        ("SELECT VALUE c.id FROM c WHERE c.v", "c"),
        ("SELECT VALUE c.id FROM c WHERE NOT c.v", "b"),
        ("SELECT VALUE c.id FROM c WHERE c.nothing = undefined", ""),
        ("SELECT VALUE c.id FROM c WHERE c.nothing != 1", ""),
        ("SELECT VALUE c.id FROM c WHERE (c.g = 1 OR c.g = 4) AND c.s = 'x'", "a c k l"),
        ("SELECT VALUE c.id FROM c WHERE c.g = 1 OR c.g = 4 AND c.s = 'x'", "a b c k l"),
        ("SELECT VALUE c.id FROM c WHERE c.g = c.v", ""),
        ("SELECT VALUE c.id FROM c WHERE true AND c.g = 4", "k l"),

        ("SELECT VALUE c.id FROM c WHERE c.v IN (1, 'zed', null, true)", "a c d i"),
        ("SELECT VALUE c.id FROM c WHERE c.v NOT IN (1, 'zed', null, true)", "b e f g h k l"),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(['a', 'k', 'nobody'], c.id)", "a k"),
        ("SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.v) AND c.g = 3", "g h i"),
        ("SELECT VALUE c.id FROM c WHERE NOT IS_DEFINED(c.v)", "j"),
        ("SELECT VALUE c.id FROM c WHERE c.v < 2 OR NOT IS_DEFINED(c.v)", "d f j"),
        ("SELECT VALUE c.id FROM c WHERE c.v <= 2.5 AND c.v < 2 AND c.v < 9 AND c.v > -9 AND c.v >= 0", "d"),
        ("SELECT VALUE c.id FROM c WHERE c.v < 2 AND c.v < 'Zed'", ""),
        ("SELECT VALUE c.id FROM c WHERE c.v < 2 AND NOT (c.v < 1)", "d"),
        ("SELECT VALUE c.id FROM c WHERE c.v <= 'Zed' OR NOT IS_DEFINED(c.v)", "g h j"),
        ("SELECT VALUE c.id FROM c WHERE c.v < 2 OR NOT IS_DEFINED(c.g)", "d f"),
        ("SELECT VALUE c.id FROM c WHERE NOT (c.v < 2 OR NOT IS_DEFINED(c.v))", "e"),
        ("SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.deep.n)", "e h i"),
        ("SELECT VALUE c.id FROM c WHERE c.deep.list[0].k = 'z'", "e"),
        ("SELECT VALUE c.id FROM c WHERE c[\"from\"] = 'me'", "f"),
        ("SELECT VALUE c.id FROM c WHERE STARTSWITH(c.v, 'z')", "i"),
        ("SELECT VALUE c.id FROM c WHERE STARTSWITH(c.v, 'z', true)", "h i"),
        ("SELECT VALUE c.id FROM c WHERE STARTSWITH(c.v, '')", "g h i"),
        ("SELECT VALUE c.id FROM c WHERE NOT STARTSWITH(c.v, 'z')", "g h"),

        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, 't1')", "a c"),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, 't')", ""),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, 1)", "d"),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, null)", "d"),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, true)", "d"),
        ("SELECT VALUE c.id FROM c WHERE NOT ARRAY_CONTAINS(c.tags, 't1')", "b d"),
        ("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(c.tags, 't1') OR ARRAY_CONTAINS(c.tags, 't2')", "a b c"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'alp'))", "a d"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'alp h'))", "d"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'be'))", "a f"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'ΑΛ'))", "d"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, '😀'))", "g"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, ''))", "a b d f g"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE t = 'bee' OR t = 'beta')", "a f"),
        ("SELECT VALUE c.id FROM c WHERE NOT EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'alp')) AND c.pk = 'p'", "b c"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'al')) AND EXISTS(SELECT VALUE t "
            + "FROM t IN c.words WHERE STARTSWITH(t, 'be'))", "a"),

        // The order is: undefined, null, booleans, numbers, texts by code point, arrays, objects.
        ("SELECT VALUE c.id FROM c ORDER BY c.v", "j a b c f d e g h i k l"),
        ("SELECT VALUE c.id FROM c ORDER BY c.v DESC", "l k i h g e d f c b a j"),
        ("SELECT VALUE c.id FROM c WHERE c.g = 2 ORDER BY c.v", "f d e"),
        ("SELECT VALUE c.id FROM c ORDER BY c.g ASC, c.v DESC, c.id ASC", "c b a e d f i h g j l k"),
        ("SELECT VALUE c.id FROM c ORDER BY c.g DESC, c.v ASC, c.id DESC", "k l j g h i f d e a b c"),
        ("SELECT VALUE c.id FROM c WHERE c.g = 3 ORDER BY c.g ASC, c.v DESC, c.id ASC", "i h g j"),
        ("SELECT VALUE c.id FROM c ORDER BY c.s DESC, c.v ASC", "i j b d g a c f e h k l"),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'be')) ORDER BY c.v", "a f"),
        ("SELECT TOP 3 VALUE c.id FROM c ORDER BY c.v DESC", "l k i"),
        ("SELECT VALUE c.id FROM c ORDER BY c.v DESC OFFSET 2 LIMIT 3", "i h g"),
        ("SELECT VALUE c.id FROM c ORDER BY c.v OFFSET 10 LIMIT 5", "k l"),
        ("SELECT VALUE c.id FROM c ORDER BY c.v OFFSET 3 LIMIT 0", ""),

        ("SELECT c.id, c.v FROM c WHERE c.g = 1 ORDER BY c.v", """;{"id":"a","v":null} {"id":"b","v":false} {"id":"c","v":true}"""),
        ("SELECT c.id, c.v, c.deep.n AS depth FROM c WHERE c.id = 'h'", """;{"id":"h","v":"Zed","depth":8}"""),
        ("SELECT c.id, c.v FROM c WHERE c.id = 'j'", """;{"id":"j"}"""),
        ("SELECT VALUE c.v FROM c WHERE c.g = 3 ORDER BY c.id", ";\"1\" \"Zed\" \"zed\""),
        ("SELECT VALUE {\"n\": c.v, \"all\": [c.g, c.nothing, 1]} FROM c WHERE c.id = 'e'", """;{"n":2.5,"all":[2,1]}"""),
        ("SELECT VALUE c.deep FROM c WHERE c.id = 'e'", """;{"n":7,"list":[{"k":"z"}]}"""),
        ("SELECT c[\"from\"] FROM c WHERE c.id = 'f'", """;{"from":"me"}"""),
        ("SELECT VALUE c.id FROM c WHERE 'it\\'s' = \"it's\" AND c.g = 1", "a b c"),
        ("SELECT VALUE c.id FROM c WHERE c.s = '\\u00e9' OR c.s = \"\\u007a\"", "i j"),
        ("SELECT VALUE c.id FROM c WHERE c.v = 25e-1 OR c.v = -3.0 OR c.v = 1.", "d e f"),
        ("SELECT VALUE c.id FROM c WHERE c.v = .25e1", "e"),
        ("SELECT VALUE COUNT(1) FROM c", ";12"),
        ("SELECT VALUE COUNT(1) FROM c WHERE c.v > 0", ";2"),
        ("SELECT VALUE COUNT(1) FROM c WHERE c.nothing = 1", ";0"),
        ("SELECT VALUE COUNT(1) FROM c WHERE ARRAY_CONTAINS(c.tags, 't2')", ";2"),
    ];

    /// <summary>The results of a case as the SDK returns them; sorted by id if the query has no order.</summary>
    public static IEnumerable<string> Expected(string answers) =>
        answers.StartsWith(';')
        ? answers[1..].Split(' ')
        : answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => $"\"{id}\"");

    /// <summary>Results in the order of a case.</summary>
    public static IEnumerable<string> InOrder(string query, IEnumerable<string> answers) =>
        query.Contains("ORDER BY", StringComparison.Ordinal) ? answers : answers.Order(StringComparer.Ordinal);
}
