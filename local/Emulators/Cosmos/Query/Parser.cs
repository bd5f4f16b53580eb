using System.Text.Json;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>Reads the text of a query, or of a patch's condition.</summary>
internal sealed class Parser
{
    /// <summary>The SDK's own planner puts this where it may later insert a filter; until then it means "true".</summary>
    private const string Placeholder = "{documentdb-formattableorderbyquery-filter}";

    private readonly Cursor _cursor;
    private readonly Expressions _expressions;

    private Parser(List<Token> tokens, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        _cursor = new Cursor(tokens);
        _expressions = new Expressions(_cursor, parameters);
    }

    /// <exception cref="CosmosRefusal">The text is not a query, or needs something that is not supported.</exception>
    public static SelectQuery ParseQuery(string text, IReadOnlyDictionary<string, JsonElement> parameters) =>
        new Parser(Lexer.Read(text.Replace(Placeholder, "true", StringComparison.Ordinal)), parameters).Query();

    /// <summary>The condition of a patch, <c>from c where …</c>.</summary>
    /// <exception cref="CosmosRefusal">The text is not a condition, or needs something that is not supported.</exception>
    public static Condition ParseCondition(string text)
    {
        var parser = new Parser(Lexer.Read(text), new Dictionary<string, JsonElement>());
        parser.From();
        parser._cursor.Expect("WHERE");
        var where = parser._expressions.Read();
        parser.End();
        return new Condition(parser._expressions.Root, where);
    }

    private SelectQuery Query()
    {
        _cursor.Expect("SELECT");
        long? limit = _cursor.Take("TOP") ? WholeNumber("TOP") : null;
        var value = _cursor.Take("VALUE");
        // FROM, which names the item, comes after the projection that uses the name.
        var projection = _cursor.At;
        _cursor.SkipTo("FROM");
        From();
        var behindFrom = _cursor.At;
        _cursor.At = projection;
        var selected = value ? _expressions.Read() : Projection();
        _cursor.Expect("FROM");
        _cursor.At = behindFrom;
        var where = _cursor.Take("WHERE") ? _expressions.Read() : null;
        var sort = _cursor.Take("ORDER") ? OrderBy() : [];
        var offset = 0L;
        if (limit is null && _cursor.Take("OFFSET"))
        {
            offset = WholeNumber("OFFSET");
            _cursor.Expect("LIMIT");
            limit = WholeNumber("LIMIT");
        }

        End();
        var query = new SelectQuery(_expressions.Root, selected, where, sort, offset, limit);
        return query.Counts && (!value || selected is NewObject || limit is not null)
            ? throw CosmosRefusal.NotBuilt("COUNT other than as SELECT VALUE COUNT(1)")
            : query;
    }

    private void From()
    {
        _cursor.Expect("FROM");
        _expressions.Root = _cursor.Name();
        if (_cursor.Take("AS") || (_cursor.Current.Kind == TokenKind.Name && !_cursor.IsKeyword))
        {
            _expressions.Root = _cursor.Name();
        }

        if (_cursor.Current.Is("IN"))
        {
            throw CosmosRefusal.NotBuilt("FROM … IN outside EXISTS");
        }
    }

    private Expression Projection()
    {
        if (_cursor.Take("*"))
        {
            return new PathOf(_expressions.Root, new JsonPath([]));
        }

        var properties = new List<(string Name, Expression)>();
        do
        {
            var selected = _expressions.Read();
            var name = _cursor.Take("AS") ? _cursor.Name() : selected switch
            {
                PathOf { Path.Segments: [.., string last] } => last,
                PathOf { Path.Segments: [] } path => path.Root,
                _ => $"${properties.Count + 1}",
            };
            if (properties.Any(property => property.Name == name))
            {
                throw CosmosRefusal.Bad($"The property '{name}' is selected twice.");
            }

            properties.Add((name, selected));
        }
        while (_cursor.Take(","));
        return new NewObject(properties);
    }

    private List<SortField> OrderBy()
    {
        _cursor.Expect("BY");
        var fields = new List<SortField>();
        do
        {
            if (_cursor.Current.Is("RANK"))
            {
                throw CosmosRefusal.NotBuilt("ORDER BY RANK");
            }

            var path = _expressions.ReadOperand() is PathOf { Path.Segments.Count: > 0 } field
                ? field.Path
                : throw CosmosRefusal.Bad("Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.");
            var descending = _cursor.Take("DESC");
            _ = descending || _cursor.Take("ASC");
            fields.Add(new SortField(path, descending));
        }
        while (_cursor.Take(","));
        return fields;
    }

    private long WholeNumber(string clause) =>
        _expressions.ReadOperand() is Constant { Type: JsonValueKind.Number } number && number.Value!.Value.TryGetInt32(out var value)
        && value >= 0
            ? value
            : throw CosmosRefusal.Bad($"The count value provided for a {clause} clause must be an integer that is not negative.");

    private void End()
    {
        if (_cursor.Current.Kind != TokenKind.End)
        {
            throw _cursor.Unexpected();
        }
    }
}
