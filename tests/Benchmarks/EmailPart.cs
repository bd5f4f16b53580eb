using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.FollowUp;
using Connections.Local.DemoData;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>The time from an invite call until the email service has accepted the email. Invites are sent one by one, at random moments
/// of the feed's poll interval.</summary>
internal static class EmailPart
{
    /// <summary>The poll interval of the trigger in <c>functions/FollowUp/OnConnectionChanged.cs</c>.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await BenchmarkHost.StartAsync(1_000, log);
        var brand = await host.BrandAsync("brand");
        var random = new Random(1);
        // The first invites warm up the code and are not counted. The others must fit into the 200 emails that a call lists.
        var (warmUp, count) = (20, Math.Clamp(scale.Samples / 6, 50, 170));
        var sentAt = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var i = 1; i <= warmUp + count; i++)
        {
            // Some creators have an address at their website's domain.
            var creator = DemoCreator.Create(i, host.Process.Url);
            if (i > warmUp && !sentAt.TryAdd(creator.Email!, DateTimeOffset.UtcNow))
            {
                throw new InvalidOperationException($"Two demo creators have the address {creator.Email}.");
            }

            await brand.SendAsync("/api/invites", new { creatorId = creator.Id.Value });
            await Task.Delay(TimeSpan.FromMilliseconds(50 + (100 * random.NextDouble())));
        }

        var handed = await Calls.EventuallyAsync(
            async () => (await brand.GetFromJsonAsync<JsonArray>("/dev/mail.json"))!
                .Where(mail => sentAt.ContainsKey($"{mail!["to"]}")).ToList(),
            mails => mails.Count >= count,
            MaxWait);
        var latencies = new Latencies();
        foreach (var mail in handed)
        {
            latencies.Add(mail!["sentAt"]!.GetValue<DateTimeOffset>() - sentAt[$"{mail["to"]}"]);
        }

        var lost = count - handed.Count;
        return
        [
            new Row(
                "invite to email handed over",
                $"{Ms(PollInterval.TotalMilliseconds)} (poll interval)",
                Ms(latencies.P99),
                $"{latencies}{(lost == 0 ? "" : $", {lost} lost")}",
                "p99 under 700 ms", lost == 0 && latencies.P99 < (PollInterval + Allowance).TotalMilliseconds),
        ];
    }
}
