using Connections.Limits;
using Connections.Settings;

namespace Connections.Files;

/// <summary>The settings of files.</summary>
/// <param name="MaxPicture">The largest picture, in bytes. <c>Files__MaxPicture</c>, 10 MB.</param>
/// <param name="MaxDocument">The largest document, in bytes. <c>Files__MaxDocument</c>, 20 MB.</param>
/// <param name="MaxPixels">The most pixels of a picture. <c>Files__MaxPixels</c>, 50,000,000.</param>
/// <param name="UploadFor">How long a client can upload a file. <c>Files__UploadFor</c>, 10 minutes.</param>
/// <param name="LinkFor">How long a link to a file works. <c>Files__LinkFor</c>, 5 minutes.</param>
/// <param name="PerDay">Files that one member may create on one UTC day. <c>Files__PerDay</c>, 200.</param>
public sealed record FilesSettings(int MaxPicture, int MaxDocument, int MaxPixels, TimeSpan UploadFor, TimeSpan LinkFor, int PerDay)
{
    /// <summary>The most files of one message.</summary>
    public const int MaxOfMessage = 4;

    /// <summary>The longest description of a picture, in characters.</summary>
    public const int MaxAlt = 500;

    /// <summary>How long a file stays that is not sent. The rule of the storage account deletes uploads as soon.</summary>
    public static readonly TimeSpan UnsentFor = TimeSpan.FromDays(1);

    private const int Megabyte = 1024 * 1024;

    /// <summary>The limit on creating files.</summary>
    public Allowance Creating => new("files", PerDay, TimeSpan.FromDays(1));

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static FilesSettings Read(IConfiguration configuration) => new(
        // A blob of at most 256 MB is copied in one request.
        configuration.Number("Files:MaxPicture", 10 * Megabyte, 1024, 100 * Megabyte),
        configuration.Number("Files:MaxDocument", 20 * Megabyte, 1024, 100 * Megabyte),
        configuration.Number("Files:MaxPixels", 50_000_000, 1, 500_000_000),
        configuration.Duration("Files:UploadFor", TimeSpan.FromMinutes(10)),
        configuration.Duration("Files:LinkFor", TimeSpan.FromMinutes(5)),
        configuration.Number("Files:PerDay", 200, 1, 100_000));

    /// <summary>The most bytes of a file of a type.</summary>
    public int MaxSize(FileType type) => type.IsPicture ? MaxPicture : MaxDocument;

    /// <summary>The same in words, such as <c>10 MB</c>.</summary>
    public string MaxSizeInWords(FileType type) =>
        MaxSize(type) is var bytes && bytes >= Megabyte ? $"{bytes / Megabyte} MB" : $"{bytes / 1024} KB";
}
