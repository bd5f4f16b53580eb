using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Connections.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Floor">What the same costs without the product; empty where nothing compares.</param>
/// <param name="Measured">The product's own figure.</param>
/// <param name="Against">The ratio of the two, or percentiles.</param>
/// <param name="ToReach">The target; empty where a figure is only told.</param>
/// <param name="Reached">Whether it was; null where there is no target.</param>
internal sealed record Row(string What, string Floor, string Measured, string Against, string ToReach, bool? Reached);

/// <summary>The table of a run, for people and as JSON.</summary>
internal static class ResultTable
{
    private static readonly string[] Heads = ["what", "floor", "measured", "ratio or p50/p99", "to reach", "reached"];
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes the rows as a Markdown table, below the machine that they were measured on.</summary>
    public static void Write(TextWriter to, IReadOnlyCollection<Row> rows, Scale scale)
    {
        var cells = rows.Select(row => new[] { row.What, row.Floor, row.Measured, row.Against, row.ToReach, Word(row.Reached) })
            .Prepend(Heads).ToList();
        var widths = Heads.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
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
