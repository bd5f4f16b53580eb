using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Local.Web;

/// <summary>Provides the web client: the last build if it is up to date, otherwise a new one.</summary>
/// <remarks>A build that fails or is interrupted leaves the last one in place. Of two hosts of one repository, one builds and the other
/// waits.</remarks>
internal sealed class WebBuild(WebOptions options)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    // Ctrl+C also reaches npm, slightly before the host is told to stop.
    private static readonly TimeSpan StopFollows = TimeSpan.FromMilliseconds(300);

    /// <summary>Returns when the client can be served, or has failed.</summary>
    /// <param name="report">Called at each slow step.</param>
    /// <param name="ct">Ends a running build.</param>
    public async Task<WebState> RunAsync(Action<WebState.Building> report, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(options.Folder, "package.json")))
        {
            return new WebState.Failed(
                $"There is no web client in {options.Folder}. Check out the whole repository and start this host again.", []);
        }

        using var turn = await TakeTurnAsync(report, ct);
        // Before the build, so that a change during the build makes it out of date.
        var fingerprint = WebSources.Fingerprint(options);
        return WebFiles.Read(options.Output, fingerprint) is { } files
            ? new WebState.Ready(files, Duration: null)
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
        // Left over from a host that was killed.
        Array.ForEach(Directory.GetDirectories(options.BuildFolder), Delete);
        var made = Path.Combine(options.BuildFolder, Guid.NewGuid().ToString("n"));
        try
        {
            var build = await node.RunAsync(options.Folder, ["run", "build", "--", "--outDir", made], ct);
            if (build.ExitCode != 0)
            {
                return await FailedAsync("npm run build", "It does not build.", build, ct);
            }

            if (WebFiles.MarkBuilt(made, fingerprint) is not { } files)
            {
                return new WebState.Failed(
                    $"npm run build in {options.Folder} ended well but wrote no index.html: it must pass --outDir on to the build tool.",
                    build.Output);
            }

            Replace(made);
            return new WebState.Ready(files, clock.Elapsed);
        }
        finally
        {
            Delete(made);
        }
    }

    // No host reads the folder between the two moves: this one has the files in memory, and others wait for the lock.
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
        return new WebState.Failed(
            $"{what} Run {command} in {options.Folder} to see all that it says, put it right, and start this host again.", process.Output);
    }

    // The operating system releases the lock when the process ends.
    private async Task<FileStream> TakeTurnAsync(Action<WebState.Building> report, CancellationToken ct)
    {
        Directory.CreateDirectory(options.BuildFolder);
        for (var told = false; ; await Task.Delay(AskAgain, ct))
        {
            try
            {
                return new FileStream(
                    Path.Combine(options.BuildFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

/// <summary>The source files of the web client.</summary>
internal static class WebSources
{
    // Written by npm, the build, tests and editors, as are folders whose name starts with a dot.
    private static readonly HashSet<string> GeneratedFolders =
        new(["node_modules", "dist", "coverage", "test-results", "TestResults"], StringComparer.Ordinal);
    private static readonly string[] GeneratedEndings = ["~", ".swp", ".log", ".tsbuildinfo"];

    // The build generates it from the contract.
    private static readonly string Generated = Path.Combine("src", "api", "schema.d.ts");

    /// <summary>A hash over the path and the content of every source file.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Fingerprint(WebOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in Files(options.Folder).Append(("", options.Contract)))
        {
            Add(hash, Encoding.UTF8.GetBytes(name));
            Add(hash, File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, string File)> Files(string folder) =>
        Below(new DirectoryInfo(folder))
            .Select(file => (Name: Path.GetRelativePath(folder, file.FullName), file.FullName))
            .Where(file => file.Name != Generated)
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => !GeneratedEndings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Concat(
                folder.EnumerateDirectories().Where(below => below.Name[0] != '.' && !GeneratedFolders.Contains(below.Name))
                .SelectMany(Below));

    // With its length first, so that moving bytes from one file to the next changes the hash.
    private static void Add(IncrementalHash hash, byte[] content)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        hash.AppendData(length);
        hash.AppendData(content);
    }
}
