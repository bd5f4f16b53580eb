using System.Runtime.InteropServices;
using Connections.Local;
using Connections.Settings;

switch (CommandLine.Parse(args, RepositoryFolder.DefaultData()))
{
    case CommandLine.Start start:
        return await RunAsync(start.Options);
    case CommandLine.Misunderstood wrong:
        await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{CommandLine.Help}");
        return 2;
    default:
        Console.WriteLine(CommandLine.Help);
        return 0;
}

static async Task<int> RunAsync(LocalOptions options)
{
    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    try
    {
        await using var host = await LocalHost.StartAsync(
            options with { Loading = count => Console.WriteLine($"  loaded {count:N0} of {options.Creators:N0} demo creators") }, stop.Token);
        Console.WriteLine(
            $"""
            Connections is running. Ctrl+C stops it.

              sign in  {new Uri(host.Url, "/dev")}
              mail     {new Uri(host.Url, "/dev/mail")}
              API      {new Uri(host.Url, "/api")}
              data     {options.Folder}

            """);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
    catch (Exception e) when (e is LocalHostException or SettingException)
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
