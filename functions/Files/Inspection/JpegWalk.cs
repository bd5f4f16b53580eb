using System.Buffers.Binary;

namespace Connections.Files.Inspection;

/// <summary>Walks through a JPEG picture, segment by segment (ITU-T T.81).</summary>
/// <remarks>
/// Of the application segments it takes those that decoders need for the colours: JFIF without a thumbnail, Adobe, and ICC profiles. All
/// others hold metadata (Exif, XMP, IPTC, maker notes), and so do comments and whatever follows the picture, such as the film of a motion
/// photo. A thumbnail can show what was cut away.
/// </remarks>
internal static class JpegWalk
{
    private const int StartOfImage = 0xD8;
    private const int EndOfImage = 0xD9;
    private const int StartOfScan = 0xDA;
    private const int FirstApp = 0xE0;
    private const int LastApp = 0xEF;
    private const int Comment = 0xFE;
    private const int LengthBytes = 2;
    private const int JfifBytes = 14;
    private const int AdobeBytes = 12;
    private const int IccBytes = 14;
    private const int FrameBytes = 6;

    // A progressive picture has some ten. Each costs its reader as much time as a whole picture, and only a few bytes.
    private const int MaxScans = 100;

    /// <summary>Walks from the first byte to the last.</summary>
    public static async ValueTask<Walk> RunAsync(ByteSource bytes)
    {
        if (await bytes.NextUInt16Async() != 0xFF00 + StartOfImage)
        {
            return Walk.Damaged;
        }

        var (width, height, hasFrame, scans) = (0, 0, false, 0);
        var marker = await NextMarkerAsync(bytes);
        while (marker != EndOfImage)
        {
            var length = IsSegment(marker) ? await bytes.NextUInt16Async() - LengthBytes : -1;
            if (length < 0)
            {
                return Walk.Damaged;
            }

            if (marker is Comment or (>= FirstApp and <= LastApp))
            {
                if (!await bytes.HasAsync(Math.Min(length, ByteSource.MaxAhead)))
                {
                    return Walk.Damaged;
                }

                if (!IsForColours(marker, length, bytes.Ahead))
                {
                    return Walk.Metadata;
                }
            }

            if (IsFrame(marker))
            {
                // Readers go by the first one, so that the size must not be that of another.
                if (hasFrame || length < FrameBytes || !await bytes.HasAsync(FrameBytes))
                {
                    return Walk.Damaged;
                }

                // The precision comes first.
                (height, width, hasFrame) = (
                    BinaryPrimitives.ReadUInt16BigEndian(bytes.Ahead[1..]), BinaryPrimitives.ReadUInt16BigEndian(bytes.Ahead[3..]), true);
            }

            if (!await bytes.SkipAsync(length))
            {
                return Walk.Damaged;
            }

            if (marker == StartOfScan)
            {
                if (!hasFrame || ++scans > MaxScans)
                {
                    return Walk.Damaged;
                }

                marker = await AfterScanAsync(bytes);
            }
            else
            {
                marker = await NextMarkerAsync(bytes);
            }
        }

        return scans == 0 ? Walk.Damaged : await bytes.IsAtEndAsync() ? Walk.Picture(width, height) : Walk.Metadata;
    }

    // Tables, frames, scans, application segments and comments. Reserved markers and those without a length cannot stand here.
    private static bool IsSegment(int marker) => marker is (>= 0xC0 and <= 0xCF and not 0xC8) or (>= StartOfScan and <= LastApp) or Comment;

    // Not the tables of Huffman and arithmetic coding.
    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsForColours(int marker, int length, ReadOnlySpan<byte> content) => (marker - FirstApp) switch
    {
        // The last two bytes are the size of the thumbnail.
        0 => length == JfifBytes && content.StartsWith("JFIF\0"u8) && content[12] == 0 && content[13] == 0,
        2 => length >= IccBytes && content.StartsWith("ICC_PROFILE\0"u8),
        14 => length == AdobeBytes && content.StartsWith("Adobe"u8),
        _ => false,
    };

    /// <summary>The next marker; -1 where there is none.</summary>
    private static async ValueTask<int> NextMarkerAsync(ByteSource bytes)
    {
        if (await bytes.NextAsync() != 0xFF)
        {
            return -1;
        }

        int marker;
        do
        {
            marker = await bytes.NextAsync();
        }
        while (marker == 0xFF);
        return marker;
    }

    /// <summary>Passes the data of a scan; the marker after it, -1 where the file ends before.</summary>
    private static async ValueTask<int> AfterScanAsync(ByteSource bytes)
    {
        while (await bytes.HasAsync(1))
        {
            var at = bytes.Ahead.IndexOf((byte)0xFF);
            if (at < 0)
            {
                bytes.Pass(bytes.Ahead.Length);
                continue;
            }

            bytes.Pass(at);
            var marker = await NextMarkerAsync(bytes);
            // A stuffed byte of the data, or a restart.
            if (marker is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return marker;
            }
        }

        return -1;
    }
}
