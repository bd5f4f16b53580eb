using Connections.Local.DemoData;
using Connections.Local.Web;

namespace Connections.Local.Commands;

/// <summary>Starts a host and prints its addresses.</summary>
internal static class HostCommand
{
    /// <summary>Runs a host until it is stopped.</summary>
    public static async Task<int> RunAsync(LocalOptions options, CancellationToken stop)
    {
        // One thread more than cores, so that a thread that waits for a file leaves no core idle.
        // The thread pool would notice only after half a second.
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 1), others);
        // The start takes seconds, and minutes with many demo creators.
        Console.WriteLine(options.EmulatorsAlone ? "Starting the emulators…" : "Starting Connections…");
        await using var host = await LocalHost.StartAsync(options with { Loading = count => ShowProgress(count, options.Creators) }, stop);
        Console.WriteLine(options.EmulatorsAlone ? Emulators(host.Url, options) : Product(host, options));
        if (host.Web is { } client)
        {
            await ReportAsync(client, Console.Out, Console.Error, stop);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <summary>Reports the build of the web client until it ends. Says nothing if the last build is up to date.</summary>
    internal static async Task ReportAsync(WebClient client, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await foreach (var state in client.States.ReadAllAsync(ct))
        {
            await (state switch
            {
                WebState.Building building => output.WriteLineAsync($"{building.Step}…"),
                WebState.Ready { Duration: { } took } => output.WriteLineAsync($"The web client is built, in {took.TotalSeconds:0} s."),
                WebState.NoNode none => error.WriteLineAsync($"There is no web client: {none.Found} The API runs. {NodeTools.Install}"),
                WebState.Failed failed => error.WriteLineAsync(
                    $"There is no web client. The API runs.\n{string.Concat(failed.Output.Select(line => $"  {line}\n"))}{failed.Why}"),
                _ => Task.CompletedTask,
            });
        }
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
        The emulators are running: Cosmos DB, Blob Storage, Web PubSub, email, identity. Ctrl+C stops them.

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
        // A few hundred load faster than anybody can read the message. Many print a line for each tenth.
        var each = Math.Max(1, creators / 10 / DemoLoader.Stride) * DemoLoader.Stride;
        if (creators >= 2 * DemoLoader.Stride && (loaded % each == 0 || loaded == creators))
        {
            Console.WriteLine($"  {loaded:N0} of {creators:N0} demo creators are loaded");
        }
    }
}
