using Microsoft.Azure.Functions.Worker;

namespace Connections.Tests.Local.Worker;

/// <summary>The functions that the tests run.</summary>
public sealed partial class FeedTriggerTests
{
    public sealed record Thing(string Id, Colour Colour);

    public sealed class Recording(Probe probe)
    {
        [Function("Recording")]
        public Task Run([CosmosDBTrigger("feeds", "things", FeedPollDelay = 50, StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record(changed);
            return Task.CompletedTask;
        }
    }

    public sealed class Twins(Probe probe)
    {
        [Function("One")]
        public Task One(
            [CosmosDBTrigger(
                "feeds", "things", LeaseContainerPrefix = "one", FeedPollDelay = 50,
                StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record("one " + changed[0].Id);
            return Task.CompletedTask;
        }

        [Function("Two")]
        public Task Two(
            [CosmosDBTrigger(
                "feeds", "things", LeaseContainerPrefix = "two", FeedPollDelay = 50,
                StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record("two " + changed[0].Id);
            return Task.CompletedTask;
        }
    }

    public sealed class InPairs(Probe probe)
    {
        [Function("InPairs")]
        public Task Run(
            [CosmosDBTrigger(
                "feeds", "things", FeedPollDelay = 50, MaxItemsPerInvocation = 2, StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record(changed);
            return Task.CompletedTask;
        }
    }

    public sealed class FailingTwice(Probe probe, RunCount count)
    {
        [Function("FailingTwice")]
        [FixedDelayRetry(-1, "00:00:00.01")]
        public Task Run([CosmosDBTrigger("feeds", "things", FeedPollDelay = 50, StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            var run = count.Next();
            probe.Record($"{Assert.Single(changed).Id} {run}");
            return run < 3 ? throw new InvalidOperationException("The first two runs fail.") : Task.CompletedTask;
        }
    }

    public sealed class FailingOnBad(Probe probe)
    {
        [Function("FailingOnBad")]
        [ExponentialBackoffRetry(2, "00:00:00.01", "00:00:00.02")]
        public Task Run([CosmosDBTrigger("feeds", "things", FeedPollDelay = 50, StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record(Assert.Single(changed).Id);
            return changed[0].Id == "bad" ? throw new InvalidOperationException("The document is bad.") : Task.CompletedTask;
        }
    }

    public sealed class FailingForHours(Probe probe)
    {
        [Function("FailingForHours")]
        [FixedDelayRetry(-1, "01:00:00")]
        public Task Run([CosmosDBTrigger("feeds", "things", FeedPollDelay = 50, StartFromBeginning = true)] IReadOnlyList<Thing> changed)
        {
            probe.Record(changed[0].Id);
            throw new InvalidOperationException("The function fails.");
        }
    }

    public sealed class Hanging(Probe probe)
    {
        [Function("Hanging")]
        public Task Run(
            [CosmosDBTrigger("feeds", "things", FeedPollDelay = 50, StartFromBeginning = true)] IReadOnlyList<Thing> changed,
            CancellationToken ct)
        {
            probe.Record(changed);
            return Task.Delay(Timeout.InfiniteTimeSpan, ct);
        }
    }
}
