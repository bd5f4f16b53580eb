using System.Diagnostics;

namespace Connections.Tests.Docs;

/// <summary>What the documents tell a newcomer to paste works when it is pasted.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task The_tour_works_as_written_and_when_it_is_pasted_again()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var commands = Document.Read("docs/tour.md").Blocks.Single()
            .Replace("http://localhost:7071", host.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

        // Three messages each time.
        foreach (var message in (int[])[1, 4])
        {
            var (output, errors) = await BashAsync(commands);

            Assert.Equal("", errors);
            Assert.Matches(@"(?s)Maya Okafor.*\bRain jackets,Ask again in spring\..*invite-links/", output);
            Assert.Matches($@"(?s)invite-links/.*\bpending\b.*\bconnected\b.*\b{message} demo-brand: Hello Maya", output);
            Assert.Matches(@"(?s)demo-creator: heart.*Hello Maya.*% Walk in the rain\..*this weekend\?.*Linnea.*: Here it is\.", output);
        }
    }

    private static async Task<(string Output, string Errors)> BashAsync(string commands)
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(commands);
        bash.StandardInput.Close();
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await bash.WaitForExitAsync(limit.Token);
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
        }

        return (await output, await errors);
    }
}
