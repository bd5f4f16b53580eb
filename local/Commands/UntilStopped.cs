using System.Runtime.InteropServices;
using Connections.Local.Worker;
using Connections.Settings;

namespace Connections.Local.Commands;

/// <summary>Runs a command until it is done, or the person who started it stops it by Ctrl+C or <c>kill</c>.</summary>
internal static class UntilStopped
{
    // SIGXFSZ, of Linux and of macOS.
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    /// <returns>The exit code: the command's; 1 with a message where it cannot do its work; 0 where it was stopped.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // A file at the limit that the process was given is a full disk to the host, and not the end of it.
        using var limit = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeLimit, signal => signal.Cancel = true);
        try
        {
            return await command(stop.Token);
        }
        catch (Exception e) when (e is LocalHostException or SettingException or FunctionBindingException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while it started. What was loaded so far stays.
            return 0;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
