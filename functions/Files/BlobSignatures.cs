using System.Net.Mime;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Microsoft.Net.Http.Headers;

namespace Connections.Files;

/// <summary>Makes addresses of single blobs that work without signing in, for a time and a purpose: shared access signatures.</summary>
/// <remarks>
/// In Azure, where the storage account takes no keys of its own, they are signed with a key that the service gives to this identity. A
/// client by a connection string, for emulators, signs with the key in it.
/// </remarks>
/// <param name="service">The blob service.</param>
/// <param name="time">The clock.</param>
/// <param name="origin">The origin of the addresses; null if it is the client's own.</param>
internal sealed class BlobSignatures(BlobServiceClient service, TimeProvider time, Uri? origin) : IDisposable
{
    // For the clock of the service, which may be behind this one.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    // The service gives keys for up to seven days. A shorter one limits what a key that was seen by others can do.
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);

    private readonly SemaphoreSlim _one = new(1);
    private UserDelegationKey? _key;

    /// <summary>An address to write a blob, as long as there is none.</summary>
    /// <remarks>
    /// Not to write it again: each version is scanned, which costs by the gigabyte. The right to write would also let a client lease the
    /// blob, so that nobody could delete it.
    /// </remarks>
    public Task<Uri> ToWriteAsync(BlobClient blob, DateTimeOffset until, CancellationToken ct) =>
        SignAsync(blob, Builder(BlobSasPermissions.Create, until), ct);

    /// <summary>An address to read a blob, with the headers of a file of this type and name.</summary>
    public Task<Uri> ToReadAsync(BlobClient blob, string type, string name, DateTimeOffset until, CancellationToken ct)
    {
        var builder = Builder(BlobSasPermissions.Read, until);
        builder.ContentType = type;
        builder.ContentDisposition = Disposition(type, name);
        // Each address is a new one, so a browser can keep what it got as long as the address works.
        builder.CacheControl = $"private, max-age={Math.Max(0, (int)(until - time.GetUtcNow()).TotalSeconds)}, immutable";
        return SignAsync(blob, builder, ct);
    }

    /// <summary>An address from which the service itself can copy a blob.</summary>
    public Task<Uri> ToCopyAsync(BlobClient blob, CancellationToken ct) =>
        // By the client's own origin: the service resolves it.
        SignAsync(blob, Builder(BlobSasPermissions.Read, time.GetUtcNow() + Skew), ct, atOrigin: false);

    /// <summary>How a browser treats a file: it shows a picture, and downloads everything else under a name.</summary>
    /// <remarks>
    /// The name is written twice (RFC 6266): in ASCII for old programs, and encoded, so that no character of it is a header's.
    /// </remarks>
    public static string Disposition(string type, string name)
    {
        var disposition = new ContentDispositionHeaderValue(
            type.StartsWith("image/", StringComparison.Ordinal) ? DispositionTypeNames.Inline : DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(name);
        return disposition.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private BlobSasBuilder Builder(BlobSasPermissions permissions, DateTimeOffset until) => new(permissions, until)
    {
        Resource = "b",
        StartsOn = time.GetUtcNow() - Skew,
        // An emulator has no certificate.
        Protocol = service.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
    };

    private async Task<Uri> SignAsync(BlobClient blob, BlobSasBuilder builder, CancellationToken ct, bool atOrigin = true)
    {
        builder.BlobContainerName = blob.BlobContainerName;
        builder.BlobName = blob.Name;
        var address = blob.CanGenerateSasUri
            ? blob.GenerateSasUri(builder)
            : blob.GenerateUserDelegationSasUri(builder, await KeyAsync(builder.ExpiresOn, ct));
        return atOrigin && origin is not null ? new Uri(origin, address.PathAndQuery) : address;
    }

    private async Task<UserDelegationKey> KeyAsync(DateTimeOffset until, CancellationToken ct)
    {
        if (Current(until) is { } known)
        {
            return known;
        }

        await _one.WaitAsync(ct);
        try
        {
            if (Current(until) is { } renewed)
            {
                return renewed;
            }

            var now = time.GetUtcNow();
            return _key = await service.GetUserDelegationKeyAsync(now - Skew, now + KeyLifetime, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    // An address must not outlive its key.
    private UserDelegationKey? Current(DateTimeOffset until) =>
        _key is { } key && key.SignedExpiresOn - RenewBefore > time.GetUtcNow() && key.SignedExpiresOn >= until ? key : null;
}
