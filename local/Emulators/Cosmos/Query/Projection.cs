using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>Makes answers from rows: the columns to select, and the JSON to write from them.</summary>
internal sealed class Projection
{
    private readonly SelectQuery _query;
    private readonly List<JsonPath> _paths = [];

    public Projection(SelectQuery query)
    {
        _query = query;
        Collect(query.Projection);
    }

    /// <summary>The columns over the items' table <c>i</c>. Each is NULL if the item has nothing at the path.</summary>
    public IEnumerable<string> Columns => _paths.Select(path => path.Segments.Count == 0 ? "json(i.body)" : $"i.body->{path.Sql}");

    /// <summary>Writes the answer from the row's columns, from <paramref name="first"/> on. False if it is undefined, which is no
    /// answer.</summary>
    public bool Write(Utf8JsonWriter writer, SqliteStatement row, int first, long count = 0)
    {
        if (!IsDefined(_query.Projection, row, first))
        {
            return false;
        }

        Write(_query.Projection, writer, row, first, count);
        return true;
    }

    private void Collect(Expression expression)
    {
        switch (expression)
        {
            case PathOf path when path.Root == _query.Root:
                if (!_paths.Contains(path.Path))
                {
                    _paths.Add(path.Path);
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
        PathOf path => !row.IsNull(first + _paths.IndexOf(path.Path)),
        Constant constant => constant.Value is not null,
        _ => true,
    };

    private void Write(Expression expression, Utf8JsonWriter writer, SqliteStatement row, int first, long count)
    {
        switch (expression)
        {
            case PathOf path:
                writer.WriteRawValue(row.Bytes(first + _paths.IndexOf(path.Path)), skipInputValidation: true);
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
