using System.Buffers.Binary;
using System.Text;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>Files as members have them: photos with a place in them, briefs, and what a virus check finds.</summary>
internal static class TestFiles
{
    // The test file of the antivirus industry, in two parts so that no virus check stops at this one.
    private const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    /// <summary>The degrees of latitude that <see cref="PhotoAsync"/> puts into a photo.</summary>
    private const int Latitude = 61;

    /// <summary>A JPEG as a phone takes it: on its side, and with the place and the device in its metadata.</summary>
    /// <param name="page">Draws it.</param>
    /// <param name="width">As it is stored, before it is turned.</param>
    /// <param name="height">As it is stored.</param>
    /// <param name="colour">In words of CSS.</param>
    public static async Task<FilePayload> PhotoAsync(
        IPage page, int width, int height, string colour = "teal", string name = "IMG_2041.jpg")
    {
        var plain = await DrawAsync(page, width, height, colour, "image/jpeg");
        var exif = Exif();
        var segment = new byte[4 + exif.Length];
        (segment[0], segment[1]) = (0xFF, 0xE1);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(exif.Length + 2));
        exif.CopyTo(segment, 4);
        return new FilePayload { Name = name, MimeType = "image/jpeg", Buffer = [.. plain[..2], .. segment, .. plain[2..]] };
    }

    /// <summary>A picture through which one sees.</summary>
    public static async Task<FilePayload> ClearPngAsync(IPage page, int width, int height) => new()
    {
        Name = "logo.png",
        MimeType = "image/png",
        Buffer = await DrawAsync(page, width, height, "rgb(200 30 90 / 50%)", "image/png"),
    };

    /// <summary>A brief of some pages.</summary>
    public static FilePayload Brief(string name = "Brief.pdf") => Pdf(name, "The brief");

    /// <summary>A PDF in which every virus check finds something.</summary>
    public static FilePayload Infected() => Pdf("Offer.pdf", Eicar);

    private static FilePayload Pdf(string name, string content) => new()
    {
        Name = name,
        MimeType = "application/pdf",
        Buffer = Encoding.Latin1.GetBytes(
            $"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% {content}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"),
    };

    private static async Task<byte[]> DrawAsync(IPage page, int width, int height, string colour, string type) =>
        Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            ([width, height, colour, type]) => {
              const canvas = Object.assign(document.createElement('canvas'), { width, height });
              const context = canvas.getContext('2d');
              context.fillStyle = colour;
              context.fillRect(0, 0, width, height);
              context.fillStyle = 'gold';
              context.fillRect(0, 0, width / 4, height / 4);
              return canvas.toDataURL(type).split(',')[1];
            }
            """,
            new object[] { width, height, colour, type }));

    // TIFF, little-endian: the device, turned by 90 degrees, and a directory with the place.
    private static byte[] Exif()
    {
        const int Entry = 12;
        const int First = 8;
        const int Places = First + 2 + (3 * Entry) + 4;
        const int Device = Places + 2 + (2 * Entry) + 4;
        const int Degrees = Device + 16;
        var tiff = new byte[Degrees + 24];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), First);
        tiff[First] = 3;
        Write(First + 2, 0x010F, 2, 16, Device);
        Write(First + 2 + Entry, 0x0112, 3, 1, 6);
        Write(First + 2 + (2 * Entry), 0x8825, 4, 1, Places);
        tiff[Places] = 2;
        Write(Places + 2, 0x0001, 2, 2, 'N');
        Write(Places + 2 + Entry, 0x0002, 5, 3, Degrees);
        "Phone of Mira 12\0"u8[..16].CopyTo(tiff.AsSpan(Device));
        foreach (var (value, at) in new[] { Latitude, 1, 30, 1, 12, 1 }.Select((value, at) => (value, at)))
        {
            BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(Degrees + (4 * at)), value);
        }

        return [.. "Exif\0\0"u8, .. tiff];

        void Write(int at, ushort tag, ushort kind, int count, int value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(at + 2), kind);
            BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at + 4), count);
            BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at + 8), value);
        }
    }
}
