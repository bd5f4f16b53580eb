namespace Connections.Tests.Infra;

/// <summary>The Bicep files as text. Their result is a <see cref="Deployment"/>.</summary>
internal sealed class BicepFile(string path)
{
    public string Text { get; } = File.ReadAllText(path);

    public string Name => Path.GetFileName(path);

    public static string Folder { get; } = Path.Combine(Repository.Root, "infra");

    public static string MainPath { get; } = Path.Combine(Folder, "main.bicep");

    public static IReadOnlyList<BicepFile> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file => new BicepFile(file))];
}
