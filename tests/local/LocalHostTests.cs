using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Connections.Local;
using Connections.Settings;

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
    public async Task A_port_in_use_is_reported_and_the_folder_released()
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
    public void A_reset_deletes_only_files_of_a_host()
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
    public async Task The_development_page_links_to_the_client_the_mail_and_the_API()
    {
        await using var host = await LocalHostFixture.StartAsync();

        var page = await host.AnonymousClient().GetStringAsync("/dev");

        Assert.Contains("href=\"/\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/dev/mail\"", page, StringComparison.Ordinal);
        Assert.Contains(new Uri(host.Url, "/api").AbsoluteUri, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_survives_a_restart()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 3 });
        await host.ClientFor("demo-brand").PutAsync("/api/favourites/creator-0002", content: null);

        await host.RestartAsync();

        var creator = JsonNode.Parse(await host.ClientFor("demo-brand").GetStringAsync("/api/creators/creator-0002"))!;
        Assert.True((bool)creator["favourite"]!);
    }

    [Fact]
    public async Task A_larger_count_adds_creators_and_a_smaller_count_removes_none()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 3 });
        Assert.Equal(3 + 1, await ListedAsync(host));

        await host.RestartAsync(o => o with { Creators = 5 });
        Assert.Equal(5 + 1, await ListedAsync(host));

        await host.RestartAsync(o => o with { Creators = 1 });
        Assert.Equal(5 + 1, await ListedAsync(host));
    }

    [Fact]
    public async Task A_demo_profile_can_be_sent_back_unchanged()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 48 });
        foreach (var id in Enumerable.Range(1, 48).Select(n => $"creator-{n:D4}").Prepend("demo-creator").Prepend("demo-brand"))
        {
            var client = host.ClientFor(id);
            var profile = await client.GetStringAsync("/api/me");
            using var same = new StringContent(profile, Encoding.UTF8, "application/json");
            var answer = await client.PutAsync("/api/me", same);
            Assert.True(answer.IsSuccessStatusCode, $"{id}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_with_a_problem_document()
    {
        await using var host = await LocalHostFixture.StartAsync();
        using var body = new StringContent(new string(' ', 900 * 1024) + "{}", Encoding.UTF8, "application/json");

        var answer = await host.ClientFor("alice").PutAsync("/api/me", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_development_page_lists_folder_routes_and_queues()
    {
        await using var host = await LocalHostFixture.StartAsync();

        var page = await host.AnonymousClient().GetStringAsync("/dev");

        Assert.Contains(host.Folder, page, StringComparison.Ordinal);
        Assert.Contains("/api/creators/{id}", page, StringComparison.Ordinal);
        Assert.Contains("Queue notices-poison", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_setting_stops_the_start_and_is_named()
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() =>
            LocalHostFixture.StartAsync(o => o with { Settings = new Dictionary<string, string?> { ["Invites:PerDay"] = "lots" } }));

        Assert.Contains("Invites__PerDay", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_a_404_page_and_in_the_API_a_problem_document()
    {
        await using var host = await LocalHostFixture.StartAsync();

        foreach (var path in (string[])["/dev/no-such-page", "/client/no-such-hub", "/no-such-page"])
        {
            var page = await host.AnonymousClient().GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
            Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("href=\"/dev\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var problem = await host.AnonymousClient().GetAsync("/api/no-such-call");
        Assert.Equal(HttpStatusCode.NotFound, problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<int> ListedAsync(LocalHostFixture host)
    {
        var creators = JsonNode.Parse(await host.ClientFor("demo-brand").GetStringAsync("/api/creators?limit=100"))!;
        return creators["value"]!.AsArray().Count;
    }

    private static async Task StartAsync(string folder, Uri? url = null)
    {
        await using var host =
            await LocalHost.StartAsync(new LocalOptions { Url = url ?? new Uri("http://localhost:0"), Folder = folder }, default);
    }
}
