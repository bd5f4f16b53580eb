using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Connections.Local;
using Microsoft.Data.Sqlite;

namespace Connections.Tests.Local;

/// <summary>How callers, the health call, the log and the terminal report a full disk or a damaged file.</summary>
public sealed class StorageOutageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-outage-").FullName;
    private readonly HttpClient _http = new();

    private string Database => Path.Combine(_folder, "connections.db");

    public void Dispose()
    {
        _http.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_full_disk_is_a_503_and_visible_in_health_and_log_until_there_is_room()
    {
        await using var host = await LocalProcess.StartAsync(_folder, ["--creators", "2"]);
        Assert.Equal(HttpStatusCode.NoContent, await MarkFavouriteAsync(host.Url, "creator-0001"));

        // No file of the process can grow beyond a byte; pipes still work.
        await LimitFilesAsync(host.Id, "1:");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await MarkFavouriteAsync(host.Url, "creator-0002"));
        Assert.Equal(["database", "noticeQueue"], await UnavailableAsync(host.Url, any: true));
        var log = string.Join('\n', host.Written);
        Assert.Contains($"{Database} cannot be used: disk I/O error", log, StringComparison.Ordinal);
        Assert.DoesNotContain("rollback", log, StringComparison.OrdinalIgnoreCase);

        await LimitFilesAsync(host.Id, "unlimited:");
        Assert.Equal(HttpStatusCode.NoContent, await MarkFavouriteAsync(host.Url, "creator-0002"));
        Assert.Empty(await UnavailableAsync(host.Url, any: false));
        Assert.Equal(0, await host.StopAsync());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("folder")]
    [InlineData("half")]
    [InlineData("overwritten")]
    [InlineData("newer")]
    [InlineData("settings")]
    public async Task An_unusable_file_stops_the_start_with_a_sentence_that_names_it(string damage)
    {
        await CreateDataAsync();
        Damage(damage);

        var (code, output) = await LocalProcess.RunAsync("--data", _folder, "--urls", "http://127.0.0.1:0", "--creators", "2");

        Assert.Equal(1, code);
        Assert.Contains($"{Database} cannot be used: ", output, StringComparison.Ordinal);
        Assert.Contains("--data DIR", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'), line => line.Trim() != "Starting Connections…");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_replaces_a_damaged_file()
    {
        await CreateDataAsync();
        Damage("overwritten");

        await using var host = await LocalProcess.StartAsync(_folder, ["--creators", "2", "--reset"]);

        Assert.Empty(await UnavailableAsync(host.Url, any: false));
    }

    [Theory]
    [InlineData("identity-key.pem")]
    [InlineData("webpubsub-key")]
    public async Task An_unreadable_key_stops_the_start_with_a_sentence_that_names_it(string key)
    {
        Directory.CreateDirectory(Path.Combine(_folder, key));

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(_folder));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_reported()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "not a folder");

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(file));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_files_are_readable_by_their_owner_only_including_earlier_ones()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Everyone = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        await CreateDataAsync();
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.SetUnixFileMode(file, Everyone);
        }

        await using var host = await LocalHostFixture.StartAsync(o => o with { Folder = _folder, Creators = 2 });
        await host.ClientFor("demo-brand").PutAsync("/api/favourites/creator-0002", content: null);

        Assert.Empty(LooserThan(OwnerOnly, host.Folder));
        Assert.True(File.Exists(Database + "-wal"));
        // The same holds in a new folder.
        var made = Path.Combine(_folder, "made", "here");
        await (await StartAsync(made)).DisposeAsync();
        Assert.Empty(LooserThan(OwnerOnly, made));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    /// <summary>The files of a folder with more permissions than the mode. The empty lock file does not count.</summary>
    [UnsupportedOSPlatform("windows")]
    private static List<string> LooserThan(UnixFileMode mode, string folder)
    {
        var loose = new List<string>();
        foreach (var file in Directory.GetFiles(folder))
        {
            if (Path.GetFileName(file) != "lock" && (File.GetUnixFileMode(file) & ~mode) != UnixFileMode.None)
            {
                loose.Add(file);
            }
        }

        return loose;
    }

    private static Task<LocalHost> StartAsync(string folder) =>
        LocalHost.StartAsync(
            new LocalOptions { Folder = folder, Url = new Uri("http://127.0.0.1:0"), Creators = 2 }, CancellationToken.None);

    private static async Task LimitFilesAsync(int process, string limit)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{process}", $"--fsize={limit}"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }

    private async Task CreateDataAsync() => await (await StartAsync(_folder)).DisposeAsync();

    private void Damage(string how)
    {
        switch (how)
        {
            case "text":
                File.WriteAllText(Database, string.Concat(Enumerable.Repeat("This is a text. ", 1000)));
                break;
            case "folder":
                File.Delete(Database);
                Directory.CreateDirectory(Database);
                break;
            case "half":
                using (var file = File.OpenWrite(Database))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            case "overwritten":
                using (var file = File.OpenWrite(Database))
                {
                    file.Position = file.Length / 2 / 4096 * 4096;
                    file.Write(new byte[8192].AsSpan());
                }

                break;
            default:
                using (var file = new SqliteConnection($"Data Source={Database};Pooling=False"))
                {
                    file.Open();
                    using var command = file.CreateCommand();
                    command.CommandText = how == "newer" ? "PRAGMA user_version = 1" : "UPDATE cosmos_containers SET settings = 'not JSON'";
                    command.ExecuteNonQuery();
                }

                break;
        }
    }

    private async Task<HttpStatusCode> MarkFavouriteAsync(Uri host, string creator)
    {
        using var form = new FormUrlEncodedContent([new("sub", "demo-brand")]);
        using var token = await _http.PostAsync(new Uri(host, "/dev/identity/token"), form);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(host, $"/api/favourites/{creator}"));
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", (await token.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString());
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Polls health until it reports unavailable dependencies, or no longer does. A report is cached for five seconds.</summary>
    private Task<List<string>> UnavailableAsync(Uri host, bool any) => Calls.EventuallyAsync(
        async () =>
        {
            // Polls slowly, because calls of an address are limited.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            using var answer = await _http.GetAsync(new Uri(host, "/api/health"));
            var report = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.Equal(answer.IsSuccessStatusCode, report["status"]!.ToString() == "ok");
            return report["dependencies"]!.AsObject().Where(dependency => dependency.Value!.ToString() != "ok")
                .Select(dependency => dependency.Key).ToList();
        },
        names => names.Count > 0 == any);
}
