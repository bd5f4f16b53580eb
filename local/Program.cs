using System.Runtime.InteropServices;
using Connections.Local;
using Connections.Local.DemoData;
using Connections.Local.Web;
using Connections.Local.Worker;
using Connections.Settings;

var repository = RepositoryFolder.Find();
switch (CommandLine.Parse(args, RepositoryFolder.DefaultData(), repository is null ? null : new WebOptions(repository)))
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
        await using var host = await LocalHost.StartAsync(options with { Loading = count => ShowProgress(count, options.Creators) }, stop.Token);
        Console.WriteLine(
            $"""
            Connections is running. Ctrl+C stops it.

              web client  {(host.Web is null ? "not served" : host.Url)}
              sign in     {new Uri(host.Url, "/dev")}
              mail        {new Uri(host.Url, "/dev/mail")}
              API         {new Uri(host.Url, "/api")}
              data        {options.Folder}

            """);
        await WebNews.TellAsync(host.Web, Console.Out, Console.Error, stop.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
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

    static void ShowProgress(int loaded, int creators)
    {
        // A few hundred are there before anybody could read of it.
        if (creators > 10 * DemoLoader.Stride && loaded % (10 * DemoLoader.Stride) == 0)
        {
            Console.WriteLine($"  {loaded:N0} of {creators:N0} demo creators are loaded");
        }
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
