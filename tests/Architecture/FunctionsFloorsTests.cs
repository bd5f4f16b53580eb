using System.Text.RegularExpressions;
using Connections.Cosmos;

namespace Connections.Tests.Architecture;

public sealed partial class FunctionsFloorsTests
{
    // Each folder of functions/, and the folders that it may use.
    private const string Allowed = """
        (composition): Account Clients FollowUp Email Moderation Safety Health Changes Chat Invites Creators Members Files Http Limits Cosmos Telemetry
        Account: Email Moderation Safety Chat Invites Creators Members Files Http Cosmos (root)
        Clients: Safety Chat Invites Creators Files Http Settings
        FollowUp: Moderation Safety Chat Invites Creators Members Files Notices Limits Cosmos (root) Telemetry
        Email: Safety Chat Invites Members Http Notices Limits Cosmos (root) Telemetry Settings
        Moderation: Safety Chat Invites Members Files Http Notices Cosmos (root) Telemetry Settings
        Safety: Chat Invites Members Files Http Notices Limits Cosmos (root) Telemetry Settings
        Health: Chat Members Files Http Notices Cosmos (root)
        Changes: Chat Invites Members Http (root) Settings
        Chat: Invites Members Files Http Notices Limits Cosmos (root) Telemetry Settings
        Invites: Members Http Notices Limits Cosmos (root) Telemetry Settings
        Creators: Members Http Limits Cosmos (root) Telemetry Settings
        Members: Files Http Notices Cosmos (root) Telemetry Settings
        Http: Cosmos (root) Telemetry Settings
        Files: Http Limits Cosmos (root) Telemetry Settings
        Notices: (root) Telemetry Settings
        Limits: Cosmos (root)
        Cosmos: (root) Telemetry
        """;

    private static readonly IReadOnlyList<Arrow> Arrows = Floors.Of(typeof(Containers).Assembly, "Connections", "ConnectionsApp");

    [Fact]
    public void The_folders_of_the_functions_use_each_other_as_the_table_says()
    {
        var differences = Floors.Differences(Arrows, Floors.Table(Allowed));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Every_arrow_leads_to_a_lower_floor_of_the_picture()
    {
        var floors = Picture();
        Assert.Empty(
            Arrows.Where(arrow => arrow.From != Floors.Composition && floors[arrow.From] <= floors[arrow.To]).Select(arrow => $"{arrow}"));
    }

    [Fact]
    public void The_picture_has_every_folder_once_and_no_other()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions"))
            .Select(folder => Path.GetFileName(folder))
            .Except(["Azure", "bin", "obj"])
            .Append(Floors.Root);
        Assert.Equal(folders.Order(StringComparer.Ordinal), Picture().Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The floor of each folder, from the picture in <c>docs/architecture.md</c>: a line is a floor, its number first.</summary>
    private static Dictionary<string, int> Picture()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var picture = document.Split("## Floors")[1].Split("```")[1];
        return (
            from line in picture.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let floor = int.Parse(line[..2].Trim())
            from Match folder in FolderName().Matches(line[2..])
            select (folder.Value, floor)).ToDictionary(pair => pair.Value, pair => pair.floor);
    }

    // What a folder holds is said in lower case.
    [GeneratedRegex(@"\(root\)|\b[A-Z]\w+")]
    private static partial Regex FolderName();
}
