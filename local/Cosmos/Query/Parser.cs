using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>Reads the text of a query, or of a patch's condition.</summary>
internal sealed class Parser
{
    /// <summary>Where the SDK's own planner leaves room for a filter; it means "all" until the SDK fills it in.</summary>
    private const string Placeholder = "{documentdb-formattableorderbyquery-filter}";

    private readonly Cursor cursor;
    private readonly Expressions expressions;

    private Parser(List<Token> tokens, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        cursor = new Cursor(tokens);
        expressions = new Expressions(cursor, parameters);
    }

    /// <exception cref="CosmosRefusal">The text is not a query, or one that is not built.</exception>
    public static SelectQuery ParseQuery(string text, IReadOnlyDictionary<string, JsonElement> parameters) =>
        new Parser(Lexer.Read(text.Replace(Placeholder, "true", StringComparison.Ordinal)), parameters).Query();

    /// <summary>The condition of a patch, <c>from c where …</c>.</summary>
    /// <exception cref="CosmosRefusal">The text is not a condition, or one that is not built.</exception>
    public static Condition ParseCondition(string text)
    {
        var parser = new Parser(Lexer.Read(text), new Dictionary<string, JsonElement>());
        parser.From();
        parser.cursor.Expect("WHERE");
        var where = parser.expressions.Read();
        parser.End();
        return new Condition(parser.expressions.Root, where);
    }

    private SelectQuery Query()
    {
        cursor.Expect("SELECT");
        long? limit = cursor.Take("TOP") ? WholeNumber("TOP") : null;
        var value = cursor.Take("VALUE");
        // The name of the item comes after the projection that uses it.
        var projection = cursor.At;
        cursor.SkipTo("FROM");
        From();
        var behindFrom = cursor.At;
        cursor.At = projection;
        var selected = value ? expressions.Read() : Projection();
        cursor.Expect("FROM");
        cursor.At = behindFrom;
        var where = cursor.Take("WHERE") ? expressions.Read() : null;
        var sort = cursor.Take("ORDER") ? OrderBy() : [];
        var offset = 0L;
        if (limit is null && cursor.Take("OFFSET"))
        {
            offset = WholeNumber("OFFSET");
            cursor.Expect("LIMIT");
            limit = WholeNumber("LIMIT");
        }

        End();
        var query = new SelectQuery(expressions.Root, selected, where, sort, offset, limit);
        return query.Counts && (!value || selected is NewObject || limit is not null)
            ? throw CosmosRefusal.NotBuilt("COUNT other than as SELECT VALUE COUNT(1)")
            : query;
    }

    private void From()
    {
        cursor.Expect("FROM");
        expressions.Root = cursor.Name();
        if (cursor.Take("AS") || (cursor.Current.Kind == TokenKind.Name && !cursor.IsKeyword))
        {
            expressions.Root = cursor.Name();
        }

        if (cursor.Current.Is("IN"))
        {
            throw CosmosRefusal.NotBuilt("FROM … IN outside EXISTS");
        }
    }

    private Expression Projection()
    {
        if (cursor.Take("*"))
        {
            return new PathOf(expressions.Root, new JsonPath([]));
        }

        var properties = new List<(string Name, Expression)>();
        do
        {
            var selected = expressions.Read();
            var name = cursor.Take("AS") ? cursor.Name() : selected switch
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
        while (cursor.Take(","));
        return new NewObject(properties);
    }

    private List<SortField> OrderBy()
    {
        cursor.Expect("BY");
        var fields = new List<SortField>();
        do
        {
            if (cursor.Current.Is("RANK"))
            {
                throw CosmosRefusal.NotBuilt("ORDER BY RANK");
            }

            var path = expressions.ReadOperand() is PathOf { Path.Segments.Count: > 0 } field
                ? field.Path
                : throw CosmosRefusal.Bad("Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.");
            var descending = cursor.Take("DESC");
            _ = descending || cursor.Take("ASC");
            fields.Add(new SortField(path, descending));
        }
        while (cursor.Take(","));
        return fields;
    }

    private long WholeNumber(string clause) =>
        expressions.ReadOperand() is Constant { Type: JsonValueKind.Number } number && number.Value!.Value.TryGetInt32(out var value) && value >= 0
            ? value
            : throw CosmosRefusal.Bad($"The count value provided for a {clause} clause must be an integer that is not negative.");

    private void End()
    {
        if (cursor.Current.Kind != TokenKind.End)
        {
            throw cursor.Unexpected();
        }
    }
}
