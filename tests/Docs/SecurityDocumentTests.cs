using System.Text.RegularExpressions;
using Connections.Tests.Functions.Access;

namespace Connections.Tests.Docs;

/// <summary>The document on security names folders that have tests, and figures that are true.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Text = Document.Read("docs/security.md").Text;

    [Fact]
    public void Every_folder_that_it_names_has_tests()
    {
        var folders = Folder().Matches(Text).Select(match => match.Groups["path"].Value)
            .Concat(["tests/functions/Chat", "tests/functions/Safety"]).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(folders.Count >= 6, string.Join(' ', folders));
        Assert.All(
            folders.Where(folder => folder != "tests/Soak"),
            folder => Assert.Contains("[Fact]", string.Join('\n', Repository.Sources(folder)), StringComparison.Ordinal));
    }

    [Fact]
    public void The_matrix_is_as_large_as_it_says()
    {
        var (rows, tokens, callers) = (AccessTable.Rows.Count, BadTokens.All.Count, AccessTable.Callers.Count);
        Assert.Contains($"by {tokens + callers} callers ({tokens} tokens", Text, StringComparison.Ordinal);
        Assert.Contains($"{rows} rows, {rows * (tokens + callers)} cells", Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("`(?<path>tests/[A-Za-z/]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Folder();
}
