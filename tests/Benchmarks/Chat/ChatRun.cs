using System.Globalization;
using Connections.Benchmarks.Floors;
using Connections.Benchmarks.Peers;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Chat;

/// <summary>Pairs of members who write to each other, with a socket for each member, and the memory of the host afterwards.</summary>
/// <remarks>Both parts of the benchmark share one run. This process holds the sockets, on the same machine as the host.</remarks>
internal sealed class ChatRun : IAsyncDisposable
{
    private const int Pairs = 500;
    private const int Sockets = 2 * Pairs;
    private const int PerSecond = 500;
    private const int ReducedRate = 200;
    private const double MaxP50 = 5;
    private const double MaxP99 = 30;
    private const long MaxMemory = 400;

    private static readonly TimeSpan FloorTime = TimeSpan.FromSeconds(5);

    private readonly List<ChatSocket> _sockets = [];
    private Task<Result>? _run;

    /// <summary>The time from a send to the other member's socket.</summary>
    public async Task<IReadOnlyList<Row>> DeliveryAsync(Scale scale, TextWriter log)
    {
        var before = await MeasureEchoAsync();
        var result = await (_run ??= RunAsync(scale, log));
        var after = await MeasureEchoAsync();
        var floor = Math.Min(before.P50, after.P50);
        return
        [
            new Row(
                $"send to receive, {Sockets:N0} sockets, {PerSecond} a second, {scale.ChatTime.TotalSeconds:0} s",
                Ms(floor),
                Ms(result.Full.Latencies.P50),
                $"{Times(result.Full.Latencies.P50 / floor)}, {result.Full.Latencies}, {result.Full.Lost} lost",
                "p50 under 5 ms, p99 under 30 ms, none lost",
                result.Full.Latencies.P50 < MaxP50 && result.Full.Latencies.P99 < MaxP99 && result.Full.Lost == 0),
            new Row(
                $"the same, {ReducedRate} a second, {WarmUp.TotalSeconds:0} s",
                Ms(floor),
                Ms(result.Reduced.Latencies.P50),
                $"{result.Reduced.Latencies}, {result.Reduced.Lost} lost",
                "",
                null),
        ];
    }

    /// <summary>The working set of the host.</summary>
    public async Task<IReadOnlyList<Row>> MemoryAsync(Scale scale, TextWriter log)
    {
        var result = await (_run ??= RunAsync(scale, log));
        string Mb(long bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture) + " MB";
        return
        [
            new Row(
                $"memory with {scale.MaxCreators:N0} creators, after the chat run", "", Mb(
                    result.MemoryAfter), $"{Mb(result.MemoryBefore)} before it", "under 400 MB",
                result.MemoryAfter >> 20 < MaxMemory),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();

    private static async Task<Result> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await ProductPeer.StartAsync(scale.MaxCreators, log);
        var load = new LoadGenerator(0);
        // The sockets of a pair are 2k and 2k + 1, so a message goes to the socket whose number differs in the last bit.
        await host.OpenAsync(Sockets, (me, number) =>
        {
            if ((SenderOf(number) ^ 1) == me)
            {
                Volatile.Read(ref load).Arrived(number);
            }
        });
        var memory = host.WorkingSet;
        async Task SendAllAsync(int perSecond, TimeSpan time)
        {
            Volatile.Write(ref load, new LoadGenerator((int)(perSecond * time.TotalSeconds)));
            host.BeginRun();
            await load.RunAsync(perSecond, number => host.SendAsync(SenderOf(number), number));
        }

        // Starts slowly, so that a backlog from the time of compilation does not affect the measurement, and goes on past the full minute:
        // the sweep is measured too, and must be compiled.
        await SendAllAsync(PerSecond / 5, WarmUp);
        await SendAllAsync(PerSecond / 2, WarmUp + TimeSpan.FromSeconds(60 - DateTime.UtcNow.Second));
        await SendAllAsync(ReducedRate, WarmUp);
        var reduced = load;
        await SendAllAsync(PerSecond, scale.ChatTime);
        return new Result(load, reduced, memory, host.WorkingSet);
    }

    private async Task<Latencies> MeasureEchoAsync()
    {
        using var process = await FloorProcess.StartAsync(FloorServer.Echo);
        var url = new UriBuilder(process.Url) { Scheme = Uri.UriSchemeWs }.Uri;
        var load = new LoadGenerator(0);
        for (var i = 0; i < Sockets; i++)
        {
            _sockets.Add(await ChatSocket.OpenAsync(url, null, "\"clientId\":\"", number => Volatile.Read(ref load).Arrived(number)));
        }

        // Makes frames as large as the product's events.
        var rest = new string('x', 300);
        for (var run = 0; run < 2; run++)
        {
            Volatile.Write(ref load, new LoadGenerator((int)(PerSecond * FloorTime.TotalSeconds / 2)));
            await load.RunAsync(
                PerSecond, number => _sockets[SenderOf(number)].SendAsync($"{{\"clientId\":\"{number}\",\"text\":\"{rest}\"}}"));
        }

        await CloseAsync();
        return load.Latencies;
    }

    // All first members of the pairs send, then all second members, so that an answer comes a second after the message.
    private static int SenderOf(int number) => (2 * (number % Pairs)) + (number / Pairs % 2);

    private async Task CloseAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _sockets.Clear();
    }

    private sealed record Result(LoadGenerator Full, LoadGenerator Reduced, long MemoryBefore, long MemoryAfter);
}
