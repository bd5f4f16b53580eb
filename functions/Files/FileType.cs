namespace Connections.Files;

/// <summary>A kind of file that members can send.</summary>
/// <param name="Media">Its media type.</param>
/// <param name="Extension">The extension that a name gets.</param>
/// <param name="Extensions">The extensions that a name may have.</param>
/// <param name="IsPicture">Whether a browser may show it.</param>
public sealed record FileType(string Media, string Extension, IReadOnlyList<string> Extensions, bool IsPicture)
{
    /// <summary>A JPEG picture.</summary>
    public static FileType Jpeg { get; } = new("image/jpeg", ".jpg", [".jpg", ".jpeg", ".jfif"], true);

    /// <summary>A PNG picture.</summary>
    public static FileType Png { get; } = new("image/png", ".png", [".png"], true);

    /// <summary>A WebP picture.</summary>
    public static FileType WebP { get; } = new("image/webp", ".webp", [".webp"], true);

    /// <summary>A GIF picture.</summary>
    public static FileType Gif { get; } = new("image/gif", ".gif", [".gif"], true);

    /// <summary>A PDF document. It is downloaded and never shown inside the product.</summary>
    public static FileType Pdf { get; } = new("application/pdf", ".pdf", [".pdf"], false);

    /// <summary>The published list.</summary>
    public static IReadOnlyList<FileType> All { get; } = [Jpeg, Png, WebP, Gif, Pdf];

    /// <summary>The type of a media type without parameters; null for one that cannot be sent.</summary>
    public static FileType? Find(string? media) =>
        All.FirstOrDefault(type => string.Equals(type.Media, media, StringComparison.OrdinalIgnoreCase));
}
