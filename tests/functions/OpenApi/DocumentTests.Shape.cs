using System.Reflection;
using System.Text.Json.Nodes;
using Connections.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The part about what generated clients need.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_read_is_answered_to_HEAD_too() => Assert.All(
        typeof(ConnectionsApp).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Methods).OfType<string[]>(),
        methods => Assert.Equal(methods.Contains("get"), methods.Contains("head")));

    [Fact]
    public void The_problems_of_the_contract_are_those_of_the_catalogue_each_with_its_status()
    {
        var listed = Enumerated(Contract.Schema("Problem")["properties"]!["type"]!).ToList();
        Assert.Equal(ProblemCatalogue.All.Keys.Select(code => $"/problems/{code}").Order(StringComparer.Ordinal), listed);
        var answered = Contract.Operations.SelectMany(operation => operation.Answers).Where(answer => answer.Type is not null)
            .Select(answer => (Code: answer.Type!.Split('/')[^1], answer.Status)).Distinct().ToList();
        // The function for every other address answers this one.
        Assert.Equal(
            ProblemCatalogue.All.Values.Select(type => (type.Code, type.Status)).Order(),
            answered.Append(("method-not-allowed", 405)).Order());
    }

    [Fact]
    public void The_codes_of_fields_are_those_of_the_code() =>
        Assert.Equal(FieldCode.All, Enumerated(Contract.Schema("FieldError")["properties"]!["code"]!));

    [Fact]
    public void Every_live_event_is_a_webhook_by_its_name_and_is_told_by_its_type()
    {
        var mapping = Contract.Schema("LiveEvent")["discriminator"]!["mapping"]!.AsObject();
        var webhooks = Contract.Document["webhooks"]!.AsObject();
        Assert.Equal(mapping.Select(kind => kind.Key), webhooks.Select(webhook => webhook.Key));
        Assert.All(mapping, kind =>
        {
            var body = webhooks[kind.Key]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"];
            Assert.Equal($"{kind.Value}", $"{body}");
            Assert.Equal(kind.Key, $"{Contract.Schemas.Resolve(new JsonObject { ["$ref"] = $"{body}" })["properties"]!["type"]!["const"]}");
        });
    }

    [Fact]
    public void No_list_that_will_grow_is_closed_and_none_holds_null() =>
        Assert.DoesNotContain(Nodes(Contract.Document), node => node is JsonObject item && item["enum"] is JsonArray);

    [Fact]
    public void What_a_body_may_leave_out_it_may_send_as_null()
    {
        var bodies = Contract.Operations.Select(operation => operation.Body).OfType<JsonObject>()
            .SelectMany(body => Nodes(body).OfType<JsonObject>())
            .Append(Contract.Schema("PlatformChange")).Append(Contract.Schema("NoticesChange")).ToList();
        Assert.All(
            from body in bodies
            where body["properties"] is JsonObject
            from property in body["properties"]!.AsObject()
            where body["required"]?.AsArray().Any(name => $"{name}" == property.Key) is not true
            select (property.Key, property.Value!["type"]),
            property => Assert.True(property.Item2 is JsonArray types && types.Any(type => $"{type}" == "null"), property.Key));
    }

    [Fact]
    public void Every_integer_has_a_format()
    {
        var integers = Nodes(Contract.Document).OfType<JsonObject>()
            .Where(node => node["type"] is JsonArray several ? several.Any(type => $"{type}" == "integer") : $"{node["type"]}" == "integer")
            .ToList();
        Assert.NotEmpty(integers);
        Assert.All(integers, integer => Assert.True($"{integer["format"]}" is "int32" or "int64", $"{integer.GetPath()} has no format."));
    }

    [Fact]
    public void Every_answer_that_was_created_can_be_read_where_its_location_says() => Assert.All(
        Contract.Operations.Where(operation => operation.Responses.ContainsKey(201)),
        operation => Assert.NotNull(operation.Responses[201]["headers"]?["Location"]));
}
