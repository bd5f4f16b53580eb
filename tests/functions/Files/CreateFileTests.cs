using System.Net;
using Connections.Files;

namespace Connections.Tests.Functions.Files;

/// <summary>A file of a member's, from its creation to what the checks say.</summary>
public sealed class CreateFileTests : IAsyncLifetime
{
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync(
        o => o with { Settings = new Dictionary<string, string?> { ["Files:PerDay"] = "20" } });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_file_is_created_uploaded_and_checked()
    {
        var nora = _host.ClientFor("nora");
        var created = await nora.SendAsync(
            "/api/files", new { name = "../IMG 1.jpeg", type = "image/jpeg", size = 100, @for = "message", width = 4, height = 3 });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var file = created["file"];
        var id = file["id"]!.ToString();
        Assert.Equal(
            ("IMG 1.jpeg", "message", "uploading", 100, 4, 3),
            ($"{file["name"]}", $"{file["for"]}", $"{file["state"]}", (int)file["size"]!, (int)file["width"]!, (int)file["height"]!));
        Assert.Equal($"/api/files/{id}", created.Headers.Location!.ToString());
        Assert.Equal("uploading", await StateAsync(nora, id));

        await _host.PutAsync(Pictures.Jpeg(), created.Body!);
        Assert.Equal("checking", await StateAsync(nora, id));
        await _host.ScanAsync("nora", id);
        var ready = (await nora.ReadAsync($"/api/files/{id}"));
        Assert.Equal(
            ("ready", Pictures.Jpeg().Length, 40, 30),
            ($"{ready["file"]["state"]}", (int)ready["file"]["size"]!, (int)ready["file"]["width"]!, (int)ready["file"]["height"]!));
        // Nobody but its owner has it.
        Assert.Null(ready.Body!["url"]);
        Assert.False(await _host.IsServedAsync("nora", id));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.ClientFor("otto").ReadAsync($"/api/files/{id}")).Status);
    }

    [Theory]
    [InlineData("""{ "name": "", "type": "image/jpeg", "size": 1, "for": "message" }""", "name", "required")]
    [InlineData("""{ "name": "a", "size": 1, "for": "message" }""", "type", "required")]
    [InlineData("""{ "name": "a", "type": "image/svg+xml", "size": 1, "for": "message" }""", "type", "unknown-value")]
    [InlineData("""{ "name": "a", "type": "application/pdf", "size": 1, "for": "avatar" }""", "type", "unknown-value")]
    [InlineData("""{ "name": "a", "type": "image/png", "for": "message" }""", "size", "required")]
    [InlineData("""{ "name": "a", "type": "image/png", "size": 0, "for": "message" }""", "size", "out-of-range")]
    [InlineData("""{ "name": "a", "type": "image/png", "size": 10485761, "for": "message" }""", "size", "out-of-range")]
    [InlineData("""{ "name": "a", "type": "application/pdf", "size": 20971521, "for": "message" }""", "size", "out-of-range")]
    [InlineData("""{ "name": "a", "type": "image/png", "size": 1, "for": "fun" }""", "for", "unknown-value")]
    [InlineData("""{ "name": "a", "type": "image/png", "size": 1, "for": "message", "width": 0 }""", "width", "out-of-range")]
    public async Task A_body_that_is_not_valid_is_refused_by_its_field(string body, string field, string code)
    {
        var refused = await _host.ClientFor("nora").CallAsync(HttpMethod.Post, "/api/files", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (refused.Status, refused.Problem));
        Assert.Contains(refused["fields"].AsArray(), fault => $"{fault!["field"]}" == field && $"{fault["code"]}" == code);
    }

    [Fact]
    public async Task A_member_creates_so_many_files_a_day()
    {
        var nora = _host.ClientFor("nora-many");
        for (var count = 0; count < 20; count++)
        {
            Assert.Equal(HttpStatusCode.Created, (await nora.CreateFileAsync([1])).Status);
        }

        var refused = await nora.CreateFileAsync([1]);
        Assert.Equal((HttpStatusCode.TooManyRequests, "file-limit-day"), (refused.Status, refused.Problem));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_the_checks_refuse_is_deleted_and_says_why()
    {
        var nora = _host.ClientFor("nora-refused");
        foreach (var (bytes, result, reason) in new[]
        {
            (Pictures.Jpeg(), Uploads.Malicious, RefusedBecause.Malware),
            (Pictures.Jpeg(), "Not Scanned", RefusedBecause.NotChecked),
            (Pictures.Png(), Uploads.Clean, RefusedBecause.WrongType),
            (Pictures.Jpeg()[..40], Uploads.Clean, RefusedBecause.Damaged),
            (Pictures.Jpeg(segments: Pictures.Segment(0xE1, [1])), Uploads.Clean, RefusedBecause.Metadata),
        })
        {
            var id = await _host.UploadAsync("nora-refused", bytes);
            await _host.ScanAsync("nora-refused", id, result);
            var file = (await nora.ReadAsync($"/api/files/{id}"))["file"];
            Assert.Equal(("refused", reason), ($"{file["state"]}", $"{file["reason"]}"));
            Assert.NotEqual(
                HttpStatusCode.OK,
                (await nora.SendAsync("/api/connections/c/messages", new { clientId = "1", files = new[] { new { id } } })).Status);
        }
    }

    [Fact]
    public async Task A_result_about_another_version_or_a_file_of_nobody_changes_nothing()
    {
        var nora = _host.ClientFor("nora-versions");
        var created = await nora.CreateFileAsync(Pictures.Jpeg());
        var id = created["file"]["id"]!.ToString();
        await _host.PutAsync(Pictures.Jpeg(), created.Body!);
        await _host.ScannedAsync("nora-versions", id, "an-earlier-version");
        Assert.Equal("checking", await StateAsync(nora, id));
        await _host.ScannedAsync("nora-versions", FileId.New(FilePurpose.Message), "x");
        await _host.ScanAsync("nora-versions", id);
        Assert.Equal("ready", await StateAsync(nora, id));

        // What is there is not written again, so that nobody has more scanned than what they send.
        var again = await _host.TryPutAsync(Pictures.Png(), created.Body!);
        Assert.Equal((HttpStatusCode.Forbidden, "UnauthorizedBlobOverwrite"), again);
        await _host.ScanAsync("nora-versions", id);
        Assert.Equal("ready", await StateAsync(nora, id));
    }

    [Fact]
    public async Task A_file_that_was_not_sent_can_be_deleted_and_again()
    {
        var nora = _host.ClientFor("nora-deletes");
        var id = await _host.UploadAsync("nora-deletes");
        Assert.Equal(HttpStatusCode.NoContent, (await _host.ClientFor("otto").CallAsync(HttpMethod.Delete, $"/api/files/{id}")).Status);
        Assert.Equal("checking", await StateAsync(nora, id));
        Assert.Equal(HttpStatusCode.NoContent, (await nora.CallAsync(HttpMethod.Delete, $"/api/files/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await nora.CallAsync(HttpMethod.Delete, $"/api/files/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nora.ReadAsync($"/api/files/{id}")).Status);
        await _host.ScannedAsync("nora-deletes", id, "late");
    }

    [Fact]
    public void Only_the_events_of_uploads_are_read()
    {
        var path = $"{FilePath.FolderOf(new MemberId("nora"))}/{FileId.New(FilePurpose.Message)}";
        var text = Uploads.EventOf(path, "0x8D");
        Assert.Equal(new FileScan(FilePath.Parse(path)!, "0x8D", true, false), FileScan.Read(text));
        Assert.Equal(FileScan.Read(text), FileScan.Read(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))));
        Assert.True(FileScan.Read(Uploads.EventOf(path, "0x8D", Uploads.Malicious))!.IsMalicious);
        foreach (var other in new[]
        {
            "", "{}", "[]", "?", "null", text.Replace("uploads/", "evidence/", StringComparison.Ordinal),
            text.Replace("MalwareScanningResult", "Other", StringComparison.Ordinal), Uploads.EventOf("folder/name", "1"),
            Uploads.EventOf(path + "/../x", "1"), Uploads.EventOf(path, ""), text.Replace("\"0x8D\"", "1", StringComparison.Ordinal),
        })
        {
            Assert.Null(FileScan.Read(other));
        }
    }

    private static async Task<string> StateAsync(HttpClient member, string id) =>
        (await member.ReadAsync($"/api/files/{id}"))["file"]["state"]!.ToString();
}
