using System.Net;
using System.Net.Sockets;
using Connections.Local;

namespace Connections.Tests.Local;

public sealed class LocalHostTests
{
    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused_until_the_first_has_stopped()
    {
        await using var first = await LocalHostFixture.StartAsync();

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(first.Folder));
        Assert.Contains(first.Folder, refusal.Message, StringComparison.Ordinal);

        await first.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await first.AnonymousClient().GetAsync("/dev/members")).StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_and_leaves_the_folder_free()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("connections-test-").FullName;

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(folder, new Uri($"http://localhost:{port}")));

        Assert.Contains($"Port {port} is in use", refusal.Message, StringComparison.Ordinal);
        DataFolder.Take(folder, reset: false).Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_reset_deletes_only_what_a_host_left()
    {
        var path = Directory.CreateTempSubdirectory("connections-test-").FullName;
        var mine = Path.Combine(path, "notes.txt");
        File.WriteAllText(mine, "mine");
        File.WriteAllText(Path.Combine(path, "connections.db"), "a host's");
        File.WriteAllText(Path.Combine(path, "connections.db-wal"), "a host's");

        using (var folder = DataFolder.Take(path, reset: true))
        {
            Assert.False(File.Exists(folder.Database));
            Assert.False(File.Exists(folder.Database + "-wal"));
        }

        Assert.True(File.Exists(mine));
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task The_front_page_says_where_things_are()
    {
        await using var host = await LocalHostFixture.StartAsync();

        var page = await host.AnonymousClient().GetStringAsync("/");

        Assert.Contains("href=\"/dev\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/dev/mail\"", page, StringComparison.Ordinal);
        Assert.Contains(new Uri(host.Url, "/api").AbsoluteUri, page, StringComparison.Ordinal);
    }

    private static async Task StartAsync(string folder, Uri? url = null)
    {
        await using var host = await LocalHost.StartAsync(new LocalOptions { Url = url ?? new Uri("http://localhost:0"), Folder = folder }, default);
    }
}
