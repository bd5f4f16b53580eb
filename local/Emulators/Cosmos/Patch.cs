using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Emulators.Cosmos.Query;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>A patch: up to ten operations that are applied together, with an optional condition.</summary>
internal sealed class Patch
{
    private const int MaxOperations = 10;
    private readonly Condition? _condition;
    private readonly List<Operation> _operations = [];

    /// <exception cref="CosmosRefusal">The body is not a patch, or asks for something that is not supported.</exception>
    public Patch(ReadOnlyMemory<byte> body)
    {
        using var document = Catalogue.ParseObject(body);
        var root = document.RootElement;
        if (root.TryGetProperty("condition", out var text) && text.ValueKind == JsonValueKind.String)
        {
            _condition = Parser.ParseCondition((string)SortKey.Of(text));
        }

        if (!root.TryGetProperty("operations", out var list) || list.GetArrayLength() is 0 or > MaxOperations)
        {
            throw CosmosRefusal.Bad($"A patch has 1 to {MaxOperations} operations.");
        }

        _operations.AddRange(list.EnumerateArray().Select(Operation.Read));
    }

    /// <summary>Whether the stored item meets the condition.</summary>
    public bool MayApply(SqliteSession session, StoredContainer container, long number) =>
        _condition is null || _condition.Holds(session, container, number);

    /// <summary>The item's JSON with all operations applied.</summary>
    public byte[] Apply(byte[] body)
    {
        var root = JsonNode.Parse(body)!;
        foreach (var operation in _operations)
        {
            operation.Apply(root);
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private sealed record Operation(string Kind, string Path, string[] Steps, JsonNode? Value)
    {
        public static Operation Read(JsonElement json)
        {
            var kind = Text(json, "op");
            var path = Text(json, "path");
            if (kind is not ("add" or "set" or "replace" or "remove" or "incr"))
            {
                throw CosmosRefusal.NotBuilt($"the patch operation '{kind}'");
            }

            var steps = path.Split('/').Skip(1).Select(Unescaped).ToArray();
            if (!path.StartsWith('/') || steps[0].Length == 0 || Item.IsSystem(steps[0]))
            {
                throw CosmosRefusal.Bad($"The patch path '{path}' is not valid.");
            }

            if (!json.TryGetProperty("value", out var value) && kind != "remove")
            {
                throw CosmosRefusal.Bad($"The patch operation '{kind}' on '{path}' has no value.");
            }

            return new Operation(kind, path, steps, kind == "remove" ? null : JsonNode.Parse(value.GetRawText()));
        }

        public void Apply(JsonNode root)
        {
            var parent = root;
            foreach (var step in Steps.AsSpan(0, Steps.Length - 1))
            {
                parent = Child(parent, step) ?? throw Refused("a part of the path does not exist");
            }

            switch (parent)
            {
                case JsonObject target:
                    Apply(target, Steps[^1]);
                    break;
                case JsonArray target:
                    Apply(target, Steps[^1]);
                    break;
                default:
                    throw Refused("a part of the path is neither an object nor an array");
            }
        }

        private static string Unescaped(string step) =>
            step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

        private static string Text(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
                ? (string)SortKey.Of(text)
                : throw CosmosRefusal.Bad($"A patch operation has no '{name}'.");

        private static JsonNode? Child(JsonNode node, string step) => node switch
        {
            JsonObject target => target[step],
            JsonArray target when int.TryParse(step, out var i) && i >= 0 && i < target.Count => target[i],
            _ => null,
        };

        private void Apply(JsonObject target, string name)
        {
            var exists = target.ContainsKey(name);
            if (!exists && Kind is "replace" or "remove")
            {
                throw Refused("it does not exist");
            }

            if (Kind == "remove")
            {
                target.Remove(name);
            }
            else
            {
                target[name] = Kind != "incr" ? Value?.DeepClone() : exists ? Sum(target[name]) : JsonValue.Create(Number(Value));
            }
        }

        private void Apply(JsonArray target, string place)
        {
            var index = place == "-" ? target.Count : int.TryParse(place, out var i)
                && i >= 0 ? i : throw Refused("it is not an index of the array");
            var inserts = Kind == "add" || (Kind == "set" && index == target.Count);
            if (index > target.Count || (index == target.Count && !inserts))
            {
                throw Refused("it is past the end of the array");
            }

            if (inserts)
            {
                target.Insert(index, Value?.DeepClone());
            }
            else if (Kind == "remove")
            {
                target.RemoveAt(index);
            }
            else
            {
                target[index] = Kind == "incr" ? Sum(target[index]) : Value?.DeepClone();
            }
        }

        private JsonValue Sum(JsonNode? current)
        {
            var (left, right) = (Number(current), Number(Value));
            if (left.TryGetInt64(out var a) && right.TryGetInt64(out var b) && (b >= 0 ? a <= long.MaxValue - b : a >= long.MinValue - b))
            {
                return JsonValue.Create(a + b);
            }

            return JsonValue.Create(left.GetDouble() + right.GetDouble());
        }

        private JsonElement Number(JsonNode? node) =>
            node?.GetValueKind() == JsonValueKind.Number ? JsonSerializer.SerializeToElement(node) : throw Refused("it is not a number");

        private CosmosRefusal Refused(string why) =>
            CosmosRefusal.Bad($"The patch operation '{Kind}' on '{Path}' cannot be applied: {why}.");
    }
}
