using System.Globalization;

namespace Connections.Emulators.Blobs;

/// <summary>Reads a blob, whole or a range of it, or only its properties.</summary>
internal static class BlobReads
{
    public static BlobAnswer Answer(LocalBlobs blobs, BlobRequest request, BlobTarget target, SharedAccess? access)
    {
        if (access?.Allows('r') == false)
        {
            throw BlobRefusal.NotPermitted();
        }

        var blob = Find(blobs, target);
        BlobConditions.Of(request).CheckRead(blob);
        var range = request.Method == "GET" ? Range(request, blob.Size) : null;
        var (from, length) = range ?? (0, blob.Size);
        List<(string, string)> headers = [.. Headers(blob, access)];
        if (range is not null)
        {
            headers.Add(("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + length - 1}/{blob.Size}")));
        }

        if (blob.Md5 is not null)
        {
            // That of the whole, which is not the hash of a range.
            headers.Add((range is null ? "Content-MD5" : "x-ms-blob-content-md5", blob.Md5));
        }

        if (request.Method == "HEAD")
        {
            return new BlobAnswer(200, headers) { Length = length };
        }

        // Once it is open, its writer can replace it and the rest is still read.
        var content = blobs.TryOpen(blob) ?? throw BlobRefusal.NotMet();
        content.Position = from;
        return new BlobAnswer(range is null ? 200 : 206, headers) { Body = new FilePart(content, length), Length = length };
    }

    /// <exception cref="BlobRefusal">404.</exception>
    public static StoredBlob Find(LocalBlobs blobs, BlobTarget target) =>
        blobs.Find(target.Container, target.Blob)
        ?? throw (blobs.FindContainer(target.Container) is null ? BlobRefusal.NoContainer() : BlobRefusal.NoBlob());

    private static IEnumerable<(string, string)> Headers(StoredBlob blob, SharedAccess? access)
    {
        var properties = blob.Properties;
        foreach (var (name, value) in new[]
        {
            ("Content-Type", properties.Type), ("Content-Disposition", properties.Disposition), ("Content-Encoding", properties.Encoding),
            ("Content-Language", properties.Language), ("Cache-Control", properties.CacheControl),
        })
        {
            if ((access?.Overrides.GetValueOrDefault(name) ?? value) is { Length: > 0 } shown)
            {
                yield return (name, shown);
            }
        }

        foreach (var (name, value) in properties.Metadata)
        {
            yield return ("x-ms-meta-" + name, value);
        }

        yield return ("ETag", $"\"{blob.ETag}\"");
        yield return ("Last-Modified", blob.LastModified.ToString("r"));
        yield return ("Accept-Ranges", "bytes");
        yield return ("x-ms-blob-type", "BlockBlob");
        yield return ("x-ms-creation-time", blob.CreatedAt.ToString("r"));
        yield return ("x-ms-lease-status", "unlocked");
        yield return ("x-ms-lease-state", "available");
        yield return ("x-ms-server-encrypted", "true");
    }

    // bytes=from-to and bytes=from-, as the service takes them; another form is no range, and gets the whole.
    private static (long From, long Length)? Range(BlobRequest request, long size)
    {
        const string Unit = "bytes=";
        if ((request.Headers("x-ms-range") ?? request.Headers("Range")) is not { } text
            || !text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)
            || text[Unit.Length..].Split('-') is not [var first, var last]
            || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            return null;
        }

        var to = size - 1;
        if (last.Length > 0)
        {
            if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end < from)
            {
                return null;
            }

            to = Math.Min(to, end);
        }

        return from < size ? (from, to - from + 1) : throw new BlobRefusal(
            416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
        {
            Headers = [("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{size}"))],
        };
    }
}

/// <summary>A part of a file, from where it stands, to be read once.</summary>
internal sealed class FilePart(FileStream file, long length) : Stream
{
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Count(file.Read(buffer[..(int)Math.Min(buffer.Length, _left)]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _left -= read;
        return read;
    }
}
