using Connections.Files.Inspection;

namespace Connections.Files;

/// <summary>Decides whether an upload can be shown: by the malware scan's result, and by its bytes.</summary>
/// <remarks>
/// A client can write its upload again while its address works. So each decision is about one version, which alone is accepted. A file
/// whose version was accepted is decided for good; what its client writes afterwards is thrown away. Can be repeated, in any order.
/// </remarks>
public sealed class FileChecks(FileRecords files, IFileStore store, FileInspector inspector)
{
    /// <summary>
    /// Decides about the version that was scanned. Three requests, and three to the store: its size, its bytes, and its deletion where it
    /// is refused.
    /// </summary>
    /// <returns>The file as it is now; null when there is none, or the client has written another version since.</returns>
    public async Task<FileDocument?> DecideAsync(FileScan scan, CancellationToken ct)
    {
        var path = $"{scan.Path}";
        if (await files.FindAsync(scan.Path, ct) is not { } file)
        {
            // Deleted, or never created.
            await store.DeleteUploadAsync(path, ct);
            return null;
        }

        if (file.IsDecided && (file.Version == scan.Version || await IsAcceptedAsync(file, ct)))
        {
            return file;
        }

        if (await InspectAsync(file, scan, ct) is not { } found)
        {
            return null;
        }

        var decided = await files.ChangeAsync(
            scan.Path, current => current.Version == scan.Version ? current : After(current, scan, found), ct);
        if (found.Refused is not null)
        {
            await store.DeleteUploadAsync(path, ct);
        }

        return decided;
    }

    /// <summary>Refuses a file that was not decided about in time. Two requests.</summary>
    public Task<FileDocument?> GiveUpAsync(FileDocument file, CancellationToken ct) => files.ChangeAsync(
        file.Path,
        current => current.State == FileState.Refused
            ? current
            : current with { State = FileState.Refused, Reason = RefusedBecause.NotChecked },
        ct);

    /// <summary>
    /// Copies the version that was decided about to the files that are served. One request to the store, most often; repeated, it finds the
    /// copy.
    /// </summary>
    /// <returns>False if that version is gone: the client has written another one, or its day is over.</returns>
    public Task<bool> AcceptAsync(FileDocument ready, CancellationToken ct) =>
        store.AcceptAsync($"{ready.Path}", ready.Version!, ready.Type, ready.Name, ct);

    private async Task<bool> IsAcceptedAsync(FileDocument file, CancellationToken ct) =>
        file is { State: FileState.Ready, IsUsed: true } && await AcceptAsync(file, ct);

    /// <summary>What the scan and the bytes say; null if the version is gone.</summary>
    private async Task<Inspected?> InspectAsync(FileDocument file, FileScan scan, CancellationToken ct)
    {
        var type = FileType.Find(file.Type) ?? throw new InvalidOperationException("A file has no known type.");
        if (await store.FindUploadAsync($"{scan.Path}", ct) is not { } upload || upload.ETag != scan.Version)
        {
            return null;
        }

        if (!scan.IsClean)
        {
            return new Inspected(scan.IsMalicious ? RefusedBecause.Malware : RefusedBecause.NotChecked, upload.Size);
        }

        if (await store.OpenUploadAsync($"{scan.Path}", scan.Version, ct) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            return await inspector.InspectAsync(content, upload.Size, type, file.For, ct);
        }
    }

    private static FileDocument After(FileDocument file, FileScan scan, Inspected found) => file with
    {
        State = found.Refused is null ? FileState.Ready : FileState.Refused,
        Reason = found.Refused,
        Size = found.Size,
        Width = found.Width,
        Height = found.Height,
        Version = scan.Version,
    };
}
