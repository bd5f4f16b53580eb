using System.Text.RegularExpressions;

namespace Connections.Tests;

/// <summary>What the document on security names is there: tests, folders of tests, and figures that can be counted.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var named = Test().Matches(Text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(named.Count >= 10, string.Join(' ', named));
        var there = typeof(SecurityDocumentTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], named.Except(there));
    }

    [Fact]
    public void Every_folder_that_it_names_has_tests()
    {
        var folders = Folder().Matches(Text).Select(match => match.Groups["path"].Value).Concat(["tests/functions/Chat", "tests/functions/Safety"]).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(folders.Count >= 6, string.Join(' ', folders));
        Assert.All(folders.Where(folder => folder != "tests/Soak"), folder => Assert.Contains("[Fact]", string.Join('\n', Repository.Sources(folder)), StringComparison.Ordinal));
    }

    [Fact]
    public void The_matrix_is_as_large_as_it_says()
    {
        var (rows, tokens, callers) = (Functions.Access.AccessTable.Rows.Count, Functions.Access.BadTokens.All.Count, Functions.Access.AccessTable.Callers.Count);
        Assert.Contains($"by {tokens + callers} callers ({tokens} tokens", Text, StringComparison.Ordinal);
        Assert.Contains($"{rows} rows, {rows * (tokens + callers)} cells", Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*Tests)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();

    [GeneratedRegex("`(?<path>tests/[A-Za-z/]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Folder();
}
