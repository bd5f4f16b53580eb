using System.Globalization;
using System.Text.Json;
using Connections.Tests.Faults;

namespace Connections.Soak;

/// <summary>Writes the table of a soak, as Markdown and as JSON.</summary>
internal static class SoakTable
{
    private const int MaxViolations = 20;
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes the rows as a Markdown table, and below it the figures and violations of each.</summary>
    public static void Write(TextWriter to, IReadOnlyCollection<SoakRow> rows)
    {
        var width = Math.Max(4, rows.Max(row => row.What.Length));
        to.WriteLine();
        to.WriteLine($"| {"what".PadRight(width)} |    runs | lost | duplicated | stuck | incorrect | seconds |   seed |");
        to.WriteLine($"|-{new string('-', width)}-|--------:|-----:|-----------:|------:|----------:|--------:|-------:|");
        foreach (var row in rows)
        {
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.What.PadRight(width)} | {row.Runs,7} | {row.Lost,4} | {row.Duplicated,10} "
                + $"| {row.Stuck,5} | {row.Incorrect,9} | {row.Seconds,7:0.0} | {row.Seed,6} |"));
        }

        foreach (var row in rows.Where(row => row.Figures.Count + row.Violations.Count > 0))
        {
            to.WriteLine();
            var figures = row.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value}"));
            to.WriteLine($"{row.What}: {string.Join(", ", figures)}");
            foreach (var violation in row.Violations.Take(MaxViolations))
            {
                to.WriteLine($"  {violation}");
            }
        }
    }

    /// <summary>Writes the rows as JSON, and creates the folder if it is missing.</summary>
    public static async Task WriteJsonAsync(string file, DateTimeOffset at, IReadOnlyCollection<SoakRow> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(
            file, JsonSerializer.Serialize(new { at, machine = $"{Environment.ProcessorCount} cores", rows }, Indented) + "\n");
    }
}
