using System.Text;
using Connections.Files;
using Connections.Files.Inspection;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions.Files;

/// <summary>What the bytes of a file must be so that others get to see it.</summary>
public sealed class InspectionTests
{
    private const int Mutations = 20_000;

    private static readonly FileInspector Inspector = new(FilesSettings.Read(new ConfigurationBuilder().Build()));

    public static TheoryData<string, byte[]> Whole { get; } = new()
    {
        { "image/jpeg", Pictures.Jpeg() },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 9, 9])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1])) },
        { "image/png", Pictures.Png() },
        { "image/png", Pictures.Png(chunks: [.. Pictures.Chunk("gAMA", new byte[4]), .. Pictures.Chunk("iCCP", new byte[40])]) },
        { "image/webp", Pictures.WebP() },
        { "image/webp", Pictures.AnimatedWebP(40, 30) },
        { "image/gif", Pictures.Gif() },
        { "image/gif", Pictures.Gif(blocks: Pictures.Application("NETSCAPE2.0", [1, 0, 0])) },
    };

    public static TheoryData<string, byte[]> WithMetadata { get; } = new()
    {
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xE1, [.. "Exif\0\0"u8, 1, 2])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, 1])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xED, [.. "Photoshop 3.0\0"u8])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xE2, [.. "MPF\0"u8, 1])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xE0, [.. "JFXX\0"u8, 0x10, 1])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xEB, [1])) },
        { "image/jpeg", Pictures.Jpeg(segments: Pictures.Segment(0xFE, [.. "at home"u8])) },
        { "image/jpeg", Pictures.Jpeg(after: [.. "ftypmp42"u8]) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("eXIf", [1])) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("tEXt", [.. "Author\0Nora"u8])) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("zTXt", [1])) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("iTXt", [1])) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("tIME", new byte[7])) },
        { "image/png", Pictures.Png(chunks: Pictures.Chunk("caBX", [1])) },
        { "image/png", Pictures.Png(after: [0]) },
        { "image/webp", Pictures.WebP(chunks: Pictures.Riff("EXIF", [1, 2, 3])) },
        { "image/webp", Pictures.WebP(chunks: Pictures.Riff("XMP ", [1])) },
        { "image/webp", Pictures.WebP(chunks: Pictures.Riff("nora", [1])) },
        { "image/webp", Pictures.WebP(after: [0]) },
        { "image/webp", Pictures.AnimatedWebP(40, 30, Pictures.Riff("EXIF", [1, 2])) },
        { "image/gif", Pictures.Gif(blocks: [0x21, 0xFE, 2, 65, 66, 0]) },
        { "image/gif", Pictures.Gif(blocks: Pictures.Application("XMP DataXMP", [1])) },
        { "image/gif", Pictures.Gif(blocks: [0x21, 0x01, 1, 65, 0]) },
        { "image/gif", Pictures.Gif(after: [0x3B]) },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task A_picture_without_metadata_passes_with_its_size(string type, byte[] bytes) =>
        Assert.Equal(new Inspected(null, bytes.Length, 40, 30), await InspectAsync(bytes, type));

    [Theory]
    [MemberData(nameof(WithMetadata))]
    public async Task A_picture_that_still_has_metadata_is_refused(string type, byte[] bytes) =>
        Assert.Equal(RefusedBecause.Metadata, (await InspectAsync(bytes, type)).Refused);

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task A_picture_that_ends_early_is_damaged(string type, byte[] bytes)
    {
        // The type shows in the first bytes.
        for (var length = 16; length < bytes.Length; length++)
        {
            Assert.Equal((length, RefusedBecause.Damaged), (length, (await InspectAsync(bytes[..length], type)).Refused));
        }
    }

    [Fact]
    public async Task A_file_is_what_its_bytes_are()
    {
        byte[][] files =
        [
            Pictures.Jpeg(), Pictures.Png(), Pictures.WebP(), Pictures.Gif(), Pictures.Pdf, Encoding.ASCII.GetBytes("<html><script>"),
            Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, 0, 0, 0, 0],
        ];
        foreach (var (type, own) in FileType.All.Select((type, own) => (type, own)))
        {
            foreach (var (bytes, at) in files.Select((bytes, at) => (bytes, at)))
            {
                Assert.Equal(
                    (type.Media, at, at == own ? null : RefusedBecause.WrongType),
                    (type.Media, at, (await InspectAsync(bytes, type.Media)).Refused));
            }
        }

        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync([], "image/png")).Refused);
        Assert.Equal(new Inspected(null, Pictures.Pdf.Length), await InspectAsync(Pictures.Pdf, "application/pdf"));
    }

    [Theory]
    [InlineData(7000, 7000, null)]
    [InlineData(7100, 7100, RefusedBecause.TooManyPixels)]
    [InlineData(65535, 65535, RefusedBecause.TooManyPixels)]
    public async Task A_picture_of_too_many_pixels_is_refused(int width, int height, string? refused)
    {
        Assert.Equal(refused, (await InspectAsync(Pictures.Jpeg(width, height), "image/jpeg")).Refused);
        Assert.Equal(refused, (await InspectAsync(Pictures.Png(width, height), "image/png")).Refused);
        Assert.Equal(refused, (await InspectAsync(Pictures.Gif(width, height), "image/gif")).Refused);
    }

    [Fact]
    public async Task A_picture_does_not_hide_its_size_behind_a_second_one()
    {
        // Readers go by the first frame; its data follows.
        var small = Pictures.Jpeg();
        var large = Pictures.Jpeg(65000, 65000);
        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync([.. large[..^2], .. small[20..]], "image/jpeg")).Refused);
        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync([.. small[..^2], .. large[20..]], "image/jpeg")).Refused);

        // A reader of a simple WebP looks at nothing behind the first picture.
        byte[] tiny = [0x2F, 0, 0, 0, 0, 0];
        foreach (var behind in new[]
        {
            Pictures.Riff("VP8L", tiny), Pictures.Riff("VP8X", new byte[10]),
            [.. Pictures.Riff("VP8X", new byte[10]), .. Pictures.Riff("VP8L", tiny)],
        })
        {
            Assert.Equal(
                RefusedBecause.TooManyPixels, (await InspectAsync(Pictures.WebP(16000, 16000, behind), "image/webp")).Refused);
        }
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, RefusedBecause.Damaged)]
    public async Task A_picture_of_more_scans_than_any_has_is_damaged(int scans, string? refused)
    {
        byte[] scan = [.. Pictures.Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12];
        byte[] bytes = [.. Pictures.Jpeg()[..^2], .. Enumerable.Repeat(scan, scans - 1).SelectMany(one => one), 0xFF, 0xD9];
        Assert.Equal(refused, (await InspectAsync(bytes, "image/jpeg")).Refused);
    }

    [Fact]
    public async Task A_picture_with_a_side_of_nothing_is_damaged()
    {
        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync(Pictures.Jpeg(height: 0), "image/jpeg")).Refused);
        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync(Pictures.Png(width: -5), "image/png")).Refused);
        Assert.Equal(RefusedBecause.Damaged, (await InspectAsync(Pictures.WebP(width: 0), "image/webp")).Refused);
    }

    [Fact]
    public async Task An_avatar_is_square()
    {
        Assert.Equal(
            RefusedBecause.NotSquare, (await InspectAsync(Pictures.Jpeg(), "image/jpeg", purpose: FilePurpose.Avatar)).Refused);
        Assert.Null((await InspectAsync(Pictures.Jpeg(40, 40), "image/jpeg", purpose: FilePurpose.Avatar)).Refused);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        await using var unread = new MemoryStream(Pictures.Png());
        var size = 20 * 1024 * 1024;
        Assert.Equal(
            new Inspected(RefusedBecause.TooLarge, size + 1),
            await Inspector.InspectAsync(unread, size + 1, FileType.Pdf, FilePurpose.Message, default));
        Assert.Equal(0, unread.Position);
    }

    [Fact]
    public async Task No_bytes_make_it_fail_or_go_on_for_ever()
    {
        var random = new Random(TestSeed.Value);
        byte[][] whole = [.. Whole.Concat(WithMetadata).Select(row => (byte[])row[1])];
        using var soon = new CancellationTokenSource(LocalHostFixture.MaxWait);
        for (var run = 0; run < Mutations; run++)
        {
            byte[] bytes = [.. whole[random.Next(whole.Length)]];
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(4) switch { 0 => 0, 1 => 0xFF, _ => random.Next(256) });
            }

            bytes = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
            foreach (var type in FileType.All)
            {
                // In pieces of any size, as a network gives them.
                await using var content = new InPieces(bytes, random.Next(1, 40));
                var found = await Inspector.InspectAsync(content, bytes.Length, type, FilePurpose.Message, soon.Token);
                Assert.True(found.Refused is null || RefusedBecause.All.Contains(found.Refused), $"TEST_SEED={TestSeed.Value}: {found}");
            }
        }
    }

    private static async Task<Inspected> InspectAsync(byte[] bytes, string type, FilePurpose purpose = FilePurpose.Message)
    {
        await using var content = new InPieces(bytes, 7);
        return await Inspector.InspectAsync(content, bytes.Length, FileType.Find(type)!, purpose, default);
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class InPieces(byte[] bytes, int most) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<int>(Read(buffer.Span[..Math.Min(most, buffer.Length)]));
        }
    }
}
