using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Connections.Tests;

/// <summary>What the README tells a newcomer to paste works when it is pasted.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_main_job_by_curl_works_as_written()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var commands = Bash().Match(readme).Groups["commands"].Value.Replace("http://localhost:7071", host.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(commands);
        bash.StandardInput.Close();
        var (said, complained) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await bash.WaitForExitAsync(limit.Token);
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
        }

        Assert.Equal("", await complained);
        Assert.Matches(@"(?s)Maya Okafor.*invite-links/.*\bpending\b.*\bconnected\b.*\b1\b.*demo-brand: Hello Maya", await said);
    }

    [Fact]
    public async Task Every_setting_that_the_code_reads_is_listed()
    {
        var root = Repository.Root;
        var readme = await File.ReadAllTextAsync(Path.Combine(root, "README.md"));
        var read = Directory.EnumerateFiles(Path.Combine(root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Setting().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal)))
            .Distinct().ToList();
        Assert.Contains("Invites__PerDay", read);
        Assert.All(read, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_picture_that_it_shows_is_there()
    {
        var pictures = Picture().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"))).Select(match => match.Groups["path"].Value).ToList();

        Assert.Contains("docs/images/explore.png", pictures);
        Assert.All(pictures, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)), $"{path} is missing."));
    }

    [GeneratedRegex(@"(!\[[^\]]*\]\(|<img src="")(?<path>[^)""]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Picture();

    [GeneratedRegex(@"((Number|Duration|Required|Url|EmailAddress)\(|Read\(configuration, )""(?<name>[A-Za-z]+:[A-Za-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();

    [GeneratedRegex(@"```bash\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Bash();
}
