using Connections.Http;

namespace Connections.Files;

/// <summary>The answer about a member's own file.</summary>
/// <param name="File">The file.</param>
/// <param name="Url">A link to its bytes; absent while it is not ready or not used, as the bytes are nowhere but with its owner.</param>
/// <param name="Until">When the link stops working.</param>
public sealed record OwnFileAnswer(OwnFile File, Uri? Url = null, DateTimeOffset? Until = null);

/// <summary>
/// GET /api/files/{id}: a file of the caller's. DELETE /api/files/{id}: deletes one that was not sent.
/// </summary>
public sealed class OwnFiles(HttpApi http, FileRecords files, IFileStore store, FilesSettings settings, TimeProvider time)
{
    /// <summary>
    /// Answers 200 or 404. One request; for a file that was not uploaded yet, one to the store, and two when it is uploaded since.
    /// </summary>
    [Function("ReadFile")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/files/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!FileId.IsValid(id) || await files.FindAsync(PathOf(caller.Id, id), ct) is not { } file)
            {
                return Problems.NotFound("file");
            }

            if (file.State == FileState.Uploading && await store.FindUploadAsync($"{file.Path}", ct) is not null)
            {
                file = await files.ChangeAsync(file.Path, Uploaded, ct) ?? file;
            }

            var until = time.Now() + settings.LinkFor;
            return Answers.Ok(file is { State: FileState.Ready, IsUsed: true }
                ? new OwnFileAnswer(
                    OwnFile.Of(file), await store.GetDownloadAddressAsync($"{file.Path}", file.Type, file.Name, until, ct), until)
                : new OwnFileAnswer(OwnFile.Of(file)));
        });

    /// <summary>Answers 204, also when there is no such file; 409 when it was sent. Two requests and one to the store.</summary>
    [Function("DeleteFile")]
    public Task Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/files/{id}")] HttpRequest request, string id) =>
        http.Handle(
            request,
            async (caller, ct) =>
            {
                if (!FileId.IsValid(id))
                {
                    return Problems.NotFound("file");
                }

                var path = PathOf(caller.Id, id);
                if (await files.DeleteUnusedAsync(path, ct) is not null)
                {
                    return Problems.From(new FileSent());
                }

                // An upload that is still running when this is answered goes when its scan is.
                await store.DeleteUploadAsync($"{path}", ct);
                return Answers.NoContent();
            },
            media: null);

    private static FilePath PathOf(MemberId caller, string id) => new(FilePath.FolderOf(caller), id);

    private static FileDocument Uploaded(FileDocument file) =>
        file.State == FileState.Uploading ? file with { State = FileState.Checking } : file;
}
