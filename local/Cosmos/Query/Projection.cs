using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>Makes answers from rows: which columns a row must have, and how they are put together.</summary>
internal sealed class Projection
{
    private readonly SelectQuery query;
    private readonly List<JsonPath> paths = [];

    public Projection(SelectQuery query)
    {
        this.query = query;
        Collect(query.Projection);
    }

    /// <summary>The columns, over the items' table <c>i</c>; each is NULL where the item has nothing at the path.</summary>
    public IEnumerable<string> Columns => paths.Select(path => path.Segments.Count == 0 ? "json(i.body)" : $"i.body->{path.Sql}");

    /// <summary>Writes the answer of the row's columns from <paramref name="first"/> on; false when it is undefined, and so no answer.</summary>
    public bool Write(Utf8JsonWriter writer, SqliteStatement row, int first, long count = 0)
    {
        if (!IsDefined(query.Projection, row, first))
        {
            return false;
        }

        Write(query.Projection, writer, row, first, count);
        return true;
    }

    private void Collect(Expression expression)
    {
        switch (expression)
        {
            case PathOf path when path.Root == query.Root:
                if (!paths.Contains(path.Path))
                {
                    paths.Add(path.Path);
                }

                break;
            case NewObject made:
                made.Properties.ToList().ForEach(property => Collect(property.Value));
                break;
            case NewArray made:
                made.Items.ToList().ForEach(Collect);
                break;
            case Constant or Count:
                break;
            default:
                throw CosmosRefusal.NotBuilt("a condition as a value");
        }
    }

    private bool IsDefined(Expression expression, SqliteStatement row, int first) => expression switch
    {
        PathOf path => !row.IsNull(first + paths.IndexOf(path.Path)),
        Constant constant => constant.Value is not null,
        _ => true,
    };

    private void Write(Expression expression, Utf8JsonWriter writer, SqliteStatement row, int first, long count)
    {
        switch (expression)
        {
            case PathOf path:
                writer.WriteRawValue(row.Bytes(first + paths.IndexOf(path.Path)), skipInputValidation: true);
                break;
            case Constant constant:
                constant.Value!.Value.WriteTo(writer);
                break;
            case Count:
                writer.WriteNumberValue(count);
                break;
            case NewArray made:
                writer.WriteStartArray();
                foreach (var item in made.Items.Where(item => IsDefined(item, row, first)))
                {
                    Write(item, writer, row, first, count);
                }

                writer.WriteEndArray();
                break;
            case NewObject made:
                writer.WriteStartObject();
                foreach (var (name, value) in made.Properties.Where(property => IsDefined(property.Value, row, first)))
                {
                    writer.WritePropertyName(name);
                    Write(value, writer, row, first, count);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
