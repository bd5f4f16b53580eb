using System.Diagnostics;

namespace Connections.Local.Web;

/// <summary>Gets the web client ready: what was built before where it is still good, a new build where it is not.</summary>
/// <remarks>
/// A build that fails or is broken off leaves what was there. Two hosts of one repository take turns: the second finds what the
/// first has built.
/// </remarks>
internal sealed class WebBuild(WebOptions options)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    // Ctrl+C reaches npm as well, and a little earlier than the host is told to stop.
    private static readonly TimeSpan StopFollows = TimeSpan.FromMilliseconds(300);

    /// <summary>Returns when it is served or cannot be.</summary>
    /// <param name="report">Told what is being done, where it takes its time.</param>
    /// <param name="ct">Ends a build that runs.</param>
    public async Task<WebState> RunAsync(Action<WebState.Building> report, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(options.Folder, "package.json")))
        {
            return new WebState.Failed($"There is no web client in {options.Folder}. Check out the whole repository and start this host again.", []);
        }

        using var turn = await TakeTurnAsync(report, ct);
        // Before the build: what changes meanwhile makes it out of date.
        var fingerprint = WebSources.Fingerprint(options);
        return WebFiles.Read(options.Output, fingerprint) is { } files
            ? new WebState.Ready(files, Took: null)
            : await BuildAsync(fingerprint, report, ct);
    }

    private async Task<WebState> BuildAsync(string fingerprint, Action<WebState.Building> report, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var (node, found) = await NodeTools.FindAsync(options.SearchPath, ct);
        if (node is null)
        {
            return new WebState.NoNode(found);
        }

        if (!NodePackages.AreInstalled(options.Folder))
        {
            report(new WebState.Building("Installing the packages of the web client (npm ci)"));
            var install = await node.RunAsync(options.Folder, ["ci", "--include=dev"], ct);
            if (install.ExitCode != 0)
            {
                return await FailedAsync("npm ci", "Its packages could not be installed.", install, ct);
            }
        }

        report(new WebState.Building("Building the web client (npm run build)"));
        // What a host left that was killed.
        Array.ForEach(Directory.GetDirectories(options.Workshop), Delete);
        var made = Path.Combine(options.Workshop, Guid.NewGuid().ToString("n"));
        try
        {
            var build = await node.RunAsync(options.Folder, ["run", "build", "--", "--outDir", made], ct);
            if (build.ExitCode != 0)
            {
                return await FailedAsync("npm run build", "It does not build.", build, ct);
            }

            if (WebFiles.Vouch(made, fingerprint) is not { } files)
            {
                return new WebState.Failed($"npm run build in {options.Folder} ended well but wrote no index.html: it must pass --outDir on to the build tool.", build.Output);
            }

            Replace(made);
            return new WebState.Ready(files, clock.Elapsed);
        }
        finally
        {
            Delete(made);
        }
    }

    // Nobody sees the moment between the two moves: a host has read the files, and a second one waits for its turn.
    private void Replace(string made)
    {
        var old = made + ".old";
        if (Directory.Exists(options.Output))
        {
            Directory.Move(options.Output, old);
        }

        Directory.Move(made, options.Output);
        Delete(old);
    }

    private async Task<WebState> FailedAsync(string command, string what, NodeProcess process, CancellationToken ct)
    {
        await Task.Delay(StopFollows, ct);
        return new WebState.Failed($"{what} Run {command} in {options.Folder} to see all that it says, put it right, and start this host again.", process.Output);
    }

    // The operating system lets go of the lock with the process, however it ends.
    private async Task<FileStream> TakeTurnAsync(Action<WebState.Building> report, CancellationToken ct)
    {
        Directory.CreateDirectory(options.Workshop);
        for (var told = false; ; await Task.Delay(AskAgain, ct))
        {
            try
            {
                return new FileStream(Path.Combine(options.Workshop, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                if (!told)
                {
                    report(new WebState.Building("Waiting for another host that builds the web client"));
                    told = true;
                }
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
