using Connections.Tests;
using Connections.Tests.Web;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Connections.Tests.LongestFirst", "Connections.Tests")]

namespace Connections.Tests;

/// <summary>Starts the browser tests first: they run one at a time and take longest, so they must not begin last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(tests => tests.DisplayName != WebClientFixture.Collection)
        .ThenBy(tests => tests.DisplayName, StringComparer.Ordinal);
}
