using System.Diagnostics;
using Connections.Benchmarks.Chat;
using Connections.Benchmarks.Floors;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Peers;

/// <summary>
/// The local host, a bare Kestrel app and, if it is installed, ejabberd: the same pairs, sockets, texts and rates in one run, in turns.
/// </summary>
/// <remarks>The others know no members who must be connected, no gapless numbers, no idempotent send, no limits and nothing owed.</remarks>
internal static class PeersPart
{
    private const int Members = 1000;
    private const int PerSecond = 200;
    private const int Rounds = 3;
    private const double MaxP99 = 100;
    private const double Target = 1.7;
    private const int Messages = 5000;

    private static readonly int[] Rates = [100, 150, 200, 300, 400, 500, 600, 800, 1000, 1200];

    /// <summary>Both tables need the same servers, so one part measures both.</summary>
    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        List<ChatPeer> peers = [await ProductPeer.StartAsync(scale.Sizes[0], log), await FloorPeer.StartAsync()];
        if (EjabberdPeer.IsInstalled)
        {
            peers.Add(await EjabberdPeer.StartAsync(Members));
        }
        else
        {
            await log.WriteLineAsync("  ejabberd is not installed");
        }

        try
        {
            return [await SdkAsync(scale, log), .. await RunAsync(peers, scale.ChatTime / 4, log)];
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private static async Task<Row> SdkAsync(Scale scale, TextWriter log)
    {
        using var requests = await SdkAlone.OpenAsync(scale.Sizes[0], log);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUp;)
        {
            await requests.SendAsync();
        }

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Messages; i++)
        {
            await requests.SendAsync();
        }

        process.Refresh();
        var used = process.TotalProcessorTime - before;
        return new Row(
            "the five requests of a message by the SDK alone, processor", "", Ms(used.TotalMilliseconds / Messages), "", "", null);
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(IReadOnlyList<ChatPeer> peers, TimeSpan time, TextWriter log)
    {
        var runs = new List<PeerRun>();
        foreach (var peer in peers)
        {
            var run = new PeerRun(peer);
            await run.OpenAsync(Members);
            await run.SendAsync(PerSecond / 2, WarmUp);
            await run.SendAsync(PerSecond, WarmUp);
            runs.Add(run);
        }

        var rounds = runs.ToDictionary(run => run, _ => new List<PeerRound>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var run in runs)
            {
                rounds[run].Add(await run.SendAsync(PerSecond, time));
                await log.WriteLineAsync($"  {run.Peer.Name}: {rounds[run][^1]}");
            }
        }

        var rows = new List<Row>();
        foreach (var run in runs)
        {
            // The middle one of the rounds, so that a disturbance of the machine does not decide.
            var middle = rounds[run].OrderBy(round => round.PerMessage).ElementAt(Rounds / 2);
            var isOurs = run.Peer is ProductPeer;
            rows.Add(new Row(
                $"{run.Peer.Name}, {PerSecond} a second, {Members:N0} sockets, processor a message",
                "",
                Ms(middle.PerMessage),
                $"{middle.Latencies}, {middle.Lost} lost, {run.Peer.WorkingSet >> 20} MB",
                isOurs ? "1.70 ms" : "",
                isOurs ? middle.PerMessage <= Target : null));
        }

        foreach (var run in runs)
        {
            rows.Add(await HighestAsync(run, time));
        }

        return rows;
    }

    private static async Task<Row> HighestAsync(PeerRun run, TimeSpan time)
    {
        var (highest, last) = (0, "");
        foreach (var rate in Rates)
        {
            var round = await run.SendAsync(rate, time);
            last = $"{rate} a second: {round}";
            if (round.Latencies.P99 >= MaxP99 || round.Lost > 0)
            {
                break;
            }

            highest = rate;
        }

        var isOurs = run.Peer is ProductPeer;
        return new Row(
            $"{run.Peer.Name}, highest rate with p99 under {MaxP99:0} ms",
            "",
            $"{highest} a second",
            last,
            isOurs ? "600 a second" : "",
            isOurs ? highest >= 600 : null);
    }
}
