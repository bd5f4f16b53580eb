using System.Buffers.Binary;

namespace Connections.Files.Inspection;

/// <summary>Walks through a GIF picture, block by block.</summary>
/// <remarks>
/// It takes pictures, their timing, the number of repetitions of an animation and colour profiles. Comments, texts and what other programs
/// add (XMP) are metadata, and so is whatever follows the trailer.
/// </remarks>
internal static class GifWalk
{
    private const int HeaderBytes = 13;
    private const int FrameBytes = 9;
    private const int ApplicationBytes = 11;
    private const int Picture = 0x2C;
    private const int Extension = 0x21;
    private const int Trailer = 0x3B;
    private const int GraphicControl = 0xF9;
    private const int Application = 0xFF;
    private const int Comment = 0xFE;
    private const int PlainText = 0x01;
    private const int HasColours = 0x80;
    private const int ColoursMask = 0x07;

    /// <summary>Walks from the first byte to the last.</summary>
    public static async ValueTask<Walk> RunAsync(ByteSource bytes)
    {
        if (!await bytes.HasAsync(HeaderBytes) || !IsGif(bytes.Ahead))
        {
            return Walk.Damaged;
        }

        var (width, height, colours) = (Side(bytes.Ahead[6..]), Side(bytes.Ahead[8..]), ColoursOf(bytes.Ahead[10]));
        if (!await bytes.SkipAsync(HeaderBytes + colours))
        {
            return Walk.Damaged;
        }

        for (var hasPicture = false; ;)
        {
            switch (await bytes.NextAsync())
            {
                case Picture:
                    if (!await bytes.HasAsync(FrameBytes))
                    {
                        return Walk.Damaged;
                    }

                    // Decoders make room for a frame that is larger than the canvas.
                    (width, height) = (Math.Max(width, Side(bytes.Ahead[4..])), Math.Max(height, Side(bytes.Ahead[6..])));
                    colours = ColoursOf(bytes.Ahead[8]);
                    // A byte before the data says how it is packed.
                    if (!await bytes.SkipAsync(FrameBytes + colours + 1) || !await SkipDataAsync(bytes))
                    {
                        return Walk.Damaged;
                    }

                    hasPicture = true;
                    break;
                case Extension:
                    if (await ExtensionAsync(bytes) is { } refused)
                    {
                        return refused;
                    }

                    break;
                case Trailer:
                    return !hasPicture ? Walk.Damaged : await bytes.IsAtEndAsync() ? Walk.Picture(width, height) : Walk.Metadata;
                default:
                    return Walk.Damaged;
            }
        }
    }

    /// <summary>Whether bytes begin as a GIF does.</summary>
    public static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    private static async ValueTask<Walk?> ExtensionAsync(ByteSource bytes)
    {
        switch (await bytes.NextAsync())
        {
            case GraphicControl:
                break;
            case Application:
                if (!await bytes.HasAsync(ApplicationBytes + 1))
                {
                    return Walk.Damaged;
                }

                if (bytes.Ahead[0] != ApplicationBytes || !IsKnown(bytes.Ahead.Slice(1, ApplicationBytes)))
                {
                    return Walk.Metadata;
                }

                break;
            case Comment or PlainText:
                return Walk.Metadata;
            default:
                return Walk.Damaged;
        }

        return await SkipDataAsync(bytes) ? null : Walk.Damaged;
    }

    private static bool IsKnown(ReadOnlySpan<byte> application) => application.SequenceEqual("NETSCAPE2.0"u8)
        || application.SequenceEqual("ANIMEXTS1.0"u8) || application.SequenceEqual("ICCRGBG1012"u8);

    /// <summary>Passes blocks of data, each after its length, up to one of length 0.</summary>
    private static async ValueTask<bool> SkipDataAsync(ByteSource bytes)
    {
        while (await bytes.NextAsync() is var length && length != 0)
        {
            if (length < 0 || !await bytes.SkipAsync(length))
            {
                return false;
            }
        }

        return true;
    }

    private static int ColoursOf(byte flags) => (flags & HasColours) == 0 ? 0 : 3 << ((flags & ColoursMask) + 1);

    private static int Side(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
