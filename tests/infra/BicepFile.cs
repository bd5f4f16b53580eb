using System.Text.RegularExpressions;

namespace Connections.Tests.Infra;

/// <summary>What a test needs to know of a Bicep file, from its text: the lines of the formatter's own style, not the whole language.</summary>
internal sealed partial class BicepFile(string path)
{
    public string Text { get; } = File.ReadAllText(path);

    public string Name => Path.GetFileName(path);

    public static string Folder { get; } = Path.Combine(Repository.Root, "infra");

    public static BicepFile Main { get; } = new(Path.Combine(Folder, "main.bicep"));

    public static IReadOnlyList<BicepFile> Modules { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "modules"), "*.bicep").Order(StringComparer.Ordinal).Select(file => new BicepFile(file))];

    public static BicepFile Module(string name) => Modules.Single(module => module.Name == name + ".bicep");

    /// <summary>The parameters, each with the decorators above it.</summary>
    public IEnumerable<Declaration> Parameters => Declarations(Parameter());

    /// <summary>The outputs, each with the decorators above it.</summary>
    public IEnumerable<Declaration> Outputs => Declarations(Output());

    /// <summary>Each resource's symbolic name, type and text.</summary>
    public IEnumerable<(string Name, string Type, string Body)> Resources =>
        TopResource().Matches(Text).Select(match => (match.Groups["name"].Value, match.Groups["type"].Value, match.Groups["body"].Value));

    /// <summary>The names that an object literal sets, such as the app settings of <c>hostSettings</c>.</summary>
    public IReadOnlyList<string> NamesIn(string beginning, string end)
    {
        var start = Text.IndexOf(beginning, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Name} has no '{beginning}'.");
        var stop = Text.IndexOf(end, start, StringComparison.Ordinal);
        return [.. SettingName().Matches(Text[start..stop]).Select(match => match.Groups["name"].Value)];
    }

    private IEnumerable<Declaration> Declarations(Regex regex) =>
        regex.Matches(Text).Select(match => new Declaration(match.Groups["name"].Value, match.Groups["decorators"].Value, match.Groups["rest"].Value));

    /// <summary>A parameter or an output.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Decorators">The lines above it.</param>
    /// <param name="Rest">Its type, and its default or value.</param>
    internal sealed record Declaration(string Name, string Decorators, string Rest);

    [GeneratedRegex(@"(?<decorators>(^@.*\n)*)^param (?<name>\w+) (?<rest>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<decorators>(^@.*\n)*)^output (?<name>\w+) (?<rest>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Output();

    [GeneratedRegex(@"^resource (?<name>\w+) '(?<type>[^'@]+)@[^']+' = (?<body>.*?^(\}|\}\]))$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex TopResource();

    [GeneratedRegex(@"^ +(?<name>[A-Za-z_]+): ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SettingName();
}
