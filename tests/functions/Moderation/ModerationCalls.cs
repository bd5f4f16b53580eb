using System.Text.Json.Nodes;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Moderation;

/// <summary>Calls of moderators, and the reports that they decide.</summary>
internal static class ModerationCalls
{
    /// <summary>A client with the role of moderators.</summary>
    public static HttpClient ModeratorOf(this LocalHostFixture host, string id = "moderator") => host.ClientFor(id, roles: "moderator");

    /// <summary>The first of a pair reports the second, or a message that the second wrote; returns the report's id.</summary>
    public static async Task<string> ReportAsync(this Pair pair, string reason = "spam", long? seq = null, string? details = null)
    {
        object body = seq is null
            ? new { memberId = pair.TwoId, reason, details }
            : new { connectionId = pair.ConnectionId, seq, reason, details };
        return (await pair.One.SendAsync("/api/reports", body))["id"].ToString();
    }

    /// <summary>Decides a report.</summary>
    public static Task<Answer> DecideAsync(
        this HttpClient moderator, string report, string decision, string statement = "Because of what you wrote.",
        DateTimeOffset? until = null) =>
        moderator.SendAsync($"/api/moderation/reports/{report}/decision", new { decision, statement, until });

    /// <summary>Suspends a member.</summary>
    public static Task<Answer> SuspendAsync(
        this HttpClient moderator, string member, string statement = "Because of what you wrote.", DateTimeOffset? until = null) =>
        moderator.PutAsync($"/api/moderation/members/{member}/suspension", new { reason = "spam", statement, until });

    /// <summary>Lifts a suspension.</summary>
    public static Task<Answer> LiftAsync(this HttpClient moderator, string member) =>
        moderator.CallAsync(HttpMethod.Delete, $"/api/moderation/members/{member}/suspension");

    /// <summary>The ids of the reports of a list.</summary>
    public static async Task<string[]> ReportIdsAsync(this HttpClient moderator, string query) =>
        [.. (await moderator.ReadAsync($"/api/moderation/reports?limit=100&{query}"))["value"].AsArray().Select(Id)];

    /// <summary>The audit trail about a member, the latest entry first.</summary>
    public static async Task<JsonNode[]> TrailAsync(this HttpClient moderator, string member) =>
        [.. (await moderator.ReadAsync($"/api/moderation/members/{member}/trail?limit=100"))["value"].AsArray().OfType<JsonNode>()];

    private static string Id(JsonNode? report) => report!["id"]!.ToString();
}
