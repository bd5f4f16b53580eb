using Connections.Tests;
using Connections.Tests.Web;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Connections.Tests.LongestFirst", "Connections.Tests")]

namespace Connections.Tests;

/// <summary>Starts the browser tests first: they take longest and mostly wait, so they must not begin last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(tests => !tests.DisplayName.StartsWith(WebClientFixture.Prefix, StringComparison.Ordinal))
        .ThenBy(tests => tests.DisplayName, StringComparer.Ordinal);
}
