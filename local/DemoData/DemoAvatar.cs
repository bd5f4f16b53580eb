using System.Text;

namespace Connections.Local.DemoData;

/// <summary>Pictures for demo members: four tiles drawn from the id alone, the same every time, without a network.</summary>
/// <remarks>Shapes, because a drawn face would not fit the name beside it.</remarks>
public static class DemoAvatar
{
    private const int Tile = 48;

    private static readonly string[][] Palettes =
    [
        ["#264653", "#2a9d8f", "#e9c46a", "#f4a261"], ["#3d348b", "#7678ed", "#f7b801", "#f35b04"],
        ["#0b3954", "#087e8b", "#bfd7ea", "#ff5a5f"],
        ["#386641", "#6a994e", "#f2e8cf", "#bc4749"], ["#5f0f40", "#9a031e", "#fb8b24", "#ffd6a5"],
        ["#22223b", "#4a4e69", "#c9ada7", "#f2e9e4"],
        ["#003049", "#669bbc", "#fdf0d5", "#c1121f"], ["#582f0e", "#a68a64", "#dde5b6", "#414833"],
        ["#2d00f7", "#8900f2", "#e500a4", "#ffd6ff"],
        ["#10454f", "#506266", "#bde038", "#a3ab78"], ["#6d213c", "#946846", "#baab68", "#e3c16f"],
        ["#1d3557", "#457b9d", "#a8dadc", "#f1faee"],
    ];

    /// <summary>An SVG of 96 by 96 for the member of that id.</summary>
    public static string Svg(string id)
    {
        var random = new DemoRandom(Seed(id));
        var palette = random.Pick(Palettes);
        var svg = new StringBuilder("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">""");
        foreach (var (x, y) in ((int, int)[])[(0, 0), (Tile, 0), (0, Tile), (Tile, Tile)])
        {
            var colours = random.PickSome(palette, 2);
            svg.Append($"""<g transform="translate({x} {y}) rotate({90 * random.Below(4)} 24 24)"><path fill="{colours[0]}" d="M0 0h48v48H0z"/><path fill="{colours[1]}" d="{Shape(random)}"/></g>""");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Shape(DemoRandom random) => random.Below(6) switch
    {
        0 => "M0 0h48a48 48 0 0 1-48 48z",
        1 => "M0 0h48a24 24 0 0 1-48 0z",
        2 => "M24 6a18 18 0 1 0 0 36 18 18 0 0 0 0-36z",
        3 => "M0 0a48 48 0 0 1 48 48A48 48 0 0 1 0 0z",
        4 => "M0 0h48L0 48z",
        _ => "M0 0h24v48H0z",
    };

    // FNV-1a: the same on every machine, unlike GetHashCode.
    private static ulong Seed(string id)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var part in Encoding.UTF8.GetBytes(id))
        {
            hash = (hash ^ part) * 0x100000001B3;
        }

        return hash;
    }
}
