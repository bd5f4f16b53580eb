using System.Globalization;

namespace Connections.Emulators.Blobs;

/// <summary>Writes, copies and deletes blobs.</summary>
internal sealed class BlobWrites(LocalBlobs blobs, LocalBlobsOptions options, BlobAccess accounts)
{
    private const string Metadata = "x-ms-meta-";

    // The service's own.
    private const int LongestBlockId = 64;

    /// <summary>Put Blob.</summary>
    public async Task<BlobAnswer> PutAsync(BlobRequest request, BlobTarget target, SharedAccess? access, CancellationToken ct)
    {
        CheckType(request.Headers("x-ms-blob-type") ?? throw BlobRefusal.MissingHeader("x-ms-blob-type"));
        var check = Check(request, target, access);
        var content = await ReceiveAsync(request, ct);
        var hash = request.Headers("x-ms-blob-content-md5");
        if (hash is not null && hash != content.Md5)
        {
            blobs.Discard(content);
            throw OtherHash();
        }

        return Written(await blobs.PutAsync(target.Container, target.Blob, content, Properties(request), check, ct));
    }

    /// <summary>Put Block.</summary>
    public async Task<BlobAnswer> StageAsync(BlobRequest request, BlobTarget target, SharedAccess? access, CancellationToken ct)
    {
        var block = request.Query.GetValueOrDefault("blockid", "");
        if (block.Length == 0 || !Convert.TryFromBase64String(block, new byte[LongestBlockId], out _))
        {
            throw BlobRefusal.InvalidQuery("blockid");
        }

        CheckAccess(access, before: null);
        var content = await ReceiveAsync(request, ct);
        await blobs.StageAsync(target.Container, target.Blob, block, content, ct);
        return BlobAnswer.Of(201, ("Content-MD5", content.Md5), ("x-ms-request-server-encrypted", "true"));
    }

    /// <summary>Put Block List.</summary>
    public async Task<BlobAnswer> CommitAsync(BlobRequest request, BlobTarget target, SharedAccess? access, CancellationToken ct)
    {
        var check = Check(request, target, access);
        var list = await BlobXml.ReadAsync(request.Body, ct);
        if (list.Elements().FirstOrDefault(element => element.Name.LocalName is not ("Latest" or "Uncommitted")) is { } other)
        {
            throw BlobRefusal.NotSupported($"blocks of the kind {other.Name.LocalName}");
        }

        List<string> blocks = [.. list.Elements().Select(element => element.Value)];
        return Written(await blobs.CommitAsync(target.Container, target.Blob, blocks, Properties(request), check, ct));
    }

    /// <summary>Put Blob From URL, and Copy Blob From URL.</summary>
    public async Task<BlobAnswer> CopyAsync(
        BlobRequest request, BlobTarget target, string source, SharedAccess? access, CancellationToken ct)
    {
        var type = request.Headers("x-ms-blob-type");
        if (type is null && request.Headers("x-ms-requires-sync") != "true")
        {
            throw BlobRefusal.NotSupported("a copy that is not finished with its answer (x-ms-requires-sync)");
        }

        CheckType(type ?? "BlockBlob");
        var check = Check(request, target, access);
        var from = accounts.CheckSource(source);
        if (blobs.Find(from.Container, from.Blob) is not { } original || blobs.TryOpen(original) is not { } content)
        {
            throw new BlobRefusal(404, "CannotVerifyCopySource", "The specified blob does not exist.");
        }

        await using (content)
        {
            BlobConditions.Of(request, "x-ms-source-").CheckSource(original);
            var copy = await blobs.ReceiveAsync(content, original.Size, ct);
            var properties = Properties(request, original.Properties, type);
            var answer = Written(await blobs.PutAsync(target.Container, target.Blob, copy, properties, check, ct));
            return type is not null ? answer : new BlobAnswer(
                202, [.. answer.Headers, ("x-ms-copy-id", Guid.NewGuid().ToString()), ("x-ms-copy-status", "success")]);
        }
    }

    /// <summary>Delete Blob.</summary>
    public async Task<BlobAnswer> DeleteAsync(BlobRequest request, BlobTarget target, SharedAccess? access, CancellationToken ct)
    {
        if (access?.Allows('d') == false)
        {
            throw BlobRefusal.NotPermitted();
        }

        return await blobs.DeleteAsync(target.Container, target.Blob, BlobConditions.Of(request).CheckWrite, ct)
            ? BlobAnswer.Of(202, ("x-ms-delete-type-permanent", "true"))
            : throw BlobRefusal.NoBlob();
    }

    // Asked before the body is received, so that nobody sends ten megabytes for nothing, and again when it is written.
    private Action<StoredBlob?> Check(BlobRequest request, BlobTarget target, SharedAccess? access)
    {
        var conditions = BlobConditions.Of(request);
        void Check(StoredBlob? before)
        {
            CheckAccess(access, before);
            conditions.CheckWrite(before);
        }

        Check(blobs.Find(target.Container, target.Blob));
        return blobs.FindContainer(target.Container) is null ? throw BlobRefusal.NoContainer() : Check;
    }

    private static void CheckAccess(SharedAccess? access, StoredBlob? before)
    {
        if (access is null || access.Allows('w'))
        {
            return;
        }

        if (!access.Allows('c'))
        {
            throw BlobRefusal.NotPermitted();
        }

        if (before is not null)
        {
            throw new BlobRefusal(403, "UnauthorizedBlobOverwrite", "This request is not authorized to perform blob overwrites.");
        }
    }

    private async Task<ReceivedContent> ReceiveAsync(BlobRequest request, CancellationToken ct)
    {
        var length = request.Length ?? throw new BlobRefusal(
            411, "MissingContentLengthHeader", "The content length header was not specified.");
        if (length > options.MaxBytes)
        {
            throw new BlobRefusal(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
        }

        var content = await blobs.ReceiveAsync(request.Body, length, ct);
        if (request.Headers("Content-MD5") is { } hash && hash != content.Md5)
        {
            blobs.Discard(content);
            throw OtherHash();
        }

        return content;
    }

    private static BlobRefusal OtherHash() => new(
        400, "Md5Mismatch", "The MD5 value specified in the request did not match with the MD5 value calculated by the server.");

    private static void CheckType(string type)
    {
        if (type != "BlockBlob")
        {
            throw BlobRefusal.NotSupported($"blobs of the type {type}");
        }
    }

    private static BlobProperties Properties(BlobRequest request) => new(
        request.Headers("x-ms-blob-content-type") ?? request.Headers("Content-Type") ?? "application/octet-stream",
        request.Headers("x-ms-blob-content-disposition"),
        request.Headers("x-ms-blob-content-encoding") ?? request.Headers("Content-Encoding"),
        request.Headers("x-ms-blob-content-language") ?? request.Headers("Content-Language"),
        request.Headers("x-ms-blob-cache-control") ?? request.Headers("Cache-Control"),
        MetadataOf(request));

    // A copy has its source's metadata unless the request gives it some. Only Put Blob From URL can leave the other properties behind.
    private static BlobProperties Properties(BlobRequest request, BlobProperties source, string? type)
    {
        var metadata = MetadataOf(request);
        var given = Properties(request) with { Metadata = metadata.Count > 0 ? metadata : source.Metadata };
        return type is null || request.Headers("x-ms-copy-source-blob-properties") != "false"
            ? source with { Metadata = given.Metadata }
            : given;
    }

    private static Dictionary<string, string> MetadataOf(BlobRequest request) =>
        request.HeaderNames.Where(name => name.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(name => name[Metadata.Length..], name => request.Headers(name) ?? "", StringComparer.OrdinalIgnoreCase);

    private static BlobAnswer Written(StoredBlob blob)
    {
        List<(string, string)> headers =
        [
            ("ETag", $"\"{blob.ETag}\""),
            ("Last-Modified", blob.LastModified.ToString("r", CultureInfo.InvariantCulture)),
            ("x-ms-request-server-encrypted", "true"),
        ];
        if (blob.Md5 is not null)
        {
            headers.Add(("Content-MD5", blob.Md5));
        }

        return new BlobAnswer(201, headers);
    }
}
