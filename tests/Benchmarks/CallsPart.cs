using System.Diagnostics;
using System.Net;
using Connections.Local.DemoData;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>The calls of the main job, one at a time, while the change feed processes their effects.</summary>
internal static class CallsPart
{
    private const double MaxP50 = 3;
    private const double MaxP99 = 15;
    private const int Messages = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await BenchmarkHost.StartAsync(scale.MaxCreators, log);
        // A single brand would exceed its invites a day.
        var brands = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.BrandAsync($"brand-{i}")));
        var brand = brands[0];
        var creator = await host.ClientAsync(DemoCreator.IdOf(1).Value);
        var connection = (await brand.SendAsync("/api/invites", new { creatorId = DemoCreator.IdOf(1).Value }))["id"];
        await creator.SendAsync($"/api/invites/{connection}/accept");
        for (var i = 0; i < Messages; i++)
        {
            await brand.SendAsync(
                $"/api/connections/{connection}/messages",
                new { clientId = $"{i}", text = $"Message {i}, about as long as people write them." });
        }

        var latencies = new[] { "invite", "accept", "list", "history" }.ToDictionary(
            name => name, _ => new Latencies(), StringComparer.Ordinal);
        var discarded = latencies.ToDictionary(kind => kind.Key, _ => new Latencies(), StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        for (var i = 2; latencies["invite"].Count < scale.Samples; i++)
        {
            var inviter = brands[i % brands.Length];
            var counted = clock.Elapsed < WarmUp ? discarded : latencies;
            var id = DemoCreator.IdOf(i).Value;
            var invitee = await host.ClientAsync(id);
            var invited = await OkAsync(counted["invite"], HttpStatusCode.Created, () =>
                inviter.SendAsync("/api/invites", new { creatorId = id, note = "Would you like to try our new tent?" }));
            await OkAsync(counted["accept"], HttpStatusCode.OK, () => invitee.SendAsync($"/api/invites/{invited["id"]}/accept"));
            await OkAsync(counted["list"], HttpStatusCode.OK, () => inviter.ReadAsync("/api/connections"));
            await OkAsync(counted["history"], HttpStatusCode.OK, () => brand.ReadAsync($"/api/connections/{connection}/messages"));
        }

        return [.. latencies.Select(kind => new Row(
            kind.Key, "", Ms(kind.Value.P50), kind.Value.ToString(), "p50 under 3 ms, p99 under 15 ms", kind.Value.P50 < MaxP50
                && kind.Value.P99 < MaxP99))];
    }

    private static async Task<Answer> OkAsync(Latencies into, HttpStatusCode expected, Func<Task<Answer>> call)
    {
        var answer = await TimeAsync(into, call);
        return answer.Status == expected ? answer : throw new InvalidOperationException($"{(int)answer.Status}: {answer.Body}");
    }
}
