using System.Globalization;
using System.Text.Json;
using Connections.Tests.Faults;

namespace Connections.Soak;

/// <summary>The table of a soak, for people and as JSON.</summary>
internal static class SoakTable
{
    private const int MaxFindings = 20;
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes the rows as a Markdown table, and below it what else each counted and what it found wrong.</summary>
    public static void Write(TextWriter to, IReadOnlyCollection<SoakRow> rows)
    {
        var width = Math.Max(4, rows.Max(row => row.What.Length));
        to.WriteLine();
        to.WriteLine($"| {"what".PadRight(width)} |    runs | lost | doubled | stuck | untrue | seconds |   seed |");
        to.WriteLine($"|-{new string('-', width)}-|--------:|-----:|--------:|------:|-------:|--------:|-------:|");
        foreach (var row in rows)
        {
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.What.PadRight(width)} | {row.Runs,7} | {row.Lost,4} | {row.Doubled,7} | {row.Stuck,5} | {row.Untrue,6} | {row.Seconds,7:0.0} | {row.Seed,6} |"));
        }

        foreach (var row in rows.Where(row => row.Figures.Count + row.Findings.Count > 0))
        {
            to.WriteLine();
            to.WriteLine($"{row.What}: {string.Join(", ", row.Figures.Select(figure => $"{figure.Key} {figure.Value.ToString(CultureInfo.InvariantCulture)}"))}");
            foreach (var finding in row.Findings.Take(MaxFindings))
            {
                to.WriteLine($"  {finding}");
            }
        }
    }

    /// <summary>Writes the rows as JSON, in a folder that it makes where there is none.</summary>
    public static async Task WriteJsonAsync(string file, DateTimeOffset at, IReadOnlyCollection<SoakRow> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { at, machine = $"{Environment.ProcessorCount} cores", rows }, Indented) + "\n");
    }
}
