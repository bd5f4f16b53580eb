using Connections.Local.Web;

namespace Connections.Tests.Web;

/// <summary>The browser on this machine that the browser tests drive.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    /// <summary>Why the browser tests are skipped; null where they run. In CI they always run, and fail with the reason.</summary>
    public static string? ReasonToSkip => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? Missing() : null;

    /// <summary>What the browser tests need and this machine has not; null where it has all.</summary>
    public static string? Missing() => (Path, HasNode) switch
    {
        (null, _) => "There is no Chromium: install it (apt install chromium), or name it in the environment variable CHROMIUM.",
        ({ } path, _) when !File.Exists(path) => $"The environment variable CHROMIUM names {path}, which is not there.",
        (_, false) => $"There is no Node to build the web client with: install Node {NodeTools.Oldest} or later, with npm.",
        _ => null,
    };

    /// <summary>The browser's program; null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : NodeTools.Find(SearchPath, Names);

    private static bool HasNode => NodeTools.Find(SearchPath, NodeTools.NodeNames) is not null;

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";
}
