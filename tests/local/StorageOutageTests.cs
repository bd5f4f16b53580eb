using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Connections.Local;
using Microsoft.Data.Sqlite;

namespace Connections.Tests.Local;

/// <summary>A disk without room and a damaged file: what callers, the health call, the log and the person at the terminal are
/// told.</summary>
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
    public async Task A_full_disk_is_503_and_told_by_health_and_the_log_until_there_is_room_again()
    {
        await using var host = await LocalProcess.StartAsync(_folder, ["--creators", "2"]);
        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(host.Url, "creator-0001"));

        // No file of the process may grow past a byte; to pipes it can still write.
        await LimitFilesAsync(host.Id, "1:");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await MarkAsync(host.Url, "creator-0002"));
        Assert.Equal(["database", "noticeQueue"], await UnavailableAsync(host.Url, any: true));
        var log = string.Join('\n', host.Written);
        Assert.Contains($"{Database} cannot be used: disk I/O error", log, StringComparison.Ordinal);
        Assert.DoesNotContain("rollback", log, StringComparison.OrdinalIgnoreCase);

        await LimitFilesAsync(host.Id, "unlimited:");
        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(host.Url, "creator-0002"));
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
    public async Task A_file_that_cannot_be_used_ends_the_start_with_a_sentence_that_names_it(string damage)
    {
        await MakeAsync();
        Damage(damage);

        var (code, output) = await LocalProcess.RunAsync("--data", _folder, "--urls", "http://127.0.0.1:0", "--creators", "2");

        Assert.Equal(1, code);
        Assert.Contains($"{Database} cannot be used: ", output, StringComparison.Ordinal);
        Assert.Contains("--data DIR", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'), line => line.Trim() != "Starting Connections…");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_starts_over_a_damaged_file()
    {
        await MakeAsync();
        Damage("overwritten");

        await using var host = await LocalProcess.StartAsync(_folder, ["--creators", "2", "--reset"]);

        Assert.Empty(await UnavailableAsync(host.Url, any: false));
    }

    [Theory]
    [InlineData("identity-key.pem")]
    [InlineData("webpubsub-key")]
    public async Task A_key_that_cannot_be_read_ends_the_start_with_a_sentence_that_names_it(string key)
    {
        Directory.CreateDirectory(Path.Combine(_folder, key));

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(_folder));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_told()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "not a folder");

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(file));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_their_owner_can_read_the_files_also_those_that_were_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Everybodys = Owners | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        await MakeAsync();
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.SetUnixFileMode(file, Everybodys);
        }

        await using var host = await LocalHostFixture.StartAsync(o => o with { Folder = _folder, Creators = 2 });
        await host.ClientFor("demo-brand").PutAsync("/api/favourites/creator-0002", content: null);

        Assert.Empty(LooserThan(Owners, host.Folder));
        Assert.True(File.Exists(Database + "-wal"));
        // And those of a folder that is new.
        var made = Path.Combine(_folder, "made", "here");
        await (await StartAsync(made)).DisposeAsync();
        Assert.Empty(LooserThan(Owners, made));
        Assert.Equal(Owners | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    /// <summary>The files of a folder that give anybody more; the lock, which is empty, may.</summary>
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

    private async Task MakeAsync() => await (await StartAsync(_folder)).DisposeAsync();

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

    private async Task<HttpStatusCode> MarkAsync(Uri host, string creator)
    {
        using var form = new FormUrlEncodedContent([new("sub", "demo-brand")]);
        using var token = await _http.PostAsync(new Uri(host, "/dev/identity/token"), form);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(host, $"/api/favourites/{creator}"));
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", (await token.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString());
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The dependencies that health calls unavailable, as soon as there are some or none. An answer is kept for five
    /// seconds.</summary>
    private Task<List<string>> UnavailableAsync(Uri host, bool any) => Calls.EventuallyAsync(
        async () =>
        {
            // Calls of one address are counted.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            using var answer = await _http.GetAsync(new Uri(host, "/api/health"));
            var report = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.Equal(answer.IsSuccessStatusCode, report["status"]!.ToString() == "ok");
            return report["dependencies"]!.AsObject().Where(dependency => dependency.Value!.ToString() != "ok")
                .Select(dependency => dependency.Key).ToList();
        },
        names => names.Count > 0 == any);
}
