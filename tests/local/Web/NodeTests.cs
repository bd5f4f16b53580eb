using System.Diagnostics;
using Connections.Local.Web;

namespace Connections.Tests.Local.Web;

public sealed class NodeTests : IDisposable
{
    private readonly SmallClient _client = new();

    [Fact]
    public async Task Missing_Node_is_reported() =>
        Assert.Contains("no Node", Assert.IsType<WebState.NoNode>(await _client.StartAsync(Isolated())).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("v18.20.4", "18.20.4")]
    [InlineData("v20.18.1", "20.18.1")]
    [InlineData("Segmentation fault", "does not say its version")]
    public async Task An_old_or_broken_Node_is_reported(string says, string expected)
    {
        Program("node", $"echo {says}");
        Program("npm", "exit 0");

        Assert.Contains(expected, Assert.IsType<WebState.NoNode>(await _client.StartAsync(Isolated())).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_npm_is_reported()
    {
        Program("node", "echo v24.1.0");

        Assert.Contains("no npm", Assert.IsType<WebState.NoNode>(await _client.StartAsync(Isolated())).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_build_is_served_without_Node()
    {
        await _client.StartAsync();

        Assert.IsType<WebState.Ready>(await _client.StartAsync(Isolated()));
    }

    [Fact]
    public async Task A_failed_installation_of_packages_is_reported()
    {
        _client.Write("web/package-lock.json", "{}");

        var failed = Assert.IsType<WebState.Failed>(await _client.StartAsync());

        Assert.Contains("npm ci", failed.Why, StringComparison.Ordinal);
        Assert.Contains(failed.Output, line => line.StartsWith("npm error", StringComparison.Ordinal));
        Assert.Equal(0, _client.Builds);
    }

    [Fact]
    public async Task Packages_are_installed_when_they_are_missing_or_outdated()
    {
        Assert.False(NodePackages.AreInstalled(_client.At("web")));
        await _client.StartAsync();
        Assert.True(NodePackages.AreInstalled(_client.At("web")));

        _client.Write("web/package-lock.json", SmallClient.Lock("1.0.1"));
        _client.Write("word/package.json", """{ "name": "word", "version": "1.0.1" }""");
        Assert.False(NodePackages.AreInstalled(_client.At("web")));
        await _client.StartAsync();
        Assert.True(NodePackages.AreInstalled(_client.At("web")));
    }

    [Theory]
    [InlineData("""{ "node_modules/a": { "version": "1.0.0", "integrity": "x" } }""", true)]
    [InlineData("""{ "node_modules/a": { "version": "1.0.1", "integrity": "x" } }""", false)]
    [InlineData("""{ "node_modules/a": { "version": "1.0.0", "integrity": "y" } }""", false)]
    [InlineData("""{}""", false)]
    [InlineData(
        """{ "node_modules/a": { "version": "1.0.0", "integrity": "x" }, "node_modules/by-hand": { "version": "1.0.0" } }""", false)]
    public void Packages_count_as_installed_only_if_they_match_the_lock_file(string installed, bool expected)
    {
        _client.Write("web/package-lock.json", """
            { "packages": { "": { "name": "small" },
                "node_modules/a": { "version": "1.0.0", "integrity": "x" },
                "node_modules/for-another-system": { "version": "1.0.0", "integrity": "z", "optional": true } } }
            """);
        _client.Write("web/node_modules/.package-lock.json", $$"""{ "packages": {{installed}} }""");

        Assert.Equal(expected, NodePackages.AreInstalled(_client.At("web")));
    }

    public void Dispose() => _client.Dispose();

    private WebOptions Isolated() => _client.Options with { SearchPath = Path.Combine(_client.Folder, "bin") };

    private void Program(string name, string command)
    {
        _client.Write($"bin/{name}", $"#!/bin/sh\n{command}\n");
        using var chmod = Process.Start("chmod", ["+x", _client.At($"bin/{name}")]);
        chmod.WaitForExit();
    }
}
