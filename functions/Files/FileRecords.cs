using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Files;

/// <summary>Reads and writes the documents of files. A member's are one partition.</summary>
public sealed class FileRecords(Containers containers, TimeProvider time)
{
    private const int Never = -1;

    /// <summary>The lifetime of a file that is not sent, in seconds.</summary>
    public static int UnsentTtl => (int)FilesSettings.UnsentFor.TotalSeconds;

    /// <summary>Adds a file. One request.</summary>
    public async Task CreateAsync(FileDocument file, CancellationToken ct)
    {
        if (!await containers.Files.TryCreateAsync(file, file.Folder, ct))
        {
            throw new InvalidOperationException("Two files have the same random id.");
        }
    }

    /// <summary>A file; null when there is none with this id. One request.</summary>
    public async Task<FileDocument?> FindAsync(FilePath path, CancellationToken ct) =>
        (await containers.Files.FindAsync<FileDocument>(path.Id, path.Folder, ct))?.Value;

    /// <summary>Some files of a folder by their ids, those that there are. One request; none without ids.</summary>
    public async Task<IReadOnlyDictionary<string, FileDocument>> FindManyAsync(
        string folder, IReadOnlyList<string> ids, CancellationToken ct)
    {
        IReadOnlyList<FileDocument> found = ids.Count == 0
            ? []
            : await containers.Files.ReadFewAsync<FileDocument>(CosmosCalls.ByIds("*", ids), folder, ids.Count, ct);
        return found.ToDictionary(file => file.Id, StringComparer.Ordinal);
    }

    /// <summary>Decides and writes under the ETag. Two requests unless superseded; one when nothing is to be written.</summary>
    /// <param name="decide">The file as it is to be; the same object for no change.</param>
    /// <returns>The file as it is now; null when there is none.</returns>
    /// <exception cref="ContentionException">The file kept changing.</exception>
    public async Task<FileDocument?> ChangeAsync(FilePath path, Func<FileDocument, FileDocument> decide, CancellationToken ct)
    {
        var (outcome, _) = await containers.Files.ChangeAsync<FileDocument, FileDocument?>(
            path.Id,
            path.Folder,
            current =>
            {
                var after = current is null ? null : decide(current);
                return (after, ReferenceEquals(after, current) ? null : after);
            },
            time,
            ct);
        return outcome;
    }

    /// <summary>Gives a file to a message, unless another message has it. One request.</summary>
    /// <returns>The file as it is now; null when another message has it, or it is gone.</returns>
    public async Task<FileDocument?> ClaimAsync(FilePath path, SentIn sent, CancellationToken ct)
    {
        var (_, file) = await containers.Files.TryPatchAsync<FileDocument>(
            path.Id,
            path.Folder,
            [PatchOperation.Set("/sent", sent), PatchOperation.Set("/owedSince", sent.At), PatchOperation.Set("/ttl", Never)],
            "NOT IS_DEFINED(c.sent)",
            ct,
            answers: true);
        return file;
    }

    /// <summary>Keeps a picture for a profile. One request; nothing changes if it is kept already.</summary>
    public Task ShowAsync(FilePath path, DateTimeOffset now, CancellationToken ct) => containers.Files.TryPatchAsync<FileDocument>(
        path.Id,
        path.Folder,
        [PatchOperation.Set("/shownAt", now), PatchOperation.Set("/owedSince", now), PatchOperation.Set("/ttl", Never)],
        "NOT IS_DEFINED(c.shownAt)",
        ct);

    /// <summary>Notes that what uses a file is stored, and shows what was decided about it. One request.</summary>
    public Task MarkDispatchedAsync(FileDocument file, CancellationToken ct) => containers.Files.TryPatchAsync<FileDocument>(
        file.Id, file.Folder, [PatchOperation.Remove("/owedSince")], "IS_DEFINED(c.owedSince)", ct);

    /// <summary>Deletes a file that nothing uses. Two requests.</summary>
    /// <returns>The file if a message or a profile uses it, and so it stays; null otherwise.</returns>
    public Task<FileDocument?> DeleteUnusedAsync(FilePath path, CancellationToken ct) => OptimisticWrite.RunAsync<FileDocument?>(
        time,
        async _ =>
        {
            if (await containers.Files.FindAsync<FileDocument>(path.Id, path.Folder, ct) is not { Value: var file } read)
            {
                return (FileDocument?)null;
            }

            if (file.IsUsed)
            {
                return file;
            }

            using var deleted = await containers.Files.DeleteItemStreamAsync(
                path.Id, new PartitionKey(path.Folder), new ItemRequestOptions { IfMatchEtag = read.ETag }, ct);
            if (deleted.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
            {
                return new Superseded();
            }

            deleted.EnsureSuccessStatusCode();
            return (FileDocument?)null;
        },
        ct);

    /// <summary>Deletes a file, whatever uses it. One request.</summary>
    public Task DeleteAsync(FilePath path, CancellationToken ct) => containers.Files.TryDeleteAsync(path.Id, path.Folder, ct);

    /// <summary>All files of a folder, in no order. One request a page.</summary>
    public IAsyncEnumerable<FileDocument> AllAsync(string folder, CancellationToken ct) =>
        containers.Files.ReadPartitionAsync<FileDocument>("SELECT * FROM c", folder, ct);

    /// <summary>The files that have waited for their message since before a time. A query across partitions.</summary>
    public IAsyncEnumerable<FileDocument> UndispatchedAsync(DateTimeOffset before, CancellationToken ct) =>
        containers.Files.UndispatchedAsync<FileDocument>(before, ct);
}
