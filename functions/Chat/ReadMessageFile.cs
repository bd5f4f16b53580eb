using System.Globalization;
using Connections.Files;
using Connections.Http;

namespace Connections.Chat;

/// <summary>A link to a file.</summary>
/// <param name="Url">Whoever has it can read this one file: never log it.</param>
/// <param name="Until">When the link stops working.</param>
public sealed record FileLink(Uri Url, DateTimeOffset Until);

/// <summary>GET /api/connections/{id}/messages/{seq}/files/{fileId}: a link to a file of a message, for a few minutes.</summary>
/// <remarks>
/// Only the two of the conversation get one, and only while they are connected: what was written can be read afterwards, but no file is
/// handed out any more.
/// </remarks>
public sealed class ReadMessageFile(
    HttpApi http, Conversations conversations, MessageStore messages, IFileStore store, FilesSettings settings, TimeProvider time)
{
    /// <summary>Answers 200, or 409 for a file that is not ready. Two requests at once: the caller's row, the message.</summary>
    [Function(nameof(ReadMessageFile))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/{id}/messages/{seq}/files/{fileId}")]
        HttpRequest request,
        string id,
        string seq,
        string fileId) =>
        http.Handle(request, async (caller, ct) =>
        {
            var isNumber = long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var opening = conversations.OpenRowAsync(id, caller.Id, ct);
            var reading = isNumber ? messages.FindAsync(id, number, ct) : Task.FromResult<MessageDocument?>(null);
            await Task.WhenAll(opening, reading);
            if (!(await opening).TryGet(out var row, out var error))
            {
                return Problems.From(error);
            }

            if (await reading is not { Deleted: not true, Sealed: not true } message
                || number <= (row.Pair.SealedSeq ?? 0)
                || message.Files?.SingleOrDefault(one => one.Id == fileId) is not { } file)
            {
                return Problems.NotFound("file");
            }

            if (file.State != FileState.Ready)
            {
                return Problems.From(new FileNotReady(file.State, message.From == caller.Id ? file.Reason : null));
            }

            var (path, until) = (new FilePath(FilePath.FolderOf(message.From), file.Id), time.Now() + settings.LinkFor);
            return Answers.Ok(
                new FileLink(await store.GetDownloadAddressAsync($"{path}", file.Type, file.Name, until, ct), until));
        });
}
