namespace Connections.Emulators.Blobs;

/// <summary>The headers of a blob that its writer sets, and its metadata.</summary>
internal sealed record BlobProperties(
    string? Type, string? Disposition, string? Encoding, string? Language, string? CacheControl,
    IReadOnlyDictionary<string, string> Metadata);

/// <summary>A blob without its content.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The name, unescaped.</param>
/// <param name="File">The name of the file with the content.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ETag">The version, without quotes.</param>
/// <param name="Md5">The hash of the content, in base64; null for one that was put together from blocks.</param>
internal sealed record StoredBlob(
    string Container, string Name, string File, long Size, string ETag, string? Md5, BlobProperties Properties, DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt)
{
    /// <summary>When it was written, in the precision of HTTP.</summary>
    public DateTimeOffset LastModified => new(ChangedAt.UtcTicks - (ChangedAt.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}

/// <summary>A page of a container's blobs.</summary>
/// <param name="Next">The marker of the next page; null after the last.</param>
internal sealed record BlobPage(IReadOnlyList<StoredBlob> Blobs, string? Next);
