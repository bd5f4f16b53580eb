using System.Diagnostics;

namespace Connections.Benchmarks.Floors;

/// <summary>A floor in its own process, as the host is: this program, started with <see cref="Argument"/>.</summary>
internal sealed class FloorProcess : IDisposable
{
    /// <summary>The argument that makes this program run a floor.</summary>
    public const string Argument = "--floor";

    private readonly Process _process;

    private FloorProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>The address that it listens on.</summary>
    public Uri Url { get; }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a floor and returns when it listens.</summary>
    public static async Task<FloorProcess> StartAsync(params string[] floor)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Connections.Benchmarks.dll"), Argument, .. floor])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } url
            ? new FloorProcess(process, new Uri(url))
            : throw new InvalidOperationException($"The floor {floor[0]} did not start.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
