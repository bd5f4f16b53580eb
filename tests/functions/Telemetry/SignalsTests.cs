using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Connections.Telemetry;

namespace Connections.Tests.Functions.Telemetry;

/// <summary>What operators see of a call.</summary>
public sealed class SignalsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_call_is_a_span_with_a_span_for_each_request_to_the_database()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var brand = host.ClientFor("spans-brand");
        await brand.BecomeBrandAsync();

        await brand.ReadAsync("/api/connections?limit=77");

        // A query that sorts can be two requests: its plan, where the SDK asks for it, and its page.
        // Hosts of other tests are heard as well; what holds of this call holds of theirs that were answered.
        var call = await Calls.EventuallyAsync(
            () => Task.FromResult(spans.FirstOrDefault(span => span.OperationName == "ListConnections" && 200.Equals(span.GetTagItem("http.response.status_code")))),
            found => found is not null);
        Assert.Equal(ActivityKind.Server, call!.Kind);
        var requests = spans.Where(span => span.ParentSpanId == call.SpanId).ToList();
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.Equal(("cosmos", "contacts"), (request.OperationName, request.GetTagItem("db.collection.name"))));
    }

    [Fact]
    public async Task A_calls_requests_and_charge_are_counted_and_invites_by_outcome()
    {
        var seen = new ConcurrentBag<(string Name, double Value, string Tag)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, TagOf(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, TagOf(tags))));
        listener.Start();
        var brand = host.ClientFor("figures-brand");
        await brand.BecomeBrandAsync();

        await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" });
        await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" });
        await brand.SendAsync("/api/invites", new { creatorId = "nobody" });

        foreach (var outcome in new[] { "invited", "repeated", "not-found" })
        {
            Assert.Contains(seen, figure => figure is { Name: "connections.invites", Value: 1 } && figure.Tag == outcome);
        }

        await host.DrainAsync();
        await Calls.EventuallyAsync(() => Task.FromResult(seen.Any(figure => figure.Name == "connections.notice.delay")), found => found);
        Assert.Contains(seen, figure => figure is { Name: "connections.notices", Value: 1, Tag: "inviteReceived" });
        Assert.Contains(seen, figure => figure is { Name: "connections.notice.delay", Value: >= 0, Tag: "inviteReceived" });
        Assert.Contains(seen, figure => figure is { Name: "connections.database.requests", Value: > 0, Tag: "OnConnectionChanged" });
        await Calls.EventuallyAsync(() => Task.FromResult(seen.Count(figure => figure.Tag == "SendInvite")), count => count >= 6);
        Assert.Contains(seen, figure => figure is { Name: "connections.database.requests", Value: >= 4, Tag: "SendInvite" });
        Assert.Contains(seen, figure => figure is { Name: "connections.database.charge", Value: > 0, Tag: "SendInvite" });
    }

    private static string TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length > 0 ? tags[0].Value?.ToString() ?? "" : "";
}
