using System.Text.Json;
using Connections.Local;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>Checks a page with axe-core.</summary>
public static class Accessibility
{
    // WCAG 2.2 A and AA, and axe's best practices.
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", BestPractice];

    private const string BestPractice = "best-practice";

    // The rules that colours can break. All others ask for the same in light and dark mode.
    private static readonly string[] ColourRules = ["color-contrast", "link-in-text-block"];

    private const int Narrowest = 320;

    private static readonly Lazy<Task<string>> Axe = new(ReadAsync);

    /// <summary>Fails with a readable list if axe finds a violation on the current page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isEmail">Whether it is an email, which its reader's page surrounds: the landmarks are that page's.</param>
    public static Task AssertAccessibleAsync(this IPage page, bool isEmail = false) =>
        AssertAsync(page, "tag", Rules.Where(rule => !isEmail || rule != BestPractice));

    /// <summary>
    /// Fails if the current page is not accessible: if axe finds a violation in light or dark mode, or, on a phone,
    /// if anything needs horizontal scrolling at the narrowest width (WCAG 1.4.10).
    /// </summary>
    public static async Task AssertForEverybodyAsync(this IPage page, bool isEmail = false)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await AssertAsync(page, "rule", ColourRules);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.AssertAccessibleAsync(isEmail);

        if (page.ViewportSize is { Width: < 600 } phone)
        {
            await page.SetViewportSizeAsync(Narrowest, phone.Height);
            Assert.Equal(Narrowest, await page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)"));
            await page.SetViewportSizeAsync(phone.Width, phone.Height);
        }
    }

    // Fails if axe finds a violation of its rules with these tags (type "tag"), or of these rules ("rule").
    private static async Task AssertAsync(IPage page, string type, IEnumerable<string> values)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            // Evaluated, because the page's policy forbids script tags.
            await page.EvaluateAsync(await Axe.Value);
        }

        // Without preload: it copies styles that are still loading into a document of its own, which the page's policy forbids.
        var found = await page.EvaluateAsync<JsonElement>(
            "runOnly => axe.run(document, { preload: false, runOnly, resultTypes: ['violations'] }).then(results => results.violations)",
            new { type, values });
        var violations = found.EnumerateArray().Select(Words).ToList();
        Assert.True(
            violations is [],
            $"{violations.Count} accessibility violations on {page.Url} "
                + $"({await page.EvaluateAsync<string>("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")}):\n"
            + string.Join('\n', violations));
    }

    private static string Words(JsonElement violation) => string.Join(
        '\n',
        [
            $"- {violation.GetProperty("id")} ({violation.GetProperty("impact")}): {violation.GetProperty("help")}. "
                + $"{violation.GetProperty("helpUrl")}",
            .. violation.GetProperty("nodes").EnumerateArray().Select(node =>
                $"    {node.GetProperty("target")}: {node.GetProperty("html")}\n      "
                    + $"{node.GetProperty("failureSummary").GetString()?.Replace("\n", "\n      ", StringComparison.Ordinal)}"),
        ]);

    private static Task<string> ReadAsync()
    {
        var file = Path.Combine(RepositoryFolder.Find() ?? "", "web", "node_modules", "axe-core", "axe.min.js");
        Assert.True(File.Exists(file), $"{file} is missing: run npm ci in web/.");
        return File.ReadAllTextAsync(file);
    }
}
