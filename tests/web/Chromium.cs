using Connections.Local.Web;

namespace Connections.Tests.Web;

/// <summary>The browser for the browser tests.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    // A window whose address bar nobody sees need not load the two pages of its list of suggestions: they are half of the processor time of
    // a test. Nor does a test need a spare process for a page to come. Chromium heeds only the last list of features, so what Playwright
    // turns off is repeated.
    private static readonly string[] UnusedFeatures =
    [
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
        "AvoidUnnecessaryBeforeUnloadCheckSync", "BoundaryEventDispatchTracksNodeRemoval", "DestroyProfileOnBrowserClose",
        "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
        "ThirdPartyStoragePartitioning", "BlockOriginHeaderModificationOnRedirect", "Translate", "AutoDeElevate", "OptimizationHints",
    ];

    /// <summary>Why the browser tests are skipped; null if they run. In CI they always run, and fail with the reason.</summary>
    public static string? ReasonToSkip => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? Missing() : null;

    /// <summary>What this machine lacks for the browser tests; null if nothing is missing.</summary>
    public static string? Missing() => (Path, HasNode) switch
    {
        (null, _) => "There is no Chromium: install it (apt install chromium), or name it in the environment variable CHROMIUM.",
        ({ } path, _) when !File.Exists(path) => $"The environment variable CHROMIUM names {path}, which is not there.",
        (_, false) => $"There is no Node to build the web client with: install Node {NodeTools.Oldest} or later, with npm.",
        _ => null,
    };

    /// <summary>The path of the browser's executable; null if there is none.</summary>
    public static string? Path { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : NodeTools.Find(SearchPath, Names);

    /// <summary>The arguments of the browser, beside Playwright's.</summary>
    public static IReadOnlyList<string> Arguments { get; } = [$"--disable-features={string.Join(',', UnusedFeatures)}"];

    private static bool HasNode => NodeTools.Find(SearchPath, NodeTools.NodeNames) is not null;

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";
}
