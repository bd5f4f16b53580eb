using System.Buffers.Binary;

namespace Connections.Files.Inspection;

/// <summary>Walks through a WebP picture, chunk by chunk, also within the frames of an animation (RFC 9649).</summary>
/// <remarks>It takes the chunks that a decoder needs. Any other holds metadata, and so does whatever follows the container.</remarks>
internal static class WebPWalk
{
    private const int FileBytes = 12;
    private const int ChunkBytes = 8;
    private const int CanvasBytes = 10;
    private const int LossyBytes = 10;
    private const int LosslessBytes = 5;
    private const int FrameBytes = 16;
    private const int SideBits = 14;
    private const int SideMask = (1 << SideBits) - 1;

    /// <summary>Walks from the first byte to the last.</summary>
    public static async ValueTask<Walk> RunAsync(ByteSource bytes)
    {
        if (!await bytes.HasAsync(FileBytes) || !IsWebP(bytes.Ahead))
        {
            return Walk.Damaged;
        }

        // The size counts from the fourth letter of WEBP on.
        var end = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Ahead[4..]) + (long)ChunkBytes;
        bytes.Pass(FileBytes);
        // The largest of all: a reader may go by any of them.
        var (width, height, hasPicture) = (0, 0, false);
        while (bytes.Position < end)
        {
            if (!await bytes.HasAsync(ChunkBytes))
            {
                return Walk.Damaged;
            }

            var (chunk, length) = (KindOf(bytes.Ahead), BinaryPrimitives.ReadUInt32LittleEndian(bytes.Ahead[4..]));
            bytes.Pass(ChunkBytes);
            if (chunk == Chunk.Metadata)
            {
                return Walk.Metadata;
            }

            if (chunk == Chunk.Frame)
            {
                // Its chunks are walked like those around it. Only the place and size of the frame come first.
                if (length < FrameBytes || !await bytes.SkipAsync(FrameBytes))
                {
                    return Walk.Damaged;
                }

                continue;
            }

            var sized = NeedOf(chunk);
            if (length < sized || !await bytes.HasAsync(sized))
            {
                return Walk.Damaged;
            }

            if (chunk == Chunk.Canvas)
            {
                (width, height) = (Math.Max(width, UInt24(bytes.Ahead[4..]) + 1), Math.Max(height, UInt24(bytes.Ahead[7..]) + 1));
            }
            else if (sized > 0)
            {
                var (own, tall) = chunk == Chunk.Lossy ? OfLossy(bytes.Ahead) : OfLossless(bytes.Ahead);
                if (own == 0 || tall == 0)
                {
                    return Walk.Damaged;
                }

                (width, height) = (Math.Max(width, own), Math.Max(height, tall));
                hasPicture = true;
            }

            if (!await bytes.SkipAsync(length + (length & 1)))
            {
                return Walk.Damaged;
            }
        }

        return !hasPicture || bytes.Position > end ? Walk.Damaged
            : await bytes.IsAtEndAsync() ? Walk.Picture(width, height)
            : Walk.Metadata;
    }

    /// <summary>Whether bytes begin as a WebP does.</summary>
    public static bool IsWebP(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FileBytes && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    private static int NeedOf(Chunk chunk) => chunk switch
    {
        Chunk.Canvas => CanvasBytes,
        Chunk.Lossy => LossyBytes,
        Chunk.Lossless => LosslessBytes,
        _ => 0,
    };

    // Three bytes of a tag and three of a start code come first.
    private static (int Width, int Height) OfLossy(ReadOnlySpan<byte> frame) =>
        frame[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (Side(frame[6..]), Side(frame[8..]))
            : (0, 0);

    private static (int Width, int Height) OfLossless(ReadOnlySpan<byte> frame)
    {
        if (frame[0] != 0x2F)
        {
            return (0, 0);
        }

        var sides = BinaryPrimitives.ReadUInt32LittleEndian(frame[1..]);
        return ((int)(sides & SideMask) + 1, (int)((sides >> SideBits) & SideMask) + 1);
    }

    private static int Side(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) & SideMask;

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static Chunk KindOf(ReadOnlySpan<byte> name) =>
        name.StartsWith("VP8X"u8) ? Chunk.Canvas
        : name.StartsWith("VP8 "u8) ? Chunk.Lossy
        : name.StartsWith("VP8L"u8) ? Chunk.Lossless
        : name.StartsWith("ANMF"u8) ? Chunk.Frame
        : name.StartsWith("ALPH"u8) || name.StartsWith("ANIM"u8) || name.StartsWith("ICCP"u8) ? Chunk.Known
        : Chunk.Metadata;

    private enum Chunk
    {
        Canvas,
        Lossy,
        Lossless,
        Frame,
        Known,
        Metadata,
    }
}
