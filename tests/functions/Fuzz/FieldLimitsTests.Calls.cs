using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connections.Members;
using Connections.Tests.Functions.OpenApi;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Fuzz;

/// <content>The calls, and the bodies that are valid but for one field.</content>
public sealed partial class FieldLimitsTests
{
    // A valid body with every field, so that a test can change a single field.
    private JsonObject ValidBody(Operation operation, string field) => operation.Id switch
    {
        "changeMyProfile" => Profile(),
        "loadCreators" => Row(),
        "changeEmailPreferences" => new() { ["notices"] = new JsonObject { ["reminder"] = true } },
        "changePrivacy" => new() { ["readMarks"] = true, ["online"] = true },
        "changeMyEmail" => new() { ["email"] = "somebody@example.net" },
        "sendInvite" => new() { ["creatorId"] = _pair.TwoId, ["note"] = "Note" },
        "createFile" => new()
        {
            ["name"] = "photo.jpg", ["type"] = "image/jpeg", ["size"] = 1, ["for"] = "message", ["width"] = 4, ["height"] = 3,
        },
        "sendMessage" => new() { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "Text", ["replyTo"] = 1 },
        "sendMessages" => new()
        {
            ["messages"] = new JsonArray(new JsonObject { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "Text", ["replyTo"] = 1 }),
        },
        "declineInvite" => new()
        {
            ["reason"] = "not-now",
            ["until"] = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
        "markFavourite" => new() { ["note"] = "Note", ["lists"] = new JsonArray("List") },
        "editMessage" => new() { ["text"] = "Text" },
        "setReaction" => new() { ["kind"] = "heart" },
        "markRead" => new() { ["seq"] = 1 },
        "changeSavedTexts" => new() { ["value"] = new JsonArray(new JsonObject { ["name"] = "Name", ["text"] = "Text" }) },
        "changeInbox" => new() { ["muted"] = true, ["markedUnread"] = true },
        "decideReport" => new() { ["decision"] = "suspend", ["until"] = "2099-01-01T00:00:00Z", ["statement"] = "Statement" },
        "suspendMember" => new() { ["reason"] = "spam", ["until"] = "2099-01-01T00:00:00Z", ["statement"] = "Statement" },
        "liftSuspension" or "liftUnlisting" => new() { ["statement"] = "Statement" },
        "sendReport" when field == "memberId" => new() { ["memberId"] = _pair.OneId, ["reason"] = "spam" },
        "sendReport" => new() { ["connectionId"] = _pair.ConnectionId, ["seq"] = 1, ["reason"] = "spam", ["details"] = "Details" },
        _ => throw new InvalidOperationException($"There is no valid body for {operation}."),
    };

    private static JsonObject Row()
    {
        var row = Profile();
        row["id"] = "loaded";
        row["avatarUrl"] = "https://example.com/a";
        row["email"] = "loaded@example.com";
        return row;
    }

    private static JsonObject Profile() => JsonNode.Parse("""
        {
          "kind": "creator", "displayName": "Name", "handle": "handle", "headline": "Headline", "bio": "Bio", "organisation": "Organisation",
          "website": "https://example.com/", "categories": ["travel"], "tags": ["tag"], "country": "GB", "languages": ["en"], "language": "en", "listed": true,
          "openTo": ["paid"], "formats": ["story"], "rateFrom": { "amount": 100, "currency": "EUR" }, "leadTime": 14, "availableFrom": "2026-12-01", "expects": "Expects",
          "offers": ["gifted"], "about": "About",
          "platforms": [{ "name": "instagram", "handle": "handle", "url": "https://example.com/i", "followers": 1, "engagement": 0.1 }]
        }
        """)!.AsObject();

    /// <summary>Sends a valid call with another value for a field.</summary>
    /// <returns>The status, the problem and the first field in the errors.</returns>
    private async Task<string> SendAsync(Operation operation, string field, JsonNode? value, string? json = null)
    {
        var body = ValidBody(operation, field);
        var names = field.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        var parent = names[..^1].Aggregate((JsonNode)body, (node, name) => name == "0" ? node[0]! : node[name]!);
        if (names[^1] == "0")
        {
            parent[0] = value?.DeepClone();
        }
        else
        {
            parent[names[^1]] = value?.DeepClone();
        }

        var text = body.ToJsonString(Json.Options);
        text = json is null ? text : text.Replace("\"@value\"", json, StringComparison.Ordinal);
        var path = PathOf(operation).Replace("{seq}", "1", StringComparison.Ordinal);
        var isLoad = operation.Id == "loadCreators";
        using var content = new StringContent(text, Encoding.UTF8, isLoad ? "application/x-ndjson" : "application/json");
        var answer = await (isLoad ? _admin : operation.Id == "sendReport" ? _pair.Two : CallerOf(operation)).CallAsync(
            new HttpMethod(operation.Method), path, content);
        if (operation.Id == "decideReport" && answer.Problem is null)
        {
            _report = await ReportAsync();
        }

        return isLoad
            ? $"{(int)answer.Status} "
                + $"{(answer.Body is null ? "" : JsonNode.Parse(answer.Body.ToString())!["errors"]!.AsObject().First().Key)}"
            : Summary(answer);
    }

    private async Task<string> ReadAsync(FieldLimit limit, JsonNode? value)
    {
        var path = PathOf(limit.Operation);
        var name = limit.Field.Split('[')[0];
        var query = string.Join(
            '&', (value is JsonArray list ? list : [value?.DeepClone()]).Select(item => $"{name}={Uri.EscapeDataString($"{item}")}"));
        var more = limit.Operation.Id == "listInvites" ? "&direction=sent" : "";
        return Summary(await CallerOf(limit.Operation).ReadAsync($"{path}?{query}{more}"));
    }

    private HttpClient CallerOf(Operation operation) => operation.IsForModerators ? _moderator : _pair.One;

    private string PathOf(Operation operation) => operation.Path.Replace(
        "{id}",
        !operation.IsForModerators ? _pair.ConnectionId : operation.Id == "decideReport" ? _report : Moderated,
        StringComparison.Ordinal).Replace("{creatorId}", _pair.TwoId, StringComparison.Ordinal);

    private async Task<string> ReportAsync() => (await _pair.Two.SendAsync(
        "/api/reports", new { memberId = Moderated, reason = "spam" }))["id"].ToString();

    private static string Summary(Answer answer)
    {
        // A batch has a problem for each message that is refused, and names the fields of that message.
        var refused = answer.Status == HttpStatusCode.MultiStatus
            ? answer["results"].AsArray().Index().First(result => result.Item!["problem"] is not null)
            : default;
        var problem = refused.Item?["problem"] ?? (answer.Problem is null ? null : answer.Body);
        if (problem is null)
        {
            return $"{(int)answer.Status}";
        }

        var field = (problem["errors"] as JsonObject)?.First().Key;
        var code = problem["type"]!.ToString()["/problems/".Length..];
        return $"{problem["status"]} {code} {(refused.Item is null ? field : $"messages[{refused.Index}].{field}")}".TrimEnd();
    }
}
