using System.Buffers.Binary;

namespace Connections.Files.Inspection;

/// <summary>Walks through a PNG picture, chunk by chunk.</summary>
/// <remarks>
/// It takes the chunks that a decoder needs, those of colours and size, and those of animations. Any other that a decoder may ignore holds
/// metadata, or something that nobody knows; and so does whatever follows the last chunk.
/// </remarks>
internal static class PngWalk
{
    private const int HeaderBytes = 13;
    private const int ChunkBytes = 8;
    private const int ChecksumBytes = 4;
    private const int IsAncillary = 0x20;

    /// <summary>The first bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Walks from the first byte to the last.</summary>
    public static async ValueTask<Walk> RunAsync(ByteSource bytes)
    {
        if (!await bytes.HasAsync(Signature.Length) || !bytes.Ahead.StartsWith(Signature))
        {
            return Walk.Damaged;
        }

        bytes.Pass(Signature.Length);
        var (width, height, hasData) = (0, 0, false);
        for (var isFirst = true; ; isFirst = false)
        {
            if (!await bytes.HasAsync(ChunkBytes))
            {
                return Walk.Damaged;
            }

            var (length, chunk) = (BinaryPrimitives.ReadUInt32BigEndian(bytes.Ahead), KindOf(bytes.Ahead[4..ChunkBytes]));
            bytes.Pass(ChunkBytes);
            if (length > int.MaxValue || isFirst != (chunk == Chunk.Header))
            {
                return Walk.Damaged;
            }

            switch (chunk)
            {
                case Chunk.Header when length != HeaderBytes || !await bytes.HasAsync(HeaderBytes):
                case Chunk.Unknown:
                    return Walk.Damaged;
                case Chunk.Metadata:
                    return Walk.Metadata;
                case Chunk.Header:
                    (width, height) = (
                        BinaryPrimitives.ReadInt32BigEndian(bytes.Ahead), BinaryPrimitives.ReadInt32BigEndian(bytes.Ahead[4..]));
                    break;
                case Chunk.Data:
                    hasData = true;
                    break;
            }

            if (!await bytes.SkipAsync(length + ChecksumBytes))
            {
                return Walk.Damaged;
            }

            if (chunk == Chunk.End)
            {
                return !hasData || length > 0 ? Walk.Damaged
                    : await bytes.IsAtEndAsync() ? Walk.Picture(width, height)
                    : Walk.Metadata;
            }
        }
    }

    private static Chunk KindOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("IHDR"u8))
        {
            return Chunk.Header;
        }

        if (name.SequenceEqual("IDAT"u8))
        {
            return Chunk.Data;
        }

        if (name.SequenceEqual("IEND"u8))
        {
            return Chunk.End;
        }

        return name.SequenceEqual("PLTE"u8) || name.SequenceEqual("tRNS"u8) || name.SequenceEqual("gAMA"u8) || name.SequenceEqual("cHRM"u8)
            || name.SequenceEqual("sRGB"u8) || name.SequenceEqual("iCCP"u8) || name.SequenceEqual("cICP"u8) || name.SequenceEqual("sBIT"u8)
            || name.SequenceEqual("bKGD"u8) || name.SequenceEqual("pHYs"u8) || name.SequenceEqual("hIST"u8) || name.SequenceEqual("mDCV"u8)
            || name.SequenceEqual("cLLI"u8) || name.SequenceEqual("acTL"u8) || name.SequenceEqual("fcTL"u8) || name.SequenceEqual("fdAT"u8)
                ? Chunk.Known
                : (name[0] & IsAncillary) != 0 ? Chunk.Metadata : Chunk.Unknown;
    }

    private enum Chunk
    {
        Header,
        Data,
        End,
        Known,
        Metadata,
        Unknown,
    }
}
