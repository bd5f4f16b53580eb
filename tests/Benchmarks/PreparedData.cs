using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Connections.Notices;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>Prepared data folders by number of creators. They are kept between runs until the code that creates them changes.</summary>
internal static class PreparedData
{
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromMinutes(10);

    private static readonly Lazy<string> Version = new(() =>
    {
        string[] sources = ["local/DemoData", "local/Emulators", "functions/Members", "infra/cosmos", "tests/Benchmarks/Search"];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in sources.SelectMany(
            folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    });

    /// <summary>Copies the data for one host. The caller deletes the copy.</summary>
    public static async Task<string> CopyAsync(int creators, TextWriter log)
    {
        var kept = await KeptAsync($"host-{creators}", creators, log, async folder =>
        {
            var clock = Stopwatch.StartNew();
            await using var host = await LocalProcess.StartAsync(folder, Creators(creators), timeout: LoadTimeout);
            log.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  loaded {creators:N0} creators in {clock.Elapsed.TotalSeconds:0.0} s; the process holds {host.WorkingSet >> 20} MB"));
            await host.StopAsync();
        });
        // Copies that killed runs left behind.
        foreach (var leftover in Directory.EnumerateDirectories(Root(), "run-*")
            .Where(run => Directory.GetCreationTimeUtc(run) < DateTime.UtcNow.AddHours(-1)))
        {
            Directory.Delete(leftover, recursive: true);
        }

        var copy = Path.Combine(Root(), "run-" + Path.GetRandomFileName());
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(kept))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>The file of a floor, which <paramref name="create"/> creates once.</summary>
    public static async Task<string> FileAsync(string name, int creators, TextWriter log, Action<string> create) => Path.Combine(
        await KeptAsync($"{name}-{creators}", creators, log, folder => Task.Run(() => create(Path.Combine(folder, "floor.db")))),
        "floor.db");

    /// <summary>The host's option for a number of creators.</summary>
    public static string[] Creators(int creators) => ["--creators", creators.ToString(CultureInfo.InvariantCulture)];

    private static async Task<string> KeptAsync(string name, int creators, TextWriter log, Func<string, Task> create)
    {
        var folder = Path.Combine(Root(), $"{name}-{Version.Value}");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        foreach (var stale in Directory.EnumerateDirectories(Root(), $"{name}-*"))
        {
            Directory.Delete(stale, recursive: true);
        }

        log.WriteLine($"  preparing {name} with {creators.ToString("N0", CultureInfo.InvariantCulture)} creators");
        var unfinished = folder + ".new";
        Directory.CreateDirectory(unfinished);
        await create(unfinished);
        Directory.Move(unfinished, folder);
        return folder;
    }

    private static string Root()
    {
        var root = Path.Combine(Repository.Root, ".local", "benchmarks");
        Directory.CreateDirectory(root);
        return root;
    }
}
