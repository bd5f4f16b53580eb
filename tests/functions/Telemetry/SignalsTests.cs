using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Connections.FollowUp;
using Connections.Http;
using Connections.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Telemetry;

/// <summary>The telemetry of a call.</summary>
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

        // A sorted query can be two requests: its plan, if the SDK asks for it, and its page.
        // The listener also hears hosts of other tests; the same holds for their answered calls.
        var call = await Calls.EventuallyAsync(
            () => Task.FromResult(spans.FirstOrDefault(
                span => span.OperationName == "ListConnections" && 200.Equals(span.GetTagItem("http.response.status_code")))),
            found => found is not null);
        Assert.Equal(ActivityKind.Server, call!.Kind);
        var requests = spans.Where(span => span.ParentSpanId == call.SpanId).ToList();
        Assert.NotEmpty(requests);
        Assert.All(
            requests, request => Assert.Equal(("cosmos", "contacts"), (request.OperationName, request.GetTagItem("db.collection.name"))));
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
        await Calls.EventuallyAsync(() => Task.FromResult(seen.Count(figure => figure.Tag == "SendInvite")), count => count >= 9);
        Assert.Contains(seen, figure => figure is { Name: "connections.database.requests", Value: >= 4, Tag: "SendInvite" });
        Assert.Contains(seen, figure => figure is { Name: "connections.database.charge", Value: > 0, Tag: "SendInvite" });
    }

    [Fact]
    public async Task Every_answer_is_counted_by_its_function_and_the_class_of_its_status()
    {
        var counted = new ConcurrentBag<(string Function, string Status)>();
        using var listener = CountCalls(counted);
        var busy = new BusyDatabase();
        await using var own = await LocalHostFixture.StartAsync(o => o with { Services = services => services.AroundDatabase(busy) });
        var brand = own.ClientFor("counted-brand");
        await brand.BecomeBrandAsync();

        await brand.ReadAsync("/api/connections?limit=78");
        await brand.SendAsync("/api/invites", new { creatorId = "nobody" });
        using var nobody = new HttpClient { BaseAddress = own.Url };
        await nobody.ReadAsync("/api/blocks");
        busy.IsBusy = true;
        await brand.ReadAsync("/api/me");

        foreach (var call in new[] { ("ListConnections", "2xx"), ("SendInvite", "4xx"), ("ListBlocks", "4xx"), ("ReadMyProfile", "5xx") })
        {
            // The answer can arrive before it is counted.
            Assert.True(
                await Calls.EventuallyAsync(() => Task.FromResult(counted.Contains(call)), found => found), $"{call} was not counted.");
        }
    }

    [Fact]
    public async Task An_answer_that_breaks_while_it_is_written_is_counted_as_a_failure()
    {
        var counted = new ConcurrentBag<(string Function, string Status)>();
        using var listener = CountCalls(counted);
        var context = new DefaultHttpContext { RequestServices = host.Services };
        context.Connection.RemoteIpAddress = IPAddress.Loopback;

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.GetRequiredService<HttpApi>().HandlePage(
                context.Request, _ => Task.FromResult<IResult>(new BrokenResult()), "GetContract.cs", nameof(GetContract.Run)));

        Assert.Contains((nameof(GetContract), "5xx"), counted);
    }

    [Fact]
    public async Task A_sweep_that_comes_to_its_end_is_counted_and_one_that_fails_is_not()
    {
        var busy = new BusyDatabase();
        await using var own = await LocalHostFixture.StartAsync(o => o with { Services = services => services.AroundDatabase(busy) });
        // Counted in this test's own run, because the timers of all hosts sweep too.
        var sweeps = 0;
        var here = new AsyncLocal<bool> { Value = true };
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument == Signals.Sweeps)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => sweeps += here.Value ? (int)value : 0);
        listener.Start();

        await ActivatorUtilities.CreateInstance<SweepOwed>(own.Services).Run(new(), default);
        Assert.Equal(1, sweeps);

        busy.IsBusy = true;
        await Assert.ThrowsAnyAsync<Exception>(() => ActivatorUtilities.CreateInstance<SweepOwed>(own.Services).Run(new(), default));
        Assert.Equal(1, sweeps);
    }

    private static MeterListener CountCalls(ConcurrentBag<(string Function, string Status)> counted) =>
        Measurements.Of(Signals.Calls, (_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString() ?? "", StringComparer.Ordinal);
            counted.Add((named["function"], named["status"]));
        });

    private static string TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length > 0 ? tags[0].Value?.ToString() ?? "" : "";

    private sealed class BrokenResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("The answer cannot be written.");
    }

    // Answers like an overloaded service.
    private sealed class BusyDatabase : RequestHandler
    {
        public bool IsBusy { get; set; }

        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken) =>
            IsBusy
                ? Task.FromResult(new ResponseMessage(HttpStatusCode.ServiceUnavailable, request))
                : base.SendAsync(request, cancellationToken);
    }
}
