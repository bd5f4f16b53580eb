using System.Net;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The part of the walk at the moderators' desk.</summary>
public sealed partial class WalkTests
{
    /// <summary>Decides a report, and suspends the member who stays suspended.</summary>
    private static async Task ModerationAsync(Walk walk, string report)
    {
        const string Reports = "/api/moderation/reports";
        var (moderator, second) = (walk.ClientFor("moderator", "moderator"), walk.ClientFor("admin", "admin"));
        var page = await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{Reports}?limit=1"));
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync(page["nextLink"].ToString()));
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{Reports}?state=open&reason=other&member=mira"));
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{Reports}/counts?reason=spam"));
        await AnswersAsync(HttpStatusCode.BadRequest, moderator.ReadAsync($"{Reports}?state=half"));
        await AnswersAsync(HttpStatusCode.BadRequest, moderator.ReadAsync($"{Reports}/counts?reason=none"));

        var warn = new { decision = "warn", statement = "Do not do this." };
        await AnswersAsync(
            HttpStatusCode.Forbidden, walk.ClientFor("brand", "moderator").SendAsync($"{Reports}/{report}/decision", warn), "own-case");
        await AnswersAsync(HttpStatusCode.OK, moderator.SendAsync($"{Reports}/{report}/decision", warn));
        await AnswersAsync(HttpStatusCode.OK, moderator.SendAsync($"{Reports}/{report}/decision", warn));
        await AnswersAsync(HttpStatusCode.Conflict, second.SendAsync($"{Reports}/{report}/decision", warn), "report-decided");
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{Reports}?state=closed"));
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{Reports}/{report}"));
        await AnswersAsync(HttpStatusCode.Forbidden, walk.ClientFor("brand", "moderator").ReadAsync($"{Reports}/{report}"), "own-case");

        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor(SuspendedMember).ReadAsync("/api/me"));
        var suspension = $"/api/moderation/members/{SuspendedMember}/suspension";
        await AnswersAsync(HttpStatusCode.OK, moderator.PutAsync(suspension, new { reason = "spam", statement = "For now." }));
        await AnswersAsync(HttpStatusCode.NoContent, moderator.CallAsync(HttpMethod.Delete, suspension, new { statement = "A mistake." }));
        await AnswersAsync(HttpStatusCode.OK, moderator.PutAsync(suspension, new { reason = "spam", statement = "It went on." }));
        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor(SuspendedMember).ReadAsync("/api/me"));
        var member = $"/api/moderation/members/{SuspendedMember}";
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync(member));
        var trail = await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync($"{member}/trail?limit=1"));
        await AnswersAsync(HttpStatusCode.OK, moderator.ReadAsync(trail["nextLink"].ToString()));
        await AnswersAsync(HttpStatusCode.NoContent, moderator.CallAsync(HttpMethod.Delete, $"{member}/unlisting"));

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Get, "/trail", null), (HttpMethod.Delete, "/suspension", null),
            (HttpMethod.Delete, "/unlisting", null), (HttpMethod.Put, "/suspension", new { reason = "spam", statement = "Myself." }),
        })
        {
            await AnswersAsync(
                HttpStatusCode.Forbidden, moderator.CallAsync(method, $"/api/moderation/members/moderator{path}", body), "own-case");
        }
    }
}
