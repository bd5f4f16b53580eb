namespace Connections.Files.Inspection;

/// <summary>What the bytes of a file are.</summary>
/// <param name="Refused">One of <see cref="RefusedBecause"/>; null for a file that can be shown.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
public sealed record Inspected(string? Refused, long Size, int? Width = null, int? Height = null);

/// <summary>Reads the bytes of an upload once, from the first to the last, and says whether they can be shown to others.</summary>
/// <remarks>
/// Nothing of it depends on what the client said beside the type that it announced. It decodes no picture, and so cannot be made to use
/// memory or time beyond those of reading the bytes.
/// </remarks>
public sealed class FileInspector(FilesSettings settings)
{
    private const int MagicBytes = 16;

    /// <summary>Inspects a file that is said to be of a type.</summary>
    /// <param name="content">The bytes; read a few kilobytes at a time.</param>
    /// <param name="size">How many bytes there are.</param>
    /// <param name="announced">The type that the client announced.</param>
    /// <param name="purpose">What the file is for.</param>
    public async Task<Inspected> InspectAsync(Stream content, long size, FileType announced, FilePurpose purpose, CancellationToken ct)
    {
        if (size > settings.MaxSize(announced))
        {
            return new Inspected(RefusedBecause.TooLarge, size);
        }

        using var bytes = new ByteSource(content, ct);
        await bytes.HasAsync(MagicBytes);
        var type = TypeOf(bytes.Ahead);
        if (type != announced)
        {
            return new Inspected(bytes.Ahead.Length == 0 ? RefusedBecause.Damaged : RefusedBecause.WrongType, size);
        }

        var walk = await WalkAsync(type, bytes);
        var refused = walk.Refused
            ?? ((long)(walk.Width ?? 0) * (walk.Height ?? 0) > settings.MaxPixels ? RefusedBecause.TooManyPixels : null)
            ?? (purpose == FilePurpose.Avatar && walk.Width != walk.Height ? RefusedBecause.NotSquare : null);
        return new Inspected(refused, size, walk.Width, walk.Height);
    }

    private static FileType? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileType.Jpeg
        : bytes.StartsWith(PngWalk.Signature) ? FileType.Png
        : WebPWalk.IsWebP(bytes) ? FileType.WebP
        : GifWalk.IsGif(bytes) ? FileType.Gif
        : bytes.StartsWith("%PDF-"u8) ? FileType.Pdf
        : null;

    private static ValueTask<Walk> WalkAsync(FileType type, ByteSource bytes) =>
        type == FileType.Jpeg ? JpegWalk.RunAsync(bytes)
        : type == FileType.Png ? PngWalk.RunAsync(bytes)
        : type == FileType.WebP ? WebPWalk.RunAsync(bytes)
        : type == FileType.Gif ? GifWalk.RunAsync(bytes)
        : PassAsync(bytes);

    // A document is downloaded, never shown: its reader is what has to withstand it.
    private static async ValueTask<Walk> PassAsync(ByteSource bytes)
    {
        await bytes.SkipAsync(long.MaxValue);
        return default;
    }
}
