using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Connections.FollowUp;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Functions.Telemetry;

/// <summary>One trace leads from a call through the change feed and the queue to the email; each
/// span has the name of its function.</summary>
public sealed class TracesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task One_trace_leads_from_an_invite_to_its_email()
    {
        using var spans = new Spans();
        var brand = host.ClientFor("trace-brand");
        await brand.BecomeBrandAsync();
        await host.ClientFor("trace-creator").BecomeCreatorAsync("Trace", "trace");

        await brand.SendAsync("/api/invites", new { creatorId = "trace-creator" });
        await host.MailAsync("trace-creator@example.com");

        var trace = await spans.EventuallyAsync("SendInvite", "OnConnectionChanged", "SendNotice", "email");
        Assert.Equal(trace["SendInvite"].SpanId, trace["OnConnectionChanged"].ParentSpanId);
        Assert.NotEqual(default, trace["SendNotice"].ParentSpanId);
    }

    [Fact]
    public async Task One_trace_leads_from_a_report_to_its_mail()
    {
        using var spans = new Spans();
        var (brand, creator) = (host.ClientFor("trail-brand"), host.ClientFor("trail-creator"));
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync("Trail", "trail");
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "trail-creator" }))["id"];
        await creator.SendAsync($"/api/invites/{id}/accept");

        await brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "1", text = "Hello" });
        await creator.SendAsync("/api/reports", new { connectionId = id, seq = 1, reason = "spam" });

        await spans.EventuallyAsync("SendReport", "SendNotice");
    }

    [Fact]
    public async Task Accept_decline_and_revoke_can_be_told_apart()
    {
        using var spans = new Spans();
        var brand = host.ClientFor("apart-brand");
        await brand.BecomeBrandAsync();
        foreach (var (creator, answer) in new[] { ("apart-one", "accept"), ("apart-two", "decline"), ("apart-three", "") })
        {
            await host.ClientFor(creator).BecomeCreatorAsync(creator, creator);
            var id = (await brand.SendAsync("/api/invites", new { creatorId = creator }))["id"];
            _ = answer.Length > 0
                ? await host.ClientFor(creator).SendAsync($"/api/invites/{id}/{answer}")
                : await brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}");
        }

        foreach (var name in new[] { "AcceptInvite", "DeclineInvite", "RevokeInvite" })
        {
            await spans.EventuallyAsync(name);
        }
    }

    [Fact]
    public void Every_function_has_a_name_in_telemetry_that_its_file_and_method_give()
    {
        var functions = from type in typeof(Signals).Assembly.GetTypes()
                        from method in type.GetMethods()
                        let function = method.GetCustomAttribute<FunctionAttribute>()
                        where function is not null
                        select (type, method, function.Name);
        Assert.True(functions.Count() > 40);
        Assert.All(functions, function =>
        {
            Assert.Equal(function.Name, FunctionNames.Of($"/any/where/{function.type.Name}.cs", function.method.Name));
            Assert.True(File.Exists(Assert.Single(
                Directory.GetFiles(Path.Combine(Repository.Root, "functions"), function.type.Name + ".cs", SearchOption.AllDirectories))));
        });
        Assert.Throws<InvalidOperationException>(() => FunctionNames.Of("Signals.cs", "Outside"));
    }

    /// <summary>The app's spans, as they end.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Signals.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Waits for a trace that begins with a call and holds the named spans. Hosts of other tests
        /// may make calls of the same name.</summary>
        public async Task<Dictionary<string, Activity>> EventuallyAsync(string call, params string[] effects) =>
            await Calls.EventuallyAsync(() => Task.FromResult(Find(call, effects)), found => found is not null)
            ?? throw new TimeoutException($"No trace leads from {call} to {string.Join(" and ", effects)}.");

        public void Dispose() => _listener.Dispose();

        private Dictionary<string, Activity>? Find(string call, string[] effects) => _ended
            .GroupBy(span => span.TraceId)
            .Where(trace => trace.Any(span => span.OperationName == call && span.Kind == ActivityKind.Server))
            .Select(trace => trace.DistinctBy(span => span.OperationName).ToDictionary(span => span.OperationName))
            .FirstOrDefault(trace => effects.All(trace.ContainsKey));
    }
}
