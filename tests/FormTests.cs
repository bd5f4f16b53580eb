using System.Globalization;
using System.Text.RegularExpressions;

namespace Connections.Tests;

/// <summary>The sources follow the rules of <c>.editorconfig</c> that no formatter checks.</summary>
public sealed partial class FormTests
{
    private static readonly string[] Written = [".bicep", ".cs", ".css", ".js", ".mjs", ".ts", ".tsx", ".yaml", ".yml"];
    private static readonly string[] Generated = ["bin", "dist", "node_modules", "obj", "TestResults"];

    [Fact]
    public void No_line_is_longer_than_declared()
    {
        var limits = Limits();
        var files = FilesBelow(Repository.Root).ToList();
        Assert.True(files.Count > 500, $"Only {files.Count} source files were found.");
        var tooLong =
            from file in files
            let limit = limits.LastOrDefault(limit => limit.Files.IsMatch(Path.GetFileName(file))).Length
            where limit is not null
            from line in Lines(file)
            where line.Text.Length > limit && !line.IsRaw
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}: {line.Text.Length} characters, at most {limit}";
        Assert.Equal("", string.Join('\n', tooLong.Order(StringComparer.Ordinal)));
    }

    // A line of a raw string, and in TypeScript one that begins with a string or an expression, cannot be broken without changing its text.
    private static IEnumerable<(string Text, int Number, bool IsRaw)> Lines(string file)
    {
        var (isInside, number) = (false, 0);
        foreach (var text in File.ReadLines(file))
        {
            var fences = text.Split("\"\"\"").Length - 1;
            var isLiteral = !file.EndsWith(".cs", StringComparison.Ordinal) && Literal().IsMatch(text);
            yield return (text, ++number, isLiteral || isInside || fences > 0);
            isInside ^= fences % 2 == 1;
        }
    }

    // The line limits by section in the order of .editorconfig, where the last match decides. Null stands for "off".
    private static List<(Regex Files, int? Length)> Limits()
    {
        var limits = new List<(Regex, int?)>();
        var section = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, ".editorconfig")).Select(line => line.Trim()))
        {
            if (line is ['[', .. var pattern, ']'])
            {
                section = pattern;
            }
            else if (line.Split('=', 2, StringSplitOptions.TrimEntries) is ["max_line_length", var length])
            {
                limits.Add((Matcher(section), length == "off" ? null : int.Parse(length, CultureInfo.InvariantCulture)));
            }
        }

        return limits;
    }

    // Supports the patterns that this .editorconfig uses: * and {a,b}.
    private static Regex Matcher(string pattern)
    {
        var expression = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\{", "(", StringComparison.Ordinal).Replace("}", ")", StringComparison.Ordinal).Replace(',', '|');
        return new Regex($"^{expression}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"^\s*(<\w+>)?(\{|: |\? )?(['""`]|/(?![/*]))")]
    private static partial Regex Literal();

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) != "schema.d.ts" && Written.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .Concat(Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(FilesBelow));

    // The only hidden folder with sources is .github; the others belong to tools.
    private static bool IsSource(string folder) =>
        Path.GetFileName(folder) is var name
        && (name == ".github" || name[0] != '.')
        && !Generated.Contains(name, StringComparer.Ordinal);
}
