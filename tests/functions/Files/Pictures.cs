using System.Buffers.Binary;
using System.Text;

namespace Connections.Tests.Functions.Files;

/// <summary>The smallest files of each type, and what can be put into them.</summary>
internal static class Pictures
{
    /// <summary>A document.</summary>
    public static byte[] Pdf => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");

    /// <summary>A JPEG picture, with segments before the frame and bytes after the end.</summary>
    public static byte[] Jpeg(int width = 40, int height = 30, byte[]? segments = null, byte[]? after = null) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. segments ?? [],
        .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, .. Big16(height), .. Big16(width), 1, 1, 0x11, 0]),
        .. Segment(0xC4, new byte[20]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
        0xFF, 0xD9,
        .. after ?? [],
    ];

    /// <summary>A segment of a JPEG picture.</summary>
    public static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, .. Big16(content.Length + 2), .. content];

    /// <summary>A PNG picture, with chunks before its data and bytes after the end.</summary>
    public static byte[] Png(int width = 40, int height = 30, byte[]? chunks = null, byte[]? after = null) =>
    [
        0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
        .. Chunk("IHDR", [.. Big32(width), .. Big32(height), 8, 2, 0, 0, 0]),
        .. chunks ?? [],
        .. Chunk("IDAT", new byte[30]),
        .. Chunk("IEND", []),
        .. after ?? [],
    ];

    /// <summary>A chunk of a PNG picture. Nobody looks at its checksum.</summary>
    public static byte[] Chunk(string name, byte[] content) =>
        [.. Big32(content.Length), .. Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];

    /// <summary>A WebP picture, with chunks after its data and bytes after the end.</summary>
    public static byte[] WebP(int width = 40, int height = 30, byte[]? chunks = null, byte[]? after = null)
    {
        byte[] content =
        [
            .. "WEBP"u8,
            .. Riff("VP8 ", [0, 0, 0, 0x9D, 1, 0x2A, .. Little16(width), .. Little16(height), 7]),
            .. chunks ?? [],
        ];
        return [.. "RIFF"u8, .. Little32(content.Length), .. content, .. after ?? []];
    }

    /// <summary>An animated WebP picture of two frames.</summary>
    public static byte[] AnimatedWebP(int width, int height, byte[]? inFrame = null)
    {
        byte[] lossless = [0x2F, .. Little32((width - 1) | ((height - 1) << 14)), 0];
        byte[] frame = [.. new byte[16], .. Riff("VP8L", lossless), .. inFrame ?? []];
        byte[] content =
        [
            .. "WEBP"u8,
            .. Riff("VP8X", [2, 0, 0, 0, .. Little32(width - 1)[..3], .. Little32(height - 1)[..3]]),
            .. Riff("ANIM", new byte[6]),
            .. Riff("ANMF", frame),
            .. Riff("ANMF", frame),
        ];
        return [.. "RIFF"u8, .. Little32(content.Length), .. content];
    }

    /// <summary>A chunk of a WebP picture.</summary>
    public static byte[] Riff(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little32(content.Length), .. content, .. new byte[content.Length & 1]];

    /// <summary>A GIF picture, with blocks before its picture and bytes after the end.</summary>
    public static byte[] Gif(int width = 40, int height = 30, byte[]? blocks = null, byte[]? after = null) =>
    [
        .. "GIF89a"u8, .. Little16(width), .. Little16(height), 0x80, 0, 0,
        .. new byte[6],
        .. blocks ?? [],
        0x21, 0xF9, 4, 0, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, .. Little16(width), .. Little16(height), 0,
        2, 2, 0x4C, 1, 0,
        0x3B,
        .. after ?? [],
    ];

    /// <summary>An extension of a GIF picture by an application.</summary>
    public static byte[] Application(string name, byte[] content) =>
        [0x21, 0xFF, 11, .. Encoding.ASCII.GetBytes(name), (byte)content.Length, .. content, 0];

    private static byte[] Big16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Big32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Little32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
