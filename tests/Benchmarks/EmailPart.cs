using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.FollowUp;
using Connections.Local.DemoData;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>From the invite call to the email service having taken the email; invites come one by one at any
/// moment of the feed's interval.</summary>
internal static class EmailPart
{
    /// <summary>As the trigger says: <c>functions/FollowUp/OnConnectionChanged.cs</c>.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan More = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await Subject.StartAsync(1_000, log);
        var brand = await host.BrandAsync("brand");
        var chance = new Random(1);
        // The first ones are not counted: their code is not compiled yet. All that are counted are
        // among the 200 emails that one call lists.
        var (warmUp, count) = (20, Math.Clamp(scale.Samples / 6, 50, 170));
        var began = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var i = 1; i <= warmUp + count; i++)
        {
            var id = DemoCreator.IdOf(i).Value;
            if (i > warmUp)
            {
                began[$"{id}@example.com"] = DateTimeOffset.UtcNow;
            }

            await brand.SendAsync("/api/invites", new { creatorId = id });
            await Task.Delay(TimeSpan.FromMilliseconds(50 + (100 * chance.NextDouble())));
        }

        var handed = await Calls.EventuallyAsync(
            async () => (await brand.GetFromJsonAsync<JsonArray>("/dev/mail.json"))!
                .Where(mail => began.ContainsKey($"{mail!["to"]}")).ToList(),
            mails => mails.Count >= count,
            Patience);
        var latencies = new Latencies();
        foreach (var mail in handed)
        {
            latencies.Add(mail!["sentAt"]!.GetValue<DateTimeOffset>() - began[$"{mail["to"]}"]);
        }

        var lost = count - handed.Count;
        return
        [
            new Row(
                "invite to email handed over",
                $"{Ms(PollInterval.TotalMilliseconds)} (poll interval)",
                Ms(latencies.P99),
                $"{latencies}{(lost == 0 ? "" : $", {lost} lost")}",
                "p99 under 700 ms", lost == 0 && latencies.P99 < (PollInterval + More).TotalMilliseconds),
        ];
    }
}
