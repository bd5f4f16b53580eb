using System.Text.RegularExpressions;

namespace Connections.Tests.Docs;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Path">Its path from the root.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record Document(string Path, string Text)
{
    /// <summary>The documents for readers: those at the root, and <c>docs/</c>.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Read(System.IO.Path.GetRelativePath(Repository.Root, file))),
    ];

    /// <summary>The text outside fenced blocks.</summary>
    public string Prose => Block().Replace(Text, "");

    /// <summary>The text of the fenced blocks.</summary>
    public IEnumerable<string> Blocks => Block().Matches(Text).Select(match => match.Groups["text"].Value);

    /// <summary>What the prose has in backticks.</summary>
    public IEnumerable<string> Code => Backticks().Matches(Prose).Select(match => match.Groups["text"].Value);

    /// <summary>The targets of its links and pictures.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose)
        .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Reads a document by its path from the root.</summary>
    public static Document Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    /// <inheritdoc/>
    public override string ToString() => Path;

    [GeneratedRegex(@"^```\w*\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Backticks();

    [GeneratedRegex(@"(\]\(|<img src="")(?<target>[^)""\s]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
