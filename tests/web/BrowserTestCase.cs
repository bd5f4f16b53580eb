using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Connections.Tests.Web;

/// <summary>A browser test. It fails if a page logs an error, and saves a screenshot and trace of each person on failure.</summary>
public sealed class BrowserTestCase : XunitTestCase
{
    /// <summary>For xunit's deserialization.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit only.")]
    public BrowserTestCase()
    {
    }

    /// <summary>A test method, with a row of data if it has parameters.</summary>
    public BrowserTestCase(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method, object[]? arguments)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, arguments)
    {
    }

    /// <inheritdoc/>
    protected override void Initialize()
    {
        base.Initialize();
        if (!Traits.TryGetValue("Category", out var categories))
        {
            Traits.Add("Category", categories = []);
        }

        categories.Add("Browser");
    }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        await using var run = BrowserRun.Begin(DisplayName);
        var results = new Results(messageBus, run);
        var summary = await base.RunAsync(diagnosticMessageSink, results, constructorArguments, aggregator, cancellationTokenSource);
        summary.Failed += results.FailedAfterAll;
        if (summary.Failed > 0)
        {
            await run.SaveAsync();
        }

        return summary;
    }

    // Passes xunit's messages about the test on to the runner.
    private sealed class Results(IMessageBus next, BrowserRun run) : IMessageBus
    {
        /// <summary>Tests whose assertions passed but whose pages logged errors.</summary>
        public int FailedAfterAll { get; private set; }

        public bool QueueMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestPassed passed when run.Errors is { Count: > 0 }:
                    FailedAfterAll++;
                    return next.QueueMessage(new TestFailed(
                        passed.Test,
                        passed.ExecutionTime,
                        passed.Output,
                        [nameof(BrowserRun)],
                        [run.FailureReport("Pages logged errors.")],
                        [null],
                        [-1]));
                case ITestFailed failed:
                    return next.QueueMessage(new TestFailed(
                        failed.Test,
                        failed.ExecutionTime,
                        failed.Output,
                        failed.ExceptionTypes,
                        [run.FailureReport(failed.Messages[0]), .. failed.Messages[1..]],
                        failed.StackTraces,
                        failed.ExceptionParentIndices));
                default:
                    return next.QueueMessage(message);
            }
        }

        public void Dispose()
        {
            // xunit owns the inner message bus.
        }
    }
}
