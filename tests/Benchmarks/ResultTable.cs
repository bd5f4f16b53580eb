using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Connections.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="Name">The measured operation.</param>
/// <param name="Floor">The cost of the same work without the product; empty if there is no comparison.</param>
/// <param name="Measured">The figure of the product.</param>
/// <param name="Ratio">The ratio of both, or percentiles.</param>
/// <param name="Target">The target; empty if there is none.</param>
/// <param name="Reached">Whether the target is reached; null without a target.</param>
internal sealed record Row(string Name, string Floor, string Measured, string Ratio, string Target, bool? Reached);

/// <summary>Writes the table of a run, as Markdown and as JSON.</summary>
internal static class ResultTable
{
    private static readonly string[] Headings = ["what", "floor", "measured", "ratio or p50/p99", "target", "reached"];
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes the rows as a Markdown table, below a line that describes the machine.</summary>
    public static void Write(TextWriter to, IReadOnlyCollection<Row> rows, Scale scale)
    {
        var cells = rows.Select(row => new[] { row.Name, row.Floor, row.Measured, row.Ratio, row.Target, Word(row.Reached) })
            .Prepend(Headings).ToList();
        var widths = Headings.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        to.WriteLine();
        to.WriteLine($"{Machine()}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; {scale.Name} run");
        to.WriteLine();
        for (var i = 0; i < cells.Count; i++)
        {
            to.WriteLine($"| {string.Join(" | ", cells[i].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (i == 0)
            {
                to.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
            }
        }
    }

    /// <summary>Writes the rows as JSON.</summary>
    public static Task WriteJsonAsync(string file, IReadOnlyCollection<Row> rows, Scale scale) =>
        File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new { at = DateTimeOffset.UtcNow, machine = Machine(), run = scale.Name, rows }, Indented) + "\n");

    private static string Word(bool? reached) => reached switch
    {
        true => "yes",
        false => "no",
        null => "",
    };

    private static string Machine()
    {
        const string Cpus = "/proc/cpuinfo";
        const string Model = "model name";
        var model = File.Exists(Cpus)
            ? File.ReadLines(Cpus).FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory} GB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }
}
