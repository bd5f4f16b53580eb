using System.Net;
using Connections.Files;
using Connections.Tests.Functions.Files;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The part of the walk with files.</summary>
public sealed partial class WalkTests
{
    /// <summary>Uploads a picture, sends it, and reports it; its id.</summary>
    private static async Task<string> FilesAsync(Walk walk, HttpClient brand, HttpClient mira, string connection)
    {
        var messages = $"/api/connections/{connection}/messages";
        var created = await AnswersAsync(HttpStatusCode.Created, brand.CreateFileAsync(Pictures.Jpeg()));
        var id = created["file"]["id"]!.ToString();
        var (message, other) = (
            new { clientId = "4", text = "", files = new[] { new { id, alt = "A trail" } } },
            new { clientId = "5", text = "", files = new[] { new { id, alt = "A trail" } } });
        await AnswersAsync(HttpStatusCode.Conflict, brand.SendAsync(messages, message), "file-not-ready");
        await walk.Host.PutAsync(Pictures.Jpeg(), created.Body!);
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync($"/api/files/{id}"));
        var sent = await AnswersAsync(HttpStatusCode.Created, brand.SendAsync(messages, message));
        var link = $"{messages}/{sent["seq"]}/files/{id}";
        await AnswersAsync(HttpStatusCode.Conflict, mira.ReadAsync(link), "file-not-ready");
        await walk.Host.ScanAsync("brand", id);
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync(link));
        await AnswersAsync(HttpStatusCode.OK, mira.ReadAsync($"{messages}?limit=1"));
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync($"/api/files/{id}"));
        await AnswersAsync(HttpStatusCode.Conflict, brand.SendAsync(messages, other), "file-sent");
        await AnswersAsync(HttpStatusCode.Conflict, brand.CallAsync(HttpMethod.Delete, $"/api/files/{id}"), "file-sent");

        var unsent = (await AnswersAsync(HttpStatusCode.Created, brand.CreateFileAsync(Pictures.Jpeg())))["file"]["id"];
        await AnswersAsync(HttpStatusCode.NoContent, brand.CallAsync(HttpMethod.Delete, $"/api/files/{unsent}"));
        var report = (await AnswersAsync(HttpStatusCode.Created, mira.SendAsync(
            "/api/reports", new { connectionId = connection, seq = (int)sent["seq"], reason = "other" })))["id"];
        var kept = $"/api/moderation/reports/{report}/files/{id}";
        await AnswersAsync(HttpStatusCode.OK, walk.ClientFor("moderator", "moderator").ReadAsync(kept));
        await AnswersAsync(HttpStatusCode.Forbidden, walk.ClientFor("mira", "moderator").ReadAsync(kept), "own-case");
        return id;
    }

    /// <summary>Uploads a picture for a profile; where it is.</summary>
    private static async Task<FilePath> AvatarAsync(Walk walk, HttpClient brand)
    {
        var created = await AnswersAsync(HttpStatusCode.Created, brand.CreateFileAsync(Pictures.Jpeg(40, 40), @for: "avatar"));
        var id = created["file"]["id"]!.ToString();
        var profile = new { displayName = "Aurora", organisation = "Aurora", avatar = id };
        await AnswersAsync(HttpStatusCode.Conflict, brand.PutAsync("/api/me", profile), "file-not-ready");
        await walk.Host.PutAsync(Pictures.Jpeg(40, 40), created.Body!);
        await walk.Host.ScanAsync("brand", id);
        var address = (await AnswersAsync(HttpStatusCode.OK, brand.PutAsync("/api/me", profile)))["avatarUrl"].ToString();
        await AnswersAsync(HttpStatusCode.OK, brand.ReadAsync(new Uri(address).AbsolutePath));
        await AnswersAsync(HttpStatusCode.Created, brand.CreateFileAsync(Pictures.Jpeg()));
        await AnswersAsync(HttpStatusCode.Created, brand.CreateFileAsync(Pictures.Jpeg()));
        await AnswersAsync(HttpStatusCode.TooManyRequests, brand.CreateFileAsync(Pictures.Jpeg()), "file-limit-day");
        return new FilePath(FilePath.FolderOf(new MemberId("brand")), id);
    }
}
