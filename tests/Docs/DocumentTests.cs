using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Docs;

/// <summary>Documents name only paths, commands, settings and tests that exist.</summary>
public sealed partial class DocumentTests
{
    // The changelog names files as they were called at the time.
    private static readonly IReadOnlyList<Document> Current = [.. Document.All.Where(document => document.Path != "CHANGELOG.md")];

    private static readonly IReadOnlyList<string> Commands = [".ci/run", ".github/workflows/ci.yml", ".vscode/tasks.json"];

    [Fact]
    public void Every_path_that_a_document_names_exists()
    {
        var folders = Directory.EnumerateDirectories(Repository.Root).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var named = (from document in Current
                     from code in document.Code
                     where RepositoryPath().IsMatch(code) && folders.Contains(code.Split('/')[0]) && !BuildOutput().IsMatch(code)
                     select (document, code)).ToList();

        Assert.True(named.Count >= 40, $"Only {named.Count} paths were found in the documents.");
        var missing = named.Where(name => !Path.Exists(Path.Combine(Repository.Root, name.code)));
        Assert.Empty(missing.Select(name => $"{name.document}: {name.code}"));
    }

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var links = (from document in Document.All
                     from link in document.Links
                     where !link.Contains("://", StringComparison.Ordinal)
                     select (document, link)).ToList();

        Assert.Contains(links, link => link.link == "docs/images/explore.png");
        Assert.Empty(links.Where(link => !Leads(link.document, link.link)).Select(link => $"{link.document}: {link.link}"));
    }

    [Fact]
    public void Every_test_class_that_a_document_names_exists()
    {
        var named = Current.SelectMany(document => document.Code).Where(code => TestClass().IsMatch(code))
            .Distinct(StringComparer.Ordinal).ToList();

        Assert.True(named.Count >= 15, $"Only {named.Count} test classes were found in the documents.");
        Assert.Empty(named.Except(typeof(DocumentTests).Assembly.GetTypes().Select(type => type.Name), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_and_npm_script_in_a_command_exists()
    {
        var text = string.Join('\n', Current.Select(document => document.Text)
            .Concat(Commands.Select(file => File.ReadAllText(Path.Combine(Repository.Root, file)))));
        var projects = Project().Matches(text).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();
        var scripts = NpmScript().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "web", "package.json")))!;

        Assert.Contains("tests/Soak", projects);
        Assert.All(projects, path => Assert.NotEmpty(Directory.GetFiles(Path.Combine(Repository.Root, path), "*.csproj")));
        Assert.Contains("lint", scripts);
        Assert.Empty(scripts.Except(package["scripts"]!.AsObject().Select(script => script.Key), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_the_code_reads_is_listed_and_every_listed_one_is_read()
    {
        var listed = Document.Read("docs/settings.md").Code.Where(code => SettingName().IsMatch(code)).ToHashSet(StringComparer.Ordinal);
        var functions = string.Join('\n', Repository.Sources("functions"));
        var read = SettingRead().Matches(functions)
            .Select(match => match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("Invites__PerDay", read);
        Assert.Empty(read.Except(listed, StringComparer.Ordinal));

        var modules = Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "modules"), "*.bicep").Select(File.ReadAllText);
        var everything = string.Join('\n', Repository.Sources("local").Append(functions).Concat(modules));
        Assert.All(listed, name => Assert.True(
            everything.Contains(name, StringComparison.Ordinal)
                || everything.Contains(name.Replace("__", ":", StringComparison.Ordinal), StringComparison.Ordinal),
            $"Nothing reads {name}."));
    }

    [Fact]
    public void Every_default_of_a_number_is_the_deployed_one()
    {
        var deployed = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "settings.json")))!.AsObject();
        var lines = Document.Read("docs/settings.md").Text.Split('\n');
        var numbers = (from cells in lines.Select(line => line.Split('|')).Where(cells => cells.Length > 3)
                       from pair in SettingInRow().Matches(cells[1]).Select(match => match.Groups["name"].Value).Zip(cells[2].Split(", "))
                       where int.TryParse(deployed[pair.First]?.ToString(), out _)
                       select (Name: pair.First, Listed: pair.Second.Trim().Replace(",", "", StringComparison.Ordinal))).ToList();

        Assert.True(numbers.Count >= 20, $"Only {numbers.Count} numbers were found.");
        Assert.All(numbers, number => Assert.Equal((number.Name, deployed[number.Name]!.ToString()), number));
    }

    private static bool Leads(Document from, string link)
    {
        var (path, anchor) = link.Split('#') is [var p, var a] ? (p, a) : (link, null);
        var target = path.Length == 0 ? from.Path : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(from.Path)!, path));
        return Path.Exists(Path.Combine(Repository.Root, target)) && (anchor is null || Document.Read(target).Anchors.Contains(anchor));
    }

    [GeneratedRegex(@"^[\w.-]+/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("/TestResults/|/dist|/node_modules")]
    private static partial Regex BuildOutput();

    [GeneratedRegex("^[A-Z][A-Za-z]*Tests$")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"--project (?<path>[\w/]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Project();

    [GeneratedRegex(@"npm (--prefix web )?run (?<name>[\w:]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex NpmScript();

    [GeneratedRegex("^[A-Z][A-Za-z]+__[A-Za-z]+$")]
    private static partial Regex SettingName();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+__[A-Za-z]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex SettingInRow();

    [GeneratedRegex(
        @"((Number|Duration|Required|Url|EmailAddress|Named|Words|Switch)\(\s*|Read\(configuration,\s*)""(?<name>[A-Za-z]+:[A-Za-z]+)""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex SettingRead();
}
