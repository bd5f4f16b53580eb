using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Creators.Facets;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Moderation;
using Connections.Notices;
using Connections.Safety;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.OpenApi;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The contract is a valid OpenAPI document and agrees with the code.</summary>
public sealed partial class DocumentTests
{
    private static readonly Contract Contract = Contract.Current;

    [Fact]
    public void It_is_a_valid_OpenAPI_3_1_document()
    {
        var read = OpenApiDocument.Parse(Contract.Document.ToJsonString(), OpenApiConstants.Json);
        Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(Contract.Operations.Count, read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Operations_and_routes_correspond()
    {
        // Every GET takes HEAD too. The function without methods answers every address that is not in the contract.
        var routes = from method in typeof(ConnectionsApp).Assembly
            .GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
                     where method.GetCustomAttribute<FunctionAttribute>() is not null
                     let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>())
                         .OfType<HttpTriggerAttribute>().SingleOrDefault()
                     where trigger?.Methods is not null
                     from verb in trigger.Methods!
                     where verb != "head"
                     select $"{verb.ToUpperInvariant()} /{trigger.Route}";
        var operations = Contract.Operations.Select(operation => operation.ToString()).ToList();
        var routed = routes.ToList();
        Assert.Equal([], routed.Except(operations).Select(route => $"{route} is not in the contract"));
        Assert.Equal([], operations.Except(routed).Select(operation => $"{operation} is in the contract only"));
    }

    [Fact]
    public void Every_operation_has_a_unique_id_and_is_described()
    {
        Assert.Distinct(Contract.Operations.Select(operation => operation.Id));
        foreach (var operation in Contract.Operations)
        {
            var node = Contract.Document["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!;
            Assert.False(string.IsNullOrWhiteSpace(node["summary"]?.ToString()), $"{operation} has no summary.");
            Assert.All(operation.Parameters, parameter =>
                Assert.False(string.IsNullOrWhiteSpace(parameter["description"]?.ToString()), $"{operation}: {parameter["name"]}"));
            Assert.All(operation.Responses, response =>
                Assert.False(string.IsNullOrWhiteSpace(response.Value["description"]?.ToString()), $"{operation} {response.Key}"));
        }
    }

    [Fact]
    public void Every_parameter_of_a_path_is_documented()
    {
        foreach (var operation in Contract.Operations)
        {
            Assert.Equal(
                Name().Matches(operation.Path).Select(match => match.Groups["name"].Value),
                operation.Parameters.Where(parameter => parameter["in"]!.ToString() == "path")
                    .Select(parameter => parameter["name"]!.ToString()));
        }
    }

    [Fact]
    public void A_web_client_on_another_origin_can_read_every_response_header()
    {
        var documented = Contract.Operations.SelectMany(operation => operation.Responses.Values)
            .SelectMany(response => response["headers"]?.AsObject().Select(header => header.Key) ?? [])
            // Only Web PubSub reads this header.
            .Except(["WebHook-Allowed-Origin"])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(["ETag", "Location", "RateLimit", "Retry-After", "Content-Disposition", "WWW-Authenticate"]), documented);
        Assert.Equal([], documented.Except(HttpApi.ReadByClients.Split(", ")));
    }

    [Fact]
    public void Every_example_is_valid_and_fully_documented()
    {
        var examples = Examples(Contract.Document, "#").ToList();
        Assert.True(examples.Count > Contract.Operations.Count, $"There are only {examples.Count} examples.");
        Assert.Equal([], examples.SelectMany(example =>
            Contract.Schemas.Errors(example.Value, example.Schema).Concat(Contract.Schemas.Undocumented(example.Value, example.Schema))
                .Select(error => $"{example.At}: {error}")));
    }

    [Fact]
    public void Every_body_and_every_problem_type_has_an_example()
    {
        Assert.All(
            Contract.Operations.Where(operation => operation.Body is not null), operation => Assert.NotNull(operation.Body!["examples"]));
        var shown = Examples(Contract.Document, "#").Select(example => (example.Value as JsonObject)?["type"]?.ToString()).ToHashSet();
        Assert.Empty(Contract.Operations.SelectMany(operation => operation.Answers)
            .Select(answer => answer.Type).OfType<string>().Distinct().Except(shown));
    }

    [Fact]
    public void Exactly_the_operations_that_take_a_token_can_answer_401() =>
        Assert.All(Contract.Operations, operation => Assert.NotEqual(operation.IsOpen, operation.Responses.ContainsKey(401)));

    [Fact]
    public void Every_operation_can_answer_429() =>
        Assert.All(Contract.Operations, operation => Assert.True(
            operation.Answers.Contains(new OperationAnswer(operation.Id, 429, "/problems/rate-limit")),
            $"{operation} has no limit."));

    [Fact]
    public void Exactly_the_operations_that_take_a_token_can_answer_410() =>
        Assert.All(Contract.Operations, operation => Assert.NotEqual(operation.IsOpen, operation.Responses.ContainsKey(410)));

    [Theory]
    [InlineData("ProfileChange/displayName/maxLength", ProfileLimits.DisplayName)]
    [InlineData("ProfileChange/handle/maxLength", ProfileLimits.Handle)]
    [InlineData("ProfileChange/headline/maxLength", ProfileLimits.Headline)]
    [InlineData("ProfileChange/bio/maxLength", ProfileLimits.Bio)]
    [InlineData("ProfileChange/organisation/maxLength", ProfileLimits.Organisation)]
    [InlineData("ProfileChange/avatarUrl/maxLength", ProfileLimits.Url)]
    [InlineData("ProfileChange/website/maxLength", ProfileLimits.Url)]
    [InlineData("ProfileChange/categories/maxItems", ProfileLimits.Categories)]
    [InlineData("ProfileChange/tags/maxItems", ProfileLimits.Tags)]
    [InlineData("ProfileChange/tags/items/maxLength", ProfileLimits.Tag)]
    [InlineData("ProfileChange/platforms/maxItems", ProfileLimits.Platforms)]
    [InlineData("ProfileChange/languages/maxItems", ProfileLimits.Languages)]
    [InlineData("ProfileChange/openTo/maxItems", ProfileLimits.Choices)]
    [InlineData("ProfileChange/formats/maxItems", ProfileLimits.Choices)]
    [InlineData("ProfileChange/offers/maxItems", ProfileLimits.Choices)]
    [InlineData("ProfileChange/rateFrom/properties/amount/maximum", ProfileLimits.Rate)]
    [InlineData("ProfileChange/leadTime/maximum", ProfileLimits.LeadTime)]
    [InlineData("ProfileChange/expects/maxLength", ProfileLimits.Expects)]
    [InlineData("ProfileChange/about/maxLength", ProfileLimits.About)]
    [InlineData("PlatformChange/handle/maxLength", ProfileLimits.PlatformHandle)]
    [InlineData("PlatformChange/url/maxLength", ProfileLimits.Url)]
    [InlineData("PlatformChange/followers/maximum", ProfileLimits.Followers)]
    [InlineData("SendMessageRequest/clientId/maxLength", ChatSettings.MaxClientId)]
    [InlineData("CardPage/value/maxItems", PageRequest.MaxLimit)]
    [InlineData("ContactPage/value/maxItems", PageRequest.MaxLimit)]
    [InlineData("MessagePage/value/maxItems", PageRequest.MaxLimit)]
    [InlineData("BlockPage/value/maxItems", PageRequest.MaxLimit)]
    public void A_limit_equals_the_constant_in_the_code(string at, long limit)
    {
        var names = at.Split('/');
        var node = names.Skip(1).Aggregate(Contract.Schema(names[0])["properties"]!, (current, name) => current[name]!);
        Assert.Equal(limit, (long)node);
    }

    [Fact]
    public void Limits_from_settings_equal_their_defaults()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Safety:SupportAddress", "support@example.com")]).Build();
        var (chat, invites, safety) = (ChatSettings.Read(settings), InviteSettings.Read(settings), SafetySettings.Read(settings));
        Assert.Equal(chat.MaxText, (int)Contract.Schema("SendMessageRequest")["properties"]!["text"]!["maxLength"]!);
        Assert.Equal(chat.MaxText, (int)Contract.Schema("EditMessageRequest")["properties"]!["text"]!["maxLength"]!);
        Assert.Equal(safety.MaxDetails, (int)Contract.Schema("ReportRequest")["properties"]!["details"]!["maxLength"]!);
        Assert.All(
            new[] { "DecisionRequest", "SuspensionRequest" },
            name => Assert.Equal(
                ModerationSettings.Read(settings).MaxStatement, (int)Contract.Schema(name)["properties"]!["statement"]!["maxLength"]!));
        var calls = CallLimitSettings.Read(settings);
        var description = string.Join(
            ' ', Contract.Document["info"]!["description"]!.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            $"{calls.ReadsPerMinute} reads, {calls.WritesPerMinute} changes, {calls.LivePerMinute} calls about",
            description,
            StringComparison.Ordinal);
        Assert.Contains(
            $"{calls.ProfilesPerMinute} changes of the profile and {calls.AccessPerMinute} requests",
            description,
            StringComparison.Ordinal);
        Assert.Contains($"{calls.ExportsPerHour} exports an hour; {calls.RepeatsPerMinute} sends", description, StringComparison.Ordinal);
        Assert.Contains(
            $"{calls.CountsPerMinute} counts for filters and {calls.SearchesPerMinute} searches in conversations",
            description,
            StringComparison.Ordinal);
        Assert.Contains(
            $"{calls.OpenPerMinute} calls without signing in and {calls.BadTokensPerMinute} without",
            description,
            StringComparison.Ordinal);
        Assert.Equal(invites.MaxNote, (int)Contract.Schema("InviteRequest")["properties"]!["note"]!["maxLength"]!);
    }

    [Fact]
    public void Enumerations_equal_those_in_the_code()
    {
        Assert.Equal(PublishedLists.Categories, Enumerated(Contract.Schema("Category")));
        Assert.Equal(PublishedLists.Platforms, Enumerated(Contract.Schema("PlatformName")));
        Assert.Equal(PublishedLists.Collaborations, Enumerated(Contract.Schema("Collaboration")));
        Assert.Equal(PublishedLists.Formats, Enumerated(Contract.Schema("Format")));
        Assert.Equal(DeclineReason.Reasons, Enumerated(Contract.Schema("DeclineReason")));
        Assert.Equal(DeclineReason.Reasons, Enumerated(Contract.Schema("DeclineRequest")["properties"]!["reason"]!));
        Assert.Equal(Names<PlatformSource>(), Enumerated(Contract.Schema("Platform")["properties"]!["source"]!));
        // Clients see a block as a removal, and cards never show it.
        Assert.Equal(Names<ConnectionState>().Except(["blocked"]), Enumerated(Contract.Schema("ConnectionState")));
        Assert.Equal(Names<Direction>(), Enumerated(Contract.Schema("Direction")));
        Assert.Equal(Names<RelationState>().Except(["blocked"]), Enumerated(Contract.Schema("RelationState")));
        Assert.Equal(Names<MemberKind>(), Enumerated(Contract.Schema("Profile")["properties"]!["kind"]!));
        var sort = Contract.Operations.Single(o => o.Id == "findCreators").Parameters.Single(p => p["name"]!.ToString() == "sort");
        Assert.Equal(Names<CreatorSort>(), Enumerated(sort["schema"]!));
        Assert.Equal(Names<ReportReason>(), Enumerated(Contract.Schema("ReportReason")));
        Assert.Equal(Names<ReportState>(), Enumerated(Contract.Schema("ReportState")));
        Assert.Equal(Names<DecisionKind>(), Enumerated(Contract.Schema("DecisionKind")));
        Assert.Equal(
            Enum.GetValues<AuditedKind>().Select(kind => JsonSerializer.SerializeToNode(kind, Json.Options)!.ToString()),
            Enumerated(Contract.Schema("AuditEntry")["properties"]!["what"]!));
        Assert.All(new[] { "Notices", "NoticesChange" }, name => Assert.Equal(
            NoticeKinds.All.Select(NoticeKinds.JsonName),
            Contract.Schema(name)["properties"]!.AsObject().Select(notice => notice.Key)));
        var problems = Contract.Schema("EmailPreferences")["properties"]!["addressProblem"]!["description"]!.ToString();
        Assert.All(Enum.GetValues<AddressProblem>(), problem =>
            Assert.Contains($"`{JsonSerializer.SerializeToNode(problem, Json.Options)}`", problems, StringComparison.Ordinal));
    }

    // Lists that will grow are open: generated clients take values that they do not know.
    private static IEnumerable<string> Enumerated(JsonNode schema) =>
        (schema["enum"] ?? schema["x-extensible-enum"])!.AsArray().Select(value => value!.ToString());

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node is null ? [] : Children(node).SelectMany(Nodes).Prepend(node);

    private static IEnumerable<JsonNode?> Children(JsonNode node) => node switch
    {
        JsonObject item => item.Select(child => child.Value),
        JsonArray list => list,
        _ => [],
    };

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>The examples below a node with their schemas.</summary>
    private static IEnumerable<(string At, JsonNode? Value, JsonNode Schema)> Examples(JsonNode? node, string at)
    {
        var found = Enumerable.Empty<(string, JsonNode?, JsonNode)>();
        if (node is JsonObject item)
        {
            if (item["examples"] is JsonArray ofSchema)
            {
                found = ofSchema.Select((value, i) => ($"{at}/examples/{i}", value, (JsonNode)item));
            }
            else if (item["schema"] is { } schema)
            {
                found = (item["examples"] as JsonObject ?? []).Select(
                    example => ($"{at}/examples/{example.Key}", example.Value!["value"], schema));
                found = item.ContainsKey("example") ? found.Append(($"{at}/example", item["example"], schema)) : found;
            }

            found = found.Concat(item.Where(child => child.Key is not ("example" or "examples"))
                .SelectMany(child => Examples(child.Value, $"{at}/{child.Key}")));
        }

        return node is JsonArray list ? list.SelectMany((child, i) => Examples(child, $"{at}/{i}")) : found;
    }

    [GeneratedRegex("{(?<name>[^}:]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
