using Connections.Tests;
using Connections.Tests.Web;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Connections.Tests.LongestFirst", "Connections.Tests")]

namespace Connections.Tests;

/// <summary>The browser tests, which run one after the other and take longest, begin first: at the end no core waits for them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(tests => tests.DisplayName != WebClientFixture.Collection)
        .ThenBy(tests => tests.DisplayName, StringComparer.Ordinal);
}
