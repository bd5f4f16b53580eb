using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Connections.Local.Web;

/// <summary>A run of Node or npm that has ended.</summary>
/// <param name="ExitCode">0 where it did its work.</param>
/// <param name="Output">The last lines that it wrote to either stream, without colours.</param>
internal sealed partial record NodeProcess(int ExitCode, IReadOnlyList<string> Output)
{
    private const int LinesKept = 40;

    // What npm would say beside the matter, and colours, which a page and a log cannot show.
    private static readonly Dictionary<string, string> Quiet = new(StringComparer.Ordinal)
    {
        ["NO_COLOR"] = "1",
        ["npm_config_color"] = "false",
        ["npm_config_audit"] = "false",
        ["npm_config_fund"] = "false",
        ["npm_config_loglevel"] = "error",
        ["npm_config_progress"] = "false",
        ["npm_config_update_notifier"] = "false",
    };

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was; the process and all that it started are gone.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<NodeProcess> RunAsync(string program, string searchPath, string folder, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = searchPath;
        foreach (var (name, value) in Quiet)
        {
            start.Environment[name] = value;
        }

        ct.ThrowIfCancellationRequested();
        var lines = new Queue<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(lines, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(lines, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        lock (lines)
        {
            return new NodeProcess(process.ExitCode, [.. lines]);
        }
    }

    private static void Keep(Queue<string> lines, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(Colours().Replace(line, ""));
            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.None, 1000)]
    private static partial Regex Colours();
}
