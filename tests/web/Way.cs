using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>What was seen of a list on the way through it.</summary>
internal sealed record Way
{
    /// <summary>The most rows that were rendered at once.</summary>
    public int Most { get; private set; }

    /// <summary>How many looks there were.</summary>
    public int Steps { get; private set; }

    /// <summary>How often nothing was in view.</summary>
    public int Blank { get; private set; }

    /// <summary>Scrolls with the wheel until what is looked for is in view. A slow machine only has to get on.</summary>
    /// <param name="page">The page, with the pointer over what is scrolled.</param>
    /// <param name="by">How far a step goes down, in CSS pixels; up if negative.</param>
    /// <param name="look">A function of the page: the rows that are rendered, the number of the one furthest on the way, whether nothing
    /// is in view, and whether this is the end.</param>
    /// <exception cref="TimeoutException">No further row came.</exception>
    public static async Task<Way> ScrollAsync(IPage page, int by, string look)
    {
        var way = new Way();
        var (furthest, end) = ("", DateTime.UtcNow + LocalHostFixture.MaxWait);
        for (var seen = await page.EvaluateAsync<Look>(look); !seen.IsEnd; seen = await page.EvaluateAsync<Look>(look))
        {
            if (seen.Furthest != furthest)
            {
                (furthest, end) = (seen.Furthest, DateTime.UtcNow + LocalHostFixture.MaxWait);
            }
            else if (DateTime.UtcNow > end)
            {
                throw new TimeoutException($"It does not get on after {furthest}: {await page.Locator("main").InnerTextAsync()}");
            }

            await page.Mouse.WheelAsync(0, by);
            way.Most = Math.Max(way.Most, seen.Rows);
            way.Blank += seen.IsBlank ? 1 : 0;
            way.Steps++;
        }

        return way;
    }

    private sealed record Look
    {
        public int Rows { get; init; }

        public string Furthest { get; init; } = "";

        public bool IsBlank { get; init; }

        public bool IsEnd { get; init; }
    }
}
