using System.Buffers.Binary;
using Connections.Email.Rendering;
using Connections.Tests.Email.Rendering;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>The icons and the mark of emails are pictures of one drawing, <c>web/public/favicon.svg</c>.</summary>
/// <remarks>
/// <code>ICONS=web/public dotnet test --filter MarkTests</code>
/// makes the icons again, into the folder that the environment variable names. Without it they are compared with the drawing.
/// </remarks>
[Collection(WebClientFixture.Looks)]
public sealed class MarkTests(WebClientFixture web)
{
    // Versions of a browser smooth edges a little differently.
    private const double SameDrawing = 0.01;

    // Straight lines and quarter circles, without the drawing's bent ends.
    private const double SameMark = 0.04;

    private const int EmailSize = 28;
    private const int Zoom = 8;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("ICONS");

    // The parts of icons that a platform cuts off hold nothing but the tile's colour.
    private static readonly string Bleed = $"background:{Brand.Light("mark")}";

    [BrowserTheory]
    [InlineData("icon-192.png", 192, 1.0, false)]
    [InlineData("icon-512.png", 512, 1.0, false)]
    [InlineData("icon-maskable-512.png", 512, 0.75, true)]
    [InlineData("apple-touch-icon.png", 180, 1.0, true)]
    public async Task An_icon_is_a_picture_of_the_mark(string file, int size, double scale, bool bleeds)
    {
        var page = await BlankPageAsync();
        var drawn = await DrawAsync(page, size, scale, bleeds);
        if (Folder is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(Repository.Root, Folder, file), drawn);
        }

        var kept = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "web/public", file));
        Assert.InRange(await DifferenceAsync(page, kept, drawn), 0, SameDrawing);
    }

    [BrowserFact]
    public async Task The_icon_for_old_browsers_is_a_picture_of_the_mark_in_three_sizes()
    {
        var page = await BlankPageAsync();
        int[] sizes = [16, 32, 48];
        var pictures = new List<byte[]>();
        foreach (var size in sizes)
        {
            pictures.Add(await DrawAsync(page, size, 1, bleeds: false));
        }

        if (Folder is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(Repository.Root, Folder, "favicon.ico"), IconFile.Write(sizes, pictures));
        }

        var kept = IconFile.Read(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "web/public/favicon.ico")));
        Assert.Equal(sizes.Length, kept.Count);
        foreach (var (old, drawn) in kept.Zip(pictures))
        {
            Assert.InRange(await DifferenceAsync(page, old, drawn), 0, SameDrawing);
        }
    }

    [BrowserFact]
    public async Task The_mark_of_an_email_is_the_drawing_in_the_shapes_that_mail_programs_draw()
    {
        var page = await BlankPageAsync();
        await page.SetContentAsync(SampleNotices.Renderer.Render(SampleNotices.Invite).Html);
        var markup = await page.Locator(".mark").EvaluateAsync<string>("mark => mark.outerHTML");
        var inEmail = await PictureAsync(page, markup, EmailSize * Zoom, $"zoom:{Zoom}");

        Assert.InRange(await DifferenceAsync(page, inEmail, await DrawAsync(page, EmailSize * Zoom, 1, bleeds: false)), 0, SameMark);
        // A tile without rings is told from the mark.
        var tile = await PictureAsync(page, "", EmailSize * Zoom, $"{Bleed};border-radius:{9 * EmailSize * Zoom / 32}px");
        Assert.InRange(await DifferenceAsync(page, inEmail, tile), 2 * SameMark, 1);
    }

    private async Task<IPage> BlankPageAsync() => (await web.NewPersonAsync("nobody", signedIn: false)).Page;

    private static Task<byte[]> DrawAsync(IPage page, int size, double scale, bool bleeds)
    {
        var drawing = Brand.MarkOf((int)(size * scale));
        var place = $"display:grid;place-items:center;width:{size}px;height:{size}px";
        return PictureAsync(page, $"<div style=\"{place};{(bleeds ? Bleed : "")}\">{drawing}</div>", size, "");
    }

    private static async Task<byte[]> PictureAsync(IPage page, string markup, int size, string style)
    {
        await page.SetContentAsync($"""
            <!doctype html><html style="background:transparent"><body style="margin:0">
            <div style="width:{size}px;height:{size}px;font-size:0;line-height:0"><div style="height:100%;{style}">{markup}</div></div>
            """);
        return await page.ScreenshotAsync(new() { OmitBackground = true, Clip = new() { Width = size, Height = size } });
    }

    /// <summary>How much two pictures of one size differ: 0 for the same, 1 for opposite colours everywhere.</summary>
    private static Task<double> DifferenceAsync(IPage page, byte[] one, byte[] other) => page.EvaluateAsync<double>(
        """
        async (pictures) => {
          const [one, other] = await Promise.all(pictures.map(async (picture) => {
            const image = new Image();
            image.src = `data:image/png;base64,${picture}`;
            await image.decode();
            const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            return { size: `${image.width} x ${image.height}`, colours: context.getImageData(0, 0, image.width, image.height).data };
          }));
          if (one.size !== other.size) {
            return 1;
          }

          const shown = (colours, at) => (at % 4 === 3 ? colours[at] : (colours[at] * colours[at - (at % 4) + 3]) / 255);
          const differences = one.colours.reduce((sum, _, at) => sum + Math.abs(shown(one.colours, at) - shown(other.colours, at)), 0);
          return differences / one.colours.length / 255;
        }
        """,
        new[] { Convert.ToBase64String(one), Convert.ToBase64String(other) });

    /// <summary>A file of several PNG pictures, as Windows and old browsers read it.</summary>
    private static class IconFile
    {
        private const int HeadLength = 6;
        private const int EntryLength = 16;

        public static List<byte[]> Read(byte[] file) =>
        [
            .. Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(4))).Select(i =>
            {
                var entry = file.AsSpan(HeadLength + (i * EntryLength), EntryLength);
                var length = BinaryPrimitives.ReadInt32LittleEndian(entry[8..]);
                var start = BinaryPrimitives.ReadInt32LittleEndian(entry[12..]);
                return file[start..(start + length)];
            }),
        ];

        public static byte[] Write(int[] sizes, List<byte[]> pictures)
        {
            using var file = new MemoryStream();
            using var writer = new BinaryWriter(file);
            writer.Write([0, 0, 1, 0]);
            writer.Write((ushort)sizes.Length);
            var start = HeadLength + (sizes.Length * EntryLength);
            foreach (var (size, picture) in sizes.Zip(pictures))
            {
                writer.Write([(byte)size, (byte)size, 0, 0, 1, 0, 32, 0]);
                writer.Write(picture.Length);
                writer.Write(start);
                start += picture.Length;
            }

            pictures.ForEach(writer.Write);
            return file.ToArray();
        }
    }
}
