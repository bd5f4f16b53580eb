using System.Diagnostics;
using System.Globalization;
using System.Text;
using Connections.Local.Web;

namespace Connections.Tests.Local.Web;

[Trait("Category", "Long")]
public sealed class WebBuildTests : IDisposable
{
    private readonly SmallClient _client = new();

    [Fact]
    public async Task It_is_built_once_and_reused()
    {
        Assert.NotNull(Assert.IsType<WebState.Ready>(await _client.StartAsync()).Duration);
        Assert.Null(Assert.IsType<WebState.Ready>(await _client.StartAsync()).Duration);

        Assert.Equal(1, _client.Builds);
    }

    [Fact]
    public async Task A_changed_source_is_rebuilt_and_served()
    {
        await _client.StartAsync();

        _client.Write("web/src/main.js", "document.title = 'another';");
        var ready = Assert.IsType<WebState.Ready>(await _client.StartAsync());

        Assert.Equal(2, _client.Builds);
        Assert.Equal("document.title = 'another';", Encoding.UTF8.GetString(ready.Files["/assets/main-1a2b.js"]!.Content));
    }

    [Fact]
    public async Task A_build_by_hand_is_replaced()
    {
        await _client.StartAsync();

        Directory.Delete(_client.At("web/dist"), recursive: true);
        _client.Write("web/dist/index.html", "by hand");
        await _client.StartAsync();

        Assert.Equal(2, _client.Builds);
        Assert.Contains("Small client", await File.ReadAllTextAsync(_client.At("web/dist/index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_gives_the_reason_and_keeps_the_previous_build()
    {
        await _client.StartAsync();
        var good = await File.ReadAllTextAsync(_client.At("web/src/main.js"));

        _client.Write("web/src/main.js", "oops");
        var failed = Assert.IsType<WebState.Failed>(await _client.StartAsync());
        _client.Write("web/src/main.js", good);

        Assert.Contains("<b>main.js</b> does not parse", failed.Output);
        Assert.Contains("npm run build", failed.Why, StringComparison.Ordinal);
        Assert.Null(Assert.IsType<WebState.Ready>(await _client.StartAsync()).Duration);
    }

    [Fact]
    public async Task A_build_without_a_page_is_a_failure()
    {
        _client.Write("web/src/main.js", "nothing");

        Assert.Contains("index.html", Assert.IsType<WebState.Failed>(await _client.StartAsync()).Why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_client.At("web/dist")));
    }

    [Fact]
    public async Task Two_hosts_build_it_once()
    {
        var states = await Task.WhenAll(_client.StartAsync(), _client.StartAsync());

        Assert.All(states, state => Assert.IsType<WebState.Ready>(state));
        Assert.Equal(1, _client.Builds);
    }

    [Fact]
    public async Task Stopping_ends_a_build_with_all_its_processes()
    {
        _client.Write("web/src/main.js", "hang");
        var client = new WebClient(_client.Options);
        client.Start();
        await Calls.EventuallyAsync(
            () => Task.FromResult(File.Exists(_client.At("pids.txt")) && File.ReadAllText(_client.At("pids.txt")).Length > 0),
            isThere => isThere);
        var pids = (await File.ReadAllTextAsync(_client.At("pids.txt"))).Split(' ')
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(3, pids.Count(IsAlive));

        await client.DisposeAsync();

        Assert.Equal(0, await Calls.EventuallyAsync(() => Task.FromResult(pids.Count(IsAlive)), alive => alive == 0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(client.FinishedAsync);
        Assert.Equal(["lock"], Directory.EnumerateFileSystemEntries(_client.At("web/.build")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Leftovers_of_a_killed_host_are_deleted()
    {
        _client.Write("web/.build/0123/index.html", "half a build");
        _client.Write("web/.build/0123.old/index.html", "a build that was moved away");

        Assert.IsType<WebState.Ready>(await _client.StartAsync());

        Assert.Equal(["lock"], Directory.EnumerateFileSystemEntries(_client.At("web/.build")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_missing_folder_is_reported()
    {
        Directory.Delete(_client.At("web"), recursive: true);

        Assert.Contains(_client.At("web"), Assert.IsType<WebState.Failed>(await _client.StartAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_source_is_a_reported_failure()
    {
        File.CreateSymbolicLink(_client.At("web/src/elsewhere.js"), _client.At("no-such-file.js"));

        Assert.Contains("elsewhere.js", Assert.IsType<WebState.Failed>(await _client.StartAsync()).Why, StringComparison.Ordinal);
    }

    public void Dispose() => _client.Dispose();

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
