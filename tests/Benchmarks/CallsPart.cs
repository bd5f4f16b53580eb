using System.Diagnostics;
using System.Net;
using Connections.Local.DemoData;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>The main job's calls, one at a time, while the change feed follows up what they did.</summary>
internal static class CallsPart
{
    private const double MostP50 = 3;
    private const double MostP99 = 15;
    private const int Messages = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await Subject.StartAsync(scale.Many, log);
        // One brand may not invite as many in a day as are measured.
        var brands = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.BrandAsync($"brand-{i}")));
        var brand = brands[0];
        var creator = await host.ClientAsync(DemoCreator.IdOf(1).Value);
        var talk = (await brand.SendAsync("/api/invites", new { creatorId = DemoCreator.IdOf(1).Value }))["id"];
        await creator.SendAsync($"/api/invites/{talk}/accept");
        for (var i = 0; i < Messages; i++)
        {
            await brand.SendAsync(
                $"/api/connections/{talk}/messages", new { clientId = $"{i}", text = $"Message {i}, about as long as people write them." });
        }

        var kinds = new[] { "invite", "accept", "list", "history" }.ToDictionary(
            name => name, _ => new Latencies(), StringComparer.Ordinal);
        var discarded = kinds.ToDictionary(kind => kind.Key, _ => new Latencies(), StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        for (var i = 2; kinds["invite"].Count < scale.Samples; i++)
        {
            var inviter = brands[i % brands.Length];
            var counted = clock.Elapsed < WarmUp ? discarded : kinds;
            var id = DemoCreator.IdOf(i).Value;
            var invitee = await host.ClientAsync(id);
            var invited = await OkAsync(counted["invite"], HttpStatusCode.Created, () =>
                inviter.SendAsync("/api/invites", new { creatorId = id, note = "Would you like to try our new tent?" }));
            await OkAsync(counted["accept"], HttpStatusCode.OK, () => invitee.SendAsync($"/api/invites/{invited["id"]}/accept"));
            await OkAsync(counted["list"], HttpStatusCode.OK, () => inviter.ReadAsync("/api/connections"));
            await OkAsync(counted["history"], HttpStatusCode.OK, () => brand.ReadAsync($"/api/connections/{talk}/messages"));
        }

        return [.. kinds.Select(kind => new Row(
            kind.Key, "", Ms(kind.Value.P50), kind.Value.ToString(), "p50 under 3 ms, p99 under 15 ms", kind.Value.P50 < MostP50
                && kind.Value.P99 < MostP99))];
    }

    private static async Task<Answer> OkAsync(Latencies into, HttpStatusCode expected, Func<Task<Answer>> call)
    {
        var answer = await TimeAsync(into, call);
        return answer.Status == expected ? answer : throw new InvalidOperationException($"{(int)answer.Status}: {answer.Body}");
    }
}
