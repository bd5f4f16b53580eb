using Connections.Files;

namespace Connections.Tests.Functions.Files;

/// <summary>A file's name is one that every system can save and no reader is misled by.</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("IMG_2041.JPG", "image/jpeg", "IMG_2041.jpg")]
    [InlineData("Müller & Söhne.jpeg", "image/jpeg", "Müller & Söhne.jpeg")]
    [InlineData("photo.heic", "image/jpeg", "photo.jpg")]
    [InlineData("brief", "application/pdf", "brief.pdf")]
    [InlineData("Brief no. 2", "application/pdf", "Brief no. 2.pdf")]
    [InlineData("brief.pdf.exe", "application/pdf", "brief.pdf")]
    [InlineData("../../etc/passwd", "application/pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\nora\\brief.pdf", "application/pdf", "brief.pdf")]
    [InlineData("a\r\nSet-Cookie: x=1.png", "image/png", "aSet-Cookie- x=1.png")]
    [InlineData("gpj\u202egnp.exe", "image/png", "gpjgnp.png")]
    [InlineData("\u200b\u2066.png", "image/png", "picture.png")]
    [InlineData("CON.gif", "image/gif", "_CON.gif")]
    [InlineData("COM¹.gif", "image/gif", "_COM¹.gif")]
    [InlineData("lpt1.tar.gif", "image/gif", "_lpt1.tar.gif")]
    [InlineData(".gif", "image/gif", "picture.gif")]
    [InlineData("...", "application/pdf", "file.pdf")]
    [InlineData("what?*<>|\".png", "image/png", "what------.png")]
    [InlineData("\ud83d", "image/png", "picture.png")]
    [InlineData("写真.png", "image/png", "写真.png")]
    public void A_name_is_cleaned(string sent, string type, string name) =>
        Assert.Equal(name, FileName.Clean(sent, FileType.Find(type)!));

    [Fact]
    public void A_long_name_keeps_its_extension_and_whole_characters()
    {
        var name = FileName.Clean(string.Concat(Enumerable.Repeat("👩🏽‍🚀", 60)) + ".jpeg", FileType.Jpeg);
        Assert.EndsWith("👩🏽‍🚀.jpeg", name, StringComparison.Ordinal);
        Assert.InRange(name.EnumerateRunes().Count(), 90, FileName.MaxLength);
    }

    [Fact]
    public void What_is_clean_stays_as_it_is()
    {
        var random = new Random(TestSeed.Value);
        const string Characters = "ab. -_/\\:*?\"<>|\u202e\u200b\u0000\u00e9\u0301\ud83d\ude00CONé%";
        for (var run = 0; run < 20_000; run++)
        {
            var sent = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Characters[random.Next(Characters.Length)]));
            foreach (var type in FileType.All)
            {
                var name = FileName.Clean(sent, type);
                Assert.Equal(name, FileName.Clean(name, type));
                Assert.Contains(type.Extensions, extension => name.EndsWith(extension, StringComparison.Ordinal));
                Assert.DoesNotContain(name, c => char.IsControl(c) || "/\\:*?\"<>|\u202e\u200b".Contains(c));
            }
        }
    }
}
