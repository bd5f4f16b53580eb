using Connections.Local.DemoData;
using Connections.Local.Emulators;
using Connections.Local.Web;

namespace Connections.Local.Commands;

/// <summary>Starts a host and says where to look.</summary>
internal static class HostCommand
{
    /// <summary>Runs a host until it is told to stop.</summary>
    public static async Task<int> RunAsync(LocalOptions options, CancellationToken stop)
    {
        // One thread more than there are cores: one that waits for the disk must not leave a core idle, which the pool notices only after half a second.
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 1), others);
        await using var host = await LocalHost.StartAsync(options with { Loading = count => ShowProgress(count, options.Creators) }, stop);
        Console.WriteLine(options.EmulatorsAlone ? Emulators(host.Url, options) : Product(host, options));
        await WebNews.TellAsync(host.Web, Console.Out, Console.Error, stop);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static string Product(LocalHost host, LocalOptions options) =>
        $"""
        Connections is running. Ctrl+C stops it.

          web client  {(host.Web is null ? "not served" : host.Url)}
          sign in     {new Uri(host.Url, "/dev")}
          mail        {new Uri(host.Url, "/dev/mail")}
          API         {new Uri(host.Url, "/api")}
          data        {options.Folder}

        """;

    private static string Emulators(Uri url, LocalOptions options) =>
        $"""
        The emulators are running: Cosmos DB, Web PubSub, email, identity. Ctrl+C stops them.

          sign in     {new Uri(url, "/dev")}
          mail        {new Uri(url, "/dev/mail")}
          data        {options.Folder}

        The queues come from Azurite, in a terminal of its own:

          {EmulatorSettings.Azurite}

        Put this into functions/Azure/local.settings.json, then run func start in functions/Azure:

        {EmulatorSettings.FileFor(url)}

        """;

    private static void ShowProgress(int loaded, int creators)
    {
        // A few hundred are there before anybody could read of it.
        if (creators > 10 * DemoLoader.Stride && loaded % (10 * DemoLoader.Stride) == 0)
        {
            Console.WriteLine($"  {loaded:N0} of {creators:N0} demo creators are loaded");
        }
    }
}
