using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Connections.Benchmarks.Floors;
using Connections.Local.DemoData;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Chat;

/// <summary>Pairs of members with a socket each who write to each other, and what the host holds of memory after that.</summary>
/// <remarks>Both parts are about one run, which is made once. The sockets are this program's; the host's
/// process has the machine with it.</remarks>
internal sealed class ChatRun : IAsyncDisposable
{
    private const int Pairs = 500;
    private const int Sockets = 2 * Pairs;
    private const int PerSecond = 500;
    private const int Eased = 200;
    private const int AtOnce = 8;
    private const double MostP50 = 5;
    private const double MostP99 = 30;
    private const long MostMemory = 400;

    private static readonly TimeSpan FloorTime = TimeSpan.FromSeconds(5);

    private readonly List<ChatSocket> _sockets = [];
    private Task<Result>? _run;

    /// <summary>From the send to the other member's socket.</summary>
    public async Task<IReadOnlyList<Row>> DeliveryAsync(Scale scale, TextWriter log)
    {
        var before = await EchoAsync();
        var result = await (_run ??= RunAsync(scale, log));
        var after = await EchoAsync();
        var floor = Math.Min(before.P50, after.P50);
        return
        [
            new Row(
                $"send to receive, {Sockets:N0} sockets, {PerSecond} a second, {scale.ChatTime.TotalSeconds:0} s",
                Ms(floor),
                Ms(result.Talk.Latencies.P50),
                $"{Times(result.Talk.Latencies.P50 / floor)}, {result.Talk.Latencies}, {result.Talk.Lost} lost",
                "p50 under 5 ms, p99 under 30 ms, none lost",
                result.Talk.Latencies.P50 < MostP50 && result.Talk.Latencies.P99 < MostP99 && result.Talk.Lost == 0),
            new Row(
                $"the same, {Eased} a second, {WarmUp.TotalSeconds:0} s",
                Ms(floor),
                Ms(result.Eased.Latencies.P50),
                $"{result.Eased.Latencies}, {result.Eased.Lost} lost",
                "",
                null),
        ];
    }

    /// <summary>The working set.</summary>
    public async Task<IReadOnlyList<Row>> MemoryAsync(Scale scale, TextWriter log)
    {
        var result = await (_run ??= RunAsync(scale, log));
        string Mb(long bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture) + " MB";
        return
        [
            new Row(
                $"memory with {scale.Many:N0} creators, after the chat run", "", Mb(
                    result.MemoryAfter), $"{Mb(result.MemoryBefore)} before it", "under 400 MB",
                result.MemoryAfter >> 20 < MostMemory),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<Result> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await Subject.StartAsync(scale.Many, log);
        using var client = Subject.Client(host.Process.Url);
        var talk = new Talk(0);
        var members = new Member[Sockets];
        await Parallel.ForAsync(0, Pairs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (pair, _) =>
        {
            var brand = await Subject.TokenAsync(client, $"brand-{pair}");
            var creatorId = DemoCreator.IdOf(pair + 1).Value;
            var creator = await Subject.TokenAsync(client, creatorId);
            await CallAsync(client, HttpMethod.Put, "/api/me", brand, new { kind = "brand", displayName = $"Brand {pair}" });
            var connection = (await CallAsync(client, HttpMethod.Post, "/api/invites", brand, new { creatorId }))["id"]!.ToString();
            await CallAsync(client, HttpMethod.Post, $"/api/invites/{connection}/accept", creator, new { });
            members[2 * pair] = new Member(brand, connection);
            members[(2 * pair) + 1] = new Member(creator, connection);
        });
        for (var i = 0; i < Sockets; i++)
        {
            var me = i;
            var access = await CallAsync(client, HttpMethod.Post, "/api/realtime/access", members[i].Token, null);
            // Message n goes to the socket after its sender's or before it: the other of the pair.
            _sockets.Add(
                await ChatSocket.OpenAsync(new Uri(access["url"]!.ToString()), "json.webpubsub.azure.v1", "\"clientId\":\"", number =>
                {
                    if ((SenderOf(number) ^ 1) == me)
                    {
                        Volatile.Read(ref talk).Arrived(number);
                    }
                }));
        }

        var memory = host.Process.WorkingSet;
        async Task SayAsync(int perSecond, TimeSpan time)
        {
            Volatile.Write(ref talk, new Talk((int)(perSecond * time.TotalSeconds)));
            var batch = Guid.NewGuid();
            await talk.RunAsync(perSecond, number => SendAsync(client, members[SenderOf(number)], $"{number} {batch}"));
        }

        // Slowly at first: what a host that is still compiling is late with, it would carry into what is measured.
        await SayAsync(PerSecond / 5, WarmUp);
        await SayAsync(PerSecond / 2, WarmUp / 2);
        await SayAsync(Eased, WarmUp);
        var eased = talk;
        await SayAsync(PerSecond, scale.ChatTime);
        var result = new Result(talk, eased, memory, host.Process.WorkingSet);
        await CloseAsync();
        return result;
    }

    private async Task<Latencies> EchoAsync()
    {
        using var process = await FloorProcess.StartAsync(FloorServer.Echo);
        var url = new UriBuilder(process.Url) { Scheme = Uri.UriSchemeWs }.Uri;
        var talk = new Talk(0);
        for (var i = 0; i < Sockets; i++)
        {
            _sockets.Add(await ChatSocket.OpenAsync(url, null, "\"clientId\":\"", number => Volatile.Read(ref talk).Arrived(number)));
        }

        // As many bytes as the product's event.
        var rest = new string('x', 300);
        for (var run = 0; run < 2; run++)
        {
            Volatile.Write(ref talk, new Talk((int)(PerSecond * FloorTime.TotalSeconds / 2)));
            await talk.RunAsync(
                PerSecond, number => _sockets[SenderOf(number)].SendAsync($"{{\"clientId\":\"{number}\",\"text\":\"{rest}\"}}"));
        }

        await CloseAsync();
        return talk.Latencies;
    }

    // First one of each pair, then the other: an answer comes a second after what it answers, and not in the same moment.
    private static int SenderOf(int number) => (2 * (number % Pairs)) + (number / Pairs % 2);

    private static async Task SendAsync(HttpClient client, Member from, string clientId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/connections/{from.Connection}/messages");
        request.Headers.Authorization = from.Token;
        request.Content = JsonContent.Create(new { clientId, text = "Shall we say Thursday, then? I could send you the tent on Monday." });
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(
                $"A message was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task<Answer> CallAsync(
        HttpClient client, HttpMethod method, string path, AuthenticationHeaderValue token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token;
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return new Answer(
            response.StatusCode, await response.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(), response.Headers);
    }

    private async Task CloseAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _sockets.Clear();
    }

    private sealed record Member(AuthenticationHeaderValue Token, string Connection);

    private sealed record Result(Talk Talk, Talk Eased, long MemoryBefore, long MemoryAfter);
}
