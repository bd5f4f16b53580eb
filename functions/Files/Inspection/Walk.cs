using System.Runtime.InteropServices;

namespace Connections.Files.Inspection;

/// <summary>What a walk through a file found.</summary>
/// <param name="Refused">One of <see cref="RefusedBecause"/>; null for a file that can be shown.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Walk(string? Refused, int? Width = null, int? Height = null)
{
    /// <summary>A file that is not built as its type is, or ends early.</summary>
    public static Walk Damaged { get; } = new(RefusedBecause.Damaged);

    /// <summary>A picture with data beside the picture.</summary>
    public static Walk Metadata { get; } = new(RefusedBecause.Metadata);

    /// <summary>A whole picture; damaged where a side has no pixels.</summary>
    public static Walk Picture(int width, int height) => width > 0 && height > 0 ? new Walk(null, width, height) : Damaged;
}
