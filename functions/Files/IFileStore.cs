namespace Connections.Files;

/// <summary>Where a client puts the bytes of one file, and nothing else.</summary>
/// <param name="Url">The address, with its signature. Whoever has it can write this one file: never log it.</param>
/// <param name="Headers">The headers that the client sends with its <c>PUT</c>, beside the content.</param>
/// <param name="Until">When the address stops working.</param>
public sealed record UploadAddress(Uri Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Until);

/// <summary>What a client has put at its address so far.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ETag">The version, without quotes, as the results of the scan name it. Another <c>PUT</c> makes another version.</param>
public sealed record UploadedFile(long Size, string ETag);

/// <summary>A stored file to be sent on; dispose it.</summary>
/// <param name="Content">The bytes, read from the store as they are asked for.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Type">The media type that it was accepted with.</param>
public sealed record StoredFile(Stream Content, long Size, string Type) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The bytes of files: Blob Storage in Azure, <c>local/Emulators</c> on one machine.</summary>
/// <remarks>
/// A client writes an upload, and only the service reads it. What is served is the service's own copy of the version that was scanned and
/// inspected, so that an address for uploading that still works cannot change what others see. A path is <c>folder/name</c>; the folder
/// holds all of one member's files.
/// </remarks>
public interface IFileStore
{
    /// <summary>The queue with the results of the malware scan, which Event Grid writes.</summary>
    const string ScanQueue = "file-scans";

    /// <summary>The queue for results that failed five times, as the Functions host names it.</summary>
    const string ScanPoisonQueue = ScanQueue + "-poison";

    /// <summary>An address at which a client can write one upload while there is none, and do nothing else.</summary>
    Task<UploadAddress> GetUploadAddressAsync(string path, DateTimeOffset until, CancellationToken ct);

    /// <summary>The upload at a path; null while there is none that the service can read.</summary>
    Task<UploadedFile?> FindUploadAsync(string path, CancellationToken ct);

    /// <summary>Reads one version of an upload; null if it is gone, or the client has written another.</summary>
    /// <exception cref="Azure.RequestFailedException">While reading: another version was written meanwhile.</exception>
    Task<Stream?> OpenUploadAsync(string path, string etag, CancellationToken ct);

    /// <summary>Copies one version of an upload to the files that are served, and deletes the upload. Can be repeated.</summary>
    /// <param name="path">The path of both.</param>
    /// <param name="etag">The version that was scanned and inspected.</param>
    /// <param name="type">The media type that the bytes have.</param>
    /// <param name="name">The name that a download gets.</param>
    /// <param name="ct">Gives up; the file may be accepted anyway.</param>
    /// <returns>False if that version is neither there nor accepted before.</returns>
    Task<bool> AcceptAsync(string path, string etag, string type, string name, CancellationToken ct);

    /// <summary>Deletes an upload, if there is one.</summary>
    Task DeleteUploadAsync(string path, CancellationToken ct);

    /// <summary>An address at which anybody can read one accepted file until a time, whether or not it exists.</summary>
    /// <remarks>A browser shows a picture, and downloads everything else.</remarks>
    Task<Uri> GetDownloadAddressAsync(string path, string type, string name, DateTimeOffset until, CancellationToken ct);

    /// <summary>Reads an accepted file; null if there is none.</summary>
    Task<StoredFile?> OpenAsync(string path, CancellationToken ct);

    /// <summary>Copies an accepted file to the evidence of a report, which outlives the file. Can be repeated.</summary>
    /// <returns>False if there is no such file, nor a copy from before.</returns>
    Task<bool> KeepAsync(string path, string evidencePath, CancellationToken ct);

    /// <summary>As <see cref="GetDownloadAddressAsync"/>, for one piece of evidence.</summary>
    Task<Uri> GetEvidenceAddressAsync(string evidencePath, string type, string name, DateTimeOffset until, CancellationToken ct);

    /// <summary>Deletes one piece of evidence, if it is there.</summary>
    Task DeleteEvidenceAsync(string evidencePath, CancellationToken ct);

    /// <summary>Deletes an accepted file, if there is one. Its evidence stays.</summary>
    Task DeleteAsync(string path, CancellationToken ct);

    /// <summary>Deletes all uploads and accepted files of a folder. Their evidence stays.</summary>
    Task DeleteAllAsync(string folder, CancellationToken ct);

    /// <summary>Checks that the store can be reached.</summary>
    /// <exception cref="Exception">It cannot.</exception>
    Task CheckAsync(CancellationToken ct);
}
