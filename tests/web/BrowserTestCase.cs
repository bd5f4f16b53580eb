using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Connections.Tests.Web;

/// <summary>A browser test: it fails when a page logged an error, and leaves what each person saw when it fails.</summary>
public sealed class BrowserTestCase : XunitTestCase
{
    /// <summary>For xunit, which makes test cases from what it has written down.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit only.")]
    public BrowserTestCase()
    {
    }

    /// <summary>A test of a method, with a row of data where it has parameters.</summary>
    public BrowserTestCase(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method, object[]? arguments)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, arguments)
    {
    }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        await using var run = BrowserRun.Begin(DisplayName);
        var results = new Results(messageBus, run);
        var summary = await base.RunAsync(diagnosticMessageSink, results, constructorArguments, aggregator, cancellationTokenSource);
        summary.Failed += results.FailedAfterAll;
        if (summary.Failed > 0)
        {
            await run.KeepAsync();
        }

        return summary;
    }

    // What xunit tells of the test on its way to whoever runs the tests.
    private sealed class Results(IMessageBus next, BrowserRun run) : IMessageBus
    {
        /// <summary>Tests that passed by what they asserted but not by what their pages logged.</summary>
        public int FailedAfterAll { get; private set; }

        public bool QueueMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestPassed passed when run.Errors is { Count: > 0 }:
                    FailedAfterAll++;
                    return next.QueueMessage(new TestFailed(passed.Test, passed.ExecutionTime, passed.Output, [nameof(BrowserRun)], [run.Story("Pages logged errors.")], [null], [-1]));
                case ITestFailed failed:
                    return next.QueueMessage(new TestFailed(
                        failed.Test, failed.ExecutionTime, failed.Output, failed.ExceptionTypes, [run.Story(failed.Messages[0]), .. failed.Messages[1..]], failed.StackTraces, failed.ExceptionParentIndices));
                default:
                    return next.QueueMessage(message);
            }
        }

        public void Dispose()
        {
            // The one that it passes messages on to belongs to xunit.
        }
    }
}
