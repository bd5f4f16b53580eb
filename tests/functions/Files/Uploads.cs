using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Files;
using Connections.FollowUp;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Files;

/// <summary>Uploads of members, and the results of the malware scan.</summary>
internal static class Uploads
{
    /// <summary>What the malware scan says.</summary>
    public const string Clean = "No threats found";

    /// <inheritdoc cref="Clean"/>
    public const string Malicious = "Malicious";

    /// <summary>Creates a file.</summary>
    public static Task<Answer> CreateFileAsync(
        this HttpClient member, byte[] bytes, string type = "image/jpeg", string name = "photo.jpg", string @for = "message") =>
        member.SendAsync("/api/files", new { name, type, size = bytes.Length, @for });

    /// <summary>Creates a file and uploads it; its id.</summary>
    public static async Task<string> UploadAsync(
        this LocalHostFixture host, string member, byte[]? bytes = null, string type = "image/jpeg", string @for = "message")
    {
        bytes ??= Pictures.Jpeg();
        var created = await host.ClientFor(member).CreateFileAsync(bytes, type, @for: @for);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created["file"]["id"]!.ToString();
        await host.PutAsync(bytes, created.Body!);
        return id;
    }

    /// <summary>Uploads bytes to the address of a file.</summary>
    public static async Task PutAsync(this LocalHostFixture host, byte[] bytes, JsonNode created) =>
        Assert.Equal((HttpStatusCode.Created, ""), await host.TryPutAsync(bytes, created));

    /// <summary>Uploads bytes to the address of a file; the status of the answer, and its error code if there is one.</summary>
    public static async Task<(HttpStatusCode Status, string Code)> TryPutAsync(
        this LocalHostFixture host, byte[] bytes, JsonNode created)
    {
        using var content = new ByteArrayContent(bytes);
        using var put = new HttpRequestMessage(HttpMethod.Put, created["uploadUrl"]!.ToString()) { Content = content };
        foreach (var (name, value) in created["uploadHeaders"]!.AsObject())
        {
            put.Headers.Add(name, value!.ToString());
        }

        using var answer = await host.AnonymousClient().SendAsync(put);
        return (answer.StatusCode, answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.Single() : "");
    }

    /// <summary>Creates a file, uploads it and lets it be checked; its id.</summary>
    public static async Task<string> CheckedFileAsync(
        this LocalHostFixture host, string member, byte[]? bytes = null, string type = "image/jpeg", string @for = "message")
    {
        var id = await host.UploadAsync(member, bytes, type, @for);
        await host.ScanAsync(member, id);
        return id;
    }

    /// <summary>Handles the result of the scan of what is uploaded now.</summary>
    public static async Task ScanAsync(this LocalHostFixture host, string member, string id, string result = Clean)
    {
        var upload = await host.Services.GetRequiredService<IFileStore>().FindUploadAsync(PathOf(member, id), default);
        await host.ScannedAsync(member, id, upload!.ETag, result);
    }

    /// <summary>Handles the result of the scan of one version.</summary>
    public static Task ScannedAsync(this LocalHostFixture host, string member, string id, string version, string result = Clean) =>
        ActivatorUtilities.CreateInstance<NoteFileScan>(host.Services).Run(EventOf(PathOf(member, id), version, result), default);

    /// <summary>The event of Event Grid.</summary>
    public static string EventOf(string path, string version, string result = Clean) => JsonSerializer.Serialize(new
    {
        id = Guid.NewGuid(),
        subject = $"storageAccounts/account/containers/uploads/blobs/{path}",
        data = new
        {
            correlationId = Guid.NewGuid(),
            blobUri = $"https://account.blob.core.windows.net/uploads/{path}",
            eTag = version,
            scanFinishedTimeUtc = "2026-11-22T10:05:12.345Z",
            scanResultType = result,
            scanResultDetails = (object?)null,
        },
        eventType = "Microsoft.Security.MalwareScanningResult",
        dataVersion = "1.0",
        eventTime = "2026-11-22T10:05:12.345Z",
    });

    /// <summary>The file's document.</summary>
    public static Task<FileDocument?> FileAsync(this LocalHostFixture host, string member, string id) =>
        host.Services.GetRequiredService<FileRecords>().FindAsync(new FilePath(FilePath.FolderOf(new MemberId(member)), id), default);

    /// <summary>Runs the sweep of files.</summary>
    public static Task SweepFilesAsync(this LocalHostFixture host) =>
        ActivatorUtilities.CreateInstance<SweepFiles>(host.Services).Run(new TimerInfo(), default);

    /// <summary>Whether others can get its bytes.</summary>
    public static async Task<bool> IsServedAsync(this LocalHostFixture host, string member, string id)
    {
        var stored = await host.Services.GetRequiredService<IFileStore>().OpenAsync(PathOf(member, id), default);
        await (stored?.DisposeAsync() ?? ValueTask.CompletedTask);
        return stored is not null;
    }

    private static string PathOf(string member, string id) => $"{FilePath.FolderOf(new MemberId(member))}/{id}";
}
