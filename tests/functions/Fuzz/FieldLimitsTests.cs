using System.Text;
using System.Text.Json.Nodes;
using Connections.Members;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.OpenApi;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>The product enforces every limit in the contract: it accepts a value at the limit, and refuses the next value with an error
/// that names the field, without changing anything.</summary>
public sealed partial class FieldLimitsTests : IAsyncLifetime
{
    /// <summary>Characters that no text may contain, as JSON escapes: control characters, overrides, replacement characters, unpaired
    /// surrogates.</summary>
    private static readonly string[] Forbidden =
        ["\\u0000", "\\u0007", "\\u001b[31m", "\\u007f", "\\u009b", "\\u202e", "\\u202d", "\\ufffd", "\\ud800", "\\udc00x", "\\ud83d"];

    /// <summary>Invalid ids: spaces, separators, parts of paths, escapes, texts that are too long.</summary>
    private static readonly string[] InvalidIds =
        [" ", "\t", "\n", " x", "\\", "a/b", "?", "#", "%", "%20", "\"", "é", "\ud83d\ude00", "-1", new('c', 31), new('x', 1500)];

    /// <summary>The member whom the moderator suspends.</summary>
    private const string Moderated = "limits-moderated";

    private LocalHostFixture _host = null!;
    private Records _records = null!;
    private Pair _pair = null!;
    private HttpClient _admin = null!;
    private HttpClient _moderator = null!;
    private string _report = "";

    public async Task InitializeAsync()
    {
        _host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = Records.Quiet,
            Settings = new Dictionary<string, string?>
            {
                ["Chat:PerMinute"] = "1000", ["Safety:ReportsPerDay"] = "1000", ["Files:PerDay"] = "1000",
                ["Load:AvatarHosts"] = "example.com",
            },
        });
        _pair = await Pair.TalkingAsync(_host, "limits");
        _admin = _host.ClientFor("limits-admin", roles: "admin");
        _moderator = _host.ClientFor("limits-moderator", roles: "moderator");
        await _host.ClientFor(Moderated).ReadAsync("/api/me");
        _report = await ReportAsync();
        _records = Records.Of(_host);
    }

    public async Task DisposeAsync()
    {
        _records.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_field_of_a_body_is_accepted_at_its_limit_and_refused_past_it()
    {
        // A member's own picture is uploaded: AvatarTests.
        var limits = Bodies().SelectMany(body => FieldLimit.OfBody(body.Operation, body.Schema))
            .Where(limit => limit is not { Operation.Id: "changeMyProfile", Field: "avatarUrl" }).ToList();
        Assert.True(limits.Count > 50, $"There are only {limits.Count} limits.");
        var failures = new List<string>();
        foreach (var limit in limits)
        {
            var at = await SendAsync(limit.Operation, limit.Field, limit.AtLimit);
            // A well-formed id of no member is not found.
            if (at is not ("200" or "201" or "204" or "200 ") && !(IsId(limit.Field) && at == "404 not-found"))
            {
                failures.Add($"{limit}: {limit.AtLimit?.ToJsonString()} is at the limit but was answered {at}");
            }

            _records.Changes();
            await CheckRefusedAsync(limit.Operation, limit.Field, limit.PastLimit?.ToJsonString() ?? "null", failures);
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task A_parameter_is_accepted_at_its_limit_and_refused_past_it()
    {
        var limits = Contract.Current.Operations.Where(operation => !operation.IsOpen).SelectMany(FieldLimit.OfQuery).ToList();
        Assert.True(limits.Count > 20, $"There are only {limits.Count} limits.");
        var failures = new List<string>();
        foreach (var limit in limits)
        {
            // Only the server makes continuations and tokens, and an empty value counts as absent.
            if (limit.Field is not ("continuation" or "since") && limit.Keyword != "minLength"
                && await ReadAsync(limit, limit.AtLimit) is var at and not "200")
            {
                failures.Add($"{limit}: {limit.AtLimit?.ToJsonString()} is at the limit but was answered {at}");
            }

            if (limit.Keyword != "minLength" && await ReadAsync(limit, limit.PastLimit) is var past
                && past != $"400 invalid-input {limit.Field.Split('[')[0]}")
            {
                failures.Add($"{limit}: {limit.PastLimit?.ToJsonString()} is past the limit but was answered {past}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task No_text_of_a_body_may_contain_control_characters_overrides_or_unpaired_surrogates()
    {
        var failures = new List<string>();
        foreach (var (operation, schema) in Bodies())
        {
            foreach (var field in FieldLimit.Texts(schema))
            {
                foreach (var forbidden in Forbidden)
                {
                    _records.Changes();
                    await CheckRefusedAsync(operation, field, $"\"a{forbidden}b\"", failures, named: forbidden[2] != 'd');
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task No_required_text_of_a_body_may_be_invisible()
    {
        var limits = Bodies().SelectMany(body => FieldLimit.OfBody(body.Operation, body.Schema))
            .Where(limit => limit.Keyword == "minLength").ToList();
        Assert.True(limits.Count > 5, $"There are only {limits.Count} limits.");
        var failures = new List<string>();
        foreach (var limit in limits)
        {
            foreach (var invisible in new[] { "\\u200b", "\\u2800", "\\u3164\\ufe0f", " \\u0301", "\\u2066\\u2069" })
            {
                _records.Changes();
                await CheckRefusedAsync(limit.Operation, limit.Field, $"\"{invisible}\"", failures);
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task An_integer_of_a_body_may_be_written_with_a_point_or_an_exponent()
    {
        var limits = Bodies().SelectMany(body => FieldLimit.OfBody(body.Operation, body.Schema))
            .Where(limit => limit.Keyword == "minimum" && limit.Field is not "platforms[0].engagement").ToList();
        Assert.Equal(
            [
                "height", "leadTime", "messages[0].replyTo", "platforms[0].followers", "rateFrom.amount", "replyTo", "seq", "size", "width",
            ],
            limits.Select(limit => limit.Field).Distinct().Order(StringComparer.Ordinal));
        var failures = new List<string>();
        foreach (var limit in limits)
        {
            foreach (var number in new[] { "1.0", "10e-1" })
            {
                if (await SendAsync(limit.Operation, limit.Field, JsonNode.Parse("\"@value\""), number) is var answer
                    and not ("200" or "201" or "200 "))
                {
                    failures.Add($"{limit}: {number} was answered {answer}");
                }
            }

            _records.Changes();
            await CheckRefusedAsync(limit.Operation, limit.Field, "1.5", failures);
            await CheckRefusedAsync(limit.Operation, limit.Field, "\"1\"", failures);
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task An_invalid_id_in_a_path_is_not_found_and_changes_nothing()
    {
        var failures = new List<string>();
        foreach (var operation in Contract.Current.Operations.Where(
            operation => !operation.IsOpen && operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            // Any well-formed member id can be blocked, even if there is no such member.
            foreach (var id in InvalidIds.Where(
                id => !operation.Path.StartsWith("/api/blocks/", StringComparison.Ordinal) || !MemberId.TryParse(id, out _)))
            {
                _records.Changes();
                var path = operation.Path.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(id) : part);
                using var content = operation.Body is null
                    ? null
                    : new StringContent(ValidBody(operation, "").ToJsonString(), Encoding.UTF8, "application/json");
                var answer = Summary(
                    await CallerOf(operation).CallAsync(new HttpMethod(operation.Method), string.Join('/', path), content));
                // Removing a favourite or a block that does not exist succeeds.
                if (answer != "404 not-found" && answer != "400 invalid-input seq" && !(operation.Method == "DELETE" && answer == "204"))
                {
                    failures.Add($"{operation.Id} of '{id}' was answered {answer}");
                }

                if (_records.Changes() is { Count: > 0 } changes)
                {
                    failures.Add($"{operation.Id} of '{id}' changed {string.Join(", ", changes)}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static IEnumerable<(Operation Operation, JsonNode Schema)> Bodies() => Contract.Current.Operations
        .Select(
            operation => (operation, (JsonNode)(operation.Id == "loadCreators" ? Contract.Current.Schema("CreatorRow") : operation.Body)!))
        .Where(body => body.Item2 is not null);

    private static bool IsId(string field) => field is "creatorId" or "memberId" or "connectionId";

    private async Task CheckRefusedAsync(Operation operation, string field, string json, List<string> failures, bool named = true)
    {
        var answer = await SendAsync(operation, field, JsonNode.Parse("\"@value\""), json);
        string[] expected = operation.Id == "loadCreators" ? [$"200 {field}", .. named ? (string[])[] : ["200 row"]]
            : [$"400 invalid-input {field}", .. IsId(field) ? (string[])["404 not-found"] : [], .. named
                ? (string[])[]
                : ["400 invalid-json"]];
        if (!expected.Contains(answer))
        {
            failures.Add($"{operation.Id} {field}: {json[..Math.Min(json.Length, 60)]} was answered {answer}");
        }

        if (_records.Changes() is { Count: > 0 } changes)
        {
            failures.Add($"{operation.Id} {field}: {json[..Math.Min(json.Length, 60)]} changed {string.Join(", ", changes)}");
        }
    }
}
