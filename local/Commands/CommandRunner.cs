using System.Runtime.InteropServices;
using Connections.Local.Worker;
using Connections.Settings;

namespace Connections.Local.Commands;

/// <summary>Runs a command until it is done or is stopped by Ctrl+C or <c>kill</c>.</summary>
internal static class CommandRunner
{
    // SIGXFSZ on Linux and macOS.
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    /// <returns>The command's exit code; 1, with a message, if it failed; 0 if it was stopped.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // A file that reaches the process's size limit is like a full disk; it must not end the host.
        using var limit = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(FileSizeLimit, signal => signal.Cancel = true);
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
            // Stopped during the start. The demo data that is loaded stays.
            return 0;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
