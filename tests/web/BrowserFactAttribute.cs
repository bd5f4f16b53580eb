using Xunit.Abstractions;
using Xunit.Sdk;

namespace Connections.Tests.Web;

/// <summary>A test in a real browser. Skipped with the reason if Chromium or Node is missing, but never in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Connections.Tests.Web.BrowserFactDiscoverer", "Connections.Tests")]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>A test without parameters.</summary>
    public BrowserFactAttribute() => Skip = Chromium.ReasonToSkip;
}

/// <summary>Like <see cref="BrowserFactAttribute"/>, once for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Connections.Tests.Web.BrowserTheoryDiscoverer", "Connections.Tests")]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>A test with parameters.</summary>
    public BrowserTheoryAttribute() => Skip = Chromium.ReasonToSkip;
}

/// <summary>Discovers the test of a <see cref="BrowserFactAttribute"/>.</summary>
public sealed class BrowserFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new BrowserTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, arguments: null);
}

/// <summary>Discovers the tests of a <see cref="BrowserTheoryAttribute"/>.</summary>
public sealed class BrowserTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        [new BrowserTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, dataRow)];
}
