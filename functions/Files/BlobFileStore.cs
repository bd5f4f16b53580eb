using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Connections.Telemetry;

namespace Connections.Files;

/// <summary>The files in Blob Storage.</summary>
/// <param name="service">The blob service.</param>
/// <param name="time">The clock.</param>
/// <param name="origin">The origin of the addresses that clients get; null if it is the service's own.</param>
public sealed class BlobFileStore(BlobServiceClient service, TimeProvider time, Uri? origin = null) : IFileStore, IDisposable
{
    // The metadata of a copy: which version of the upload it is.
    private const string VersionOfUpload = "upload";

    private static readonly Dictionary<string, string> UploadHeaders = new(StringComparer.Ordinal) { ["x-ms-blob-type"] = "BlockBlob" };

    private readonly BlobSignatures _signatures = new(service, time, origin);
    private readonly BlobContainerClient _uploads = service.GetBlobContainerClient(BlobContainers.Uploads);
    private readonly BlobContainerClient _accepted = service.GetBlobContainerClient(BlobContainers.Accepted);
    private readonly BlobContainerClient _evidence = service.GetBlobContainerClient(BlobContainers.Evidence);

    /// <inheritdoc/>
    public async Task<UploadAddress> GetUploadAddressAsync(string path, DateTimeOffset until, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        return new UploadAddress(await _signatures.ToWriteAsync(_uploads.GetBlobClient(path), until, ct), UploadHeaders, until);
    }

    /// <inheritdoc/>
    public async Task<UploadedFile?> FindUploadAsync(string path, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        try
        {
            return await FindAsync(_uploads.GetBlobClient(path), ct) is { } found
                ? new UploadedFile(found.ContentLength, Plain(found.ETag))
                : null;
        }
        catch (RequestFailedException e) when (IsLocked(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenUploadAsync(string path, string etag, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = Version(etag) } };
            var opened = await _uploads.GetBlobClient(path).DownloadStreamingAsync(options, ct);
            return opened.Value.Content;
        }
        catch (RequestFailedException e) when (IsMissing(e) || IsOtherVersion(e) || IsLocked(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> AcceptAsync(string path, string etag, string type, string name, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        var upload = _uploads.GetBlobClient(path);
        var copy = _accepted.GetBlockBlobClient(path);
        var options = new BlobSyncUploadFromUriOptions
        {
            // Nothing that the client has set comes along: a type, a disposition, an encoding.
            CopySourceBlobProperties = false,
            HttpHeaders = new BlobHttpHeaders { ContentType = type, ContentDisposition = BlobSignatures.Disposition(type, name) },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [VersionOfUpload] = Plain(etag) },
            SourceConditions = new BlobRequestConditions { IfMatch = Version(etag) },
        };
        if (!await CopyAsync(upload, copy, options, ct))
        {
            return await FindAsync(copy, ct) is { } earlier
                && earlier.Metadata.TryGetValue(VersionOfUpload, out var version) && version == Plain(etag);
        }

        // Unless the client has written another version by now, which nobody has looked at: the account's rule deletes that one.
        await DeleteAsync(upload, new BlobRequestConditions { IfMatch = Version(etag) }, ct);
        return true;
    }

    /// <inheritdoc/>
    public Task DeleteUploadAsync(string path, CancellationToken ct) => DeleteAsync(_uploads.GetBlobClient(path), conditions: null, ct);

    /// <inheritdoc/>
    public async Task<Uri> GetDownloadAddressAsync(string path, string type, string name, DateTimeOffset until, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        return await _signatures.ToReadAsync(_accepted.GetBlobClient(path), type, name, until, ct);
    }

    /// <inheritdoc/>
    public async Task<StoredFile?> OpenAsync(string path, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        try
        {
            var opened = await _accepted.GetBlobClient(path).DownloadStreamingAsync(cancellationToken: ct);
            var details = opened.Value.Details;
            return new StoredFile(opened.Value.Content, details.ContentLength, details.ContentType);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> KeepAsync(string path, string evidencePath, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        var copy = _evidence.GetBlockBlobClient(evidencePath);
        // Its type and disposition are the service's own, and come along.
        var options = new BlobSyncUploadFromUriOptions { CopySourceBlobProperties = true };
        return await CopyAsync(_accepted.GetBlobClient(path), copy, options, ct) || await FindAsync(copy, ct) is not null;
    }

    /// <inheritdoc/>
    public async Task<Uri> GetEvidenceAddressAsync(
        string evidencePath, string type, string name, DateTimeOffset until, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        return await _signatures.ToReadAsync(_evidence.GetBlobClient(evidencePath), type, name, until, ct);
    }

    /// <inheritdoc/>
    public Task DeleteEvidenceAsync(string evidencePath, CancellationToken ct) =>
        DeleteAsync(_evidence.GetBlobClient(evidencePath), conditions: null, ct);

    /// <inheritdoc/>
    public Task DeleteAsync(string path, CancellationToken ct) => DeleteAsync(_accepted.GetBlobClient(path), conditions: null, ct);

    /// <inheritdoc/>
    public async Task DeleteAllAsync(string folder, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        foreach (var container in new[] { _uploads, _accepted })
        {
            // With the slash, so that a folder is not the beginning of another's name.
            var blobs = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder + '/', ct);
            await foreach (var blob in blobs)
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: ct);
            }
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken ct) => await _accepted.GetPropertiesAsync(cancellationToken: ct);

    /// <inheritdoc/>
    public void Dispose() => _signatures.Dispose();

    private static async Task<BlobProperties?> FindAsync(BlobBaseClient blob, CancellationToken ct)
    {
        try
        {
            return await blob.GetPropertiesAsync(cancellationToken: ct);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return null;
        }
    }

    private static async Task DeleteAsync(BlobClient blob, BlobRequestConditions? conditions, CancellationToken ct)
    {
        using var span = Signals.Outside("files");
        try
        {
            // A client that may create a blob may make snapshots of it, too, which keep it from being deleted alone.
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, conditions, ct);
        }
        catch (RequestFailedException e) when (IsOtherVersion(e))
        {
            // Not the one that was to be deleted.
        }
    }

    // False if the source is gone, or is not the version that the options ask for.
    private async Task<bool> CopyAsync(BlobClient from, BlockBlobClient to, BlobSyncUploadFromUriOptions options, CancellationToken ct)
    {
        try
        {
            await to.SyncUploadFromUriAsync(await _signatures.ToCopyAsync(from, ct), options, ct);
            return true;
        }
        catch (RequestFailedException e) when (IsMissing(e) || IsOtherVersion(e))
        {
            return false;
        }
    }

    // Not every 404: a container that is missing is a fault of the deployment, not an answer.
    private static bool IsMissing(RequestFailedException e) =>
        e.ErrorCode == BlobErrorCode.BlobNotFound || (e.Status == 404 && e.ErrorCode == BlobErrorCode.CannotVerifyCopySource);

    // A client can write its upload with a key of its own, or straight into the archive. Nobody can read it then, so it counts as missing.
    private static bool IsLocked(RequestFailedException e) => e.Status == 409;

    private static bool IsOtherVersion(RequestFailedException e) => e.Status == 412;

    private static ETag Version(string etag) => new(Plain(etag));

    private static string Plain(ETag etag) => Plain(etag.ToString());

    private static string Plain(string etag) => etag.Trim('"');
}
