using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>What an app that was built from an earlier contract would trip over in a later one.</summary>
/// <remarks>
/// The rules are those of <c>docs/api-changes.md</c>. Schemas are compared where they are used, each way for itself: an answer may give
/// more and never less, a call may ask for less and never more. A reference is followed, so that moving a schema is no change.
/// </remarks>
internal sealed class BreakingChanges
{
    private const int Deepest = 12;

    private readonly Contract _before;
    private readonly Contract _after;
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    private BreakingChanges(Contract before, Contract after) => (_before, _after) = (before, after);

    /// <summary>The breaking changes between two contracts, each as a line.</summary>
    public static IReadOnlyCollection<string> Between(Contract before, Contract after)
    {
        var changes = new BreakingChanges(before, after);
        foreach (var operation in before.Operations)
        {
            changes.Compare(operation, after.Operations.SingleOrDefault(later => later.Id == operation.Id));
        }

        return changes._found;
    }

    private void Compare(Operation before, Operation? after)
    {
        if (after is null || (after.Method, after.Path) != (before.Method, before.Path))
        {
            _found.Add($"{before.Id}: is gone or moved");
            return;
        }

        foreach (var parameter in before.Parameters)
        {
            var name = $"{parameter["in"]} {parameter["name"]}";
            var later = after.Parameters.SingleOrDefault(other => $"{other["in"]} {other["name"]}" == name);
            if (later is null)
            {
                _found.Add($"{before.Id}: the parameter {name} is gone");
            }
            else
            {
                Require(parameter, later, $"{before.Id}: the parameter {name}");
                CompareCall(parameter["schema"], later["schema"], $"{before.Id} {name}", 0);
            }
        }

        foreach (var added in after.Parameters.Where(later => IsRequired(later)
            && !before.Parameters.Any(earlier => $"{earlier["in"]} {earlier["name"]}" == $"{later["in"]} {later["name"]}")))
        {
            _found.Add($"{before.Id}: the parameter {added["in"]} {added["name"]} is new and required");
        }

        foreach (var type in before.BodyTypes.Except(after.BodyTypes))
        {
            _found.Add($"{before.Id}: a body of {type} is not taken any more");
        }

        if (before.Body is null && after.Body is not null && after.NeedsBody)
        {
            _found.Add($"{before.Id}: needs a body");
        }

        CompareCall(before.Body, after.Body, $"{before.Id} body", 0);
        CompareAnswers(before, after);
    }

    private void CompareAnswers(Operation before, Operation after)
    {
        foreach (var (status, answer) in before.Responses)
        {
            if (!after.Responses.TryGetValue(status, out var later))
            {
                // A refusal that does not come any more hurts nobody.
                if (status < 400)
                {
                    _found.Add($"{before.Id}: does not answer {status} any more");
                }

                continue;
            }

            foreach (var (name, header) in answer["headers"]?.AsObject() ?? [])
            {
                if (IsRequired(_before.Schemas.Resolve(header!)) && later["headers"]?[name] is null)
                {
                    _found.Add($"{before.Id} {status}: the header {name} is gone");
                }
            }

            foreach (var (type, content) in answer["content"]?.AsObject() ?? [])
            {
                if (later["content"]?[type] is not { } same)
                {
                    _found.Add($"{before.Id} {status}: {type} is gone");
                }
                else
                {
                    CompareAnswer(content!["schema"], same["schema"], $"{before.Id} {status}", 0);
                }
            }
        }

        foreach (var status in after.Responses.Keys.Except(before.Responses.Keys).Where(status => status < 300))
        {
            _found.Add($"{before.Id}: answers {status}, which it did not");
        }
    }

    // What a caller sends: everything that was taken must still be.
    private void CompareCall(JsonNode? before, JsonNode? after, string at, int depth)
    {
        if (before is null || after is null || depth > Deepest)
        {
            return;
        }

        var (was, isNow) = (Shape.Of(_before, before), Shape.Of(_after, after));
        foreach (var type in was.Types.Except(isNow.Types))
        {
            _found.Add($"{at}: {type} is not taken any more");
        }

        foreach (var value in was.Values.Count > 0 && isNow.Values.Count > 0 ? was.Values.Except(isNow.Values) : [])
        {
            _found.Add($"{at}: the value {value} is not taken any more");
        }

        foreach (var name in isNow.Required.Except(was.Required))
        {
            _found.Add($"{at}: {name} is required");
        }

        foreach (var limit in Shape.Limits.Where(limit => limit.IsTighter(was.Limit(limit.Name), isNow.Limit(limit.Name))))
        {
            _found.Add($"{at}: {limit.Name} is {isNow.Limit(limit.Name)}, and was {was.Limit(limit.Name)?.ToString() ?? "open"}");
        }

        foreach (var (name, schema) in was.Properties)
        {
            CompareCall(schema, isNow.Properties.GetValueOrDefault(name), $"{at}.{name}", depth + 1);
        }

        CompareCall(was.Items, isNow.Items, $"{at}[]", depth + 1);
    }

    // What a caller reads: everything that was given must still be.
    private void CompareAnswer(JsonNode? before, JsonNode? after, string at, int depth)
    {
        if (before is null || after is null || depth > Deepest)
        {
            return;
        }

        var (was, isNow) = (Shape.Of(_before, before), Shape.Of(_after, after));
        foreach (var type in was.Types.Count > 0 ? isNow.Types.Except(was.Types) : [])
        {
            _found.Add($"{at}: can be {type}");
        }

        if (was.Format is not null && was.Format != isNow.Format)
        {
            _found.Add($"{at}: its format is {isNow.Format ?? "open"}, and was {was.Format}");
        }

        foreach (var value in was.IsClosed ? isNow.Values.Except(was.Values) : [])
        {
            _found.Add($"{at}: the value {value} is new in a closed list");
        }

        foreach (var name in was.Required.Except(isNow.Required))
        {
            _found.Add($"{at}: {name} can be absent");
        }

        foreach (var (name, schema) in was.Properties)
        {
            if (isNow.Properties.GetValueOrDefault(name) is { } same)
            {
                CompareAnswer(schema, same, $"{at}.{name}", depth + 1);
            }
            else
            {
                _found.Add($"{at}: {name} is gone");
            }
        }

        CompareAnswer(was.Items, isNow.Items, $"{at}[]", depth + 1);
    }

    private void Require(JsonObject before, JsonObject after, string what)
    {
        if (!IsRequired(before) && IsRequired(after))
        {
            _found.Add($"{what} is required");
        }
    }

    private static bool IsRequired(JsonObject node) => node["required"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
}

/// <summary>A schema with everything that its references and <c>allOf</c> add to it.</summary>
internal sealed class Shape
{
    private readonly Dictionary<string, decimal> _limits = new(StringComparer.Ordinal);

    /// <summary>The limits that a call can run into.</summary>
    public static IReadOnlyList<LimitKind> Limits { get; } =
    [
        new("maxLength", IsUpper: true), new("maxItems", IsUpper: true), new("maximum", IsUpper: true),
        new("minLength", IsUpper: false), new("minItems", IsUpper: false), new("minimum", IsUpper: false),
    ];

    /// <summary>The JSON types; empty for any.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The known values, if there is a list.</summary>
    public HashSet<string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether no other values may come.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The format.</summary>
    public string? Format { get; private set; }

    /// <summary>The properties that must be there.</summary>
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The properties.</summary>
    public Dictionary<string, JsonNode> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The schema of the items of a list.</summary>
    public JsonNode? Items { get; private set; }

    /// <summary>A limit; null if there is none.</summary>
    public decimal? Limit(string name) => _limits.TryGetValue(name, out var limit) ? limit : null;

    /// <summary>The shape of a schema.</summary>
    public static Shape Of(Contract contract, JsonNode schema)
    {
        var shape = new Shape();
        shape.Add(contract, schema);
        return shape;
    }

    private void Add(Contract contract, JsonNode schema)
    {
        var own = contract.Schemas.Resolve(schema);
        Types.UnionWith(own["type"] is JsonArray types ? types.Select(type => $"{type}") : own["type"] is { } one ? [$"{one}"] : []);
        var values = own["enum"] ?? own["x-extensible-enum"];
        IsClosed |= own["enum"] is not null || own["const"] is not null;
        Values.UnionWith(values?.AsArray().Select(value => $"{value}") ?? (own["const"] is { } only ? [$"{only}"] : []));
        Format ??= own["format"]?.ToString();
        Required.UnionWith(own["required"]?.AsArray().Select(name => $"{name}") ?? []);
        Items ??= own["items"];
        foreach (var (name, property) in own["properties"]?.AsObject() ?? [])
        {
            Properties.TryAdd(name, property!);
        }

        foreach (var limit in Limits.Where(limit => own[limit.Name] is not null))
        {
            _limits[limit.Name] = (decimal)own[limit.Name]!;
        }

        foreach (var part in own["allOf"]?.AsArray() ?? [])
        {
            Add(contract, part!);
        }
    }
}

/// <summary>A limit of JSON Schema.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="IsUpper">Whether a value must not be above it.</param>
internal sealed record LimitKind(string Name, bool IsUpper)
{
    /// <summary>Whether what was taken before can be refused now.</summary>
    public bool IsTighter(decimal? before, decimal? after) =>
        after is not null && (before is null || (IsUpper ? after < before : after > before));
}
