using System.Diagnostics;
using Connections.Local.Web;

namespace Connections.Tests.Local.Web;

public sealed class NodeTests : IDisposable
{
    private readonly SmallClient _client = new();

    [Fact]
    public async Task Without_Node_it_says_so() =>
        Assert.Contains("no Node", Assert.IsType<WebState.NoNode>(await _client.StartAsync(With())).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("v18.20.4", "18.20.4")]
    [InlineData("v20.18.1", "20.18.1")]
    [InlineData("Segmentation fault", "does not say its version")]
    public async Task An_old_or_broken_Node_is_named(string says, string told)
    {
        Program("node", $"echo {says}");
        Program("npm", "exit 0");

        Assert.Contains(told, Assert.IsType<WebState.NoNode>(await _client.StartAsync(With())).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_without_npm_is_not_enough()
    {
        Program("node", "echo v24.1.0");

        Assert.Contains("no npm", Assert.IsType<WebState.NoNode>(await _client.StartAsync(With())).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_built_before_is_served_without_Node()
    {
        await _client.StartAsync();

        Assert.IsType<WebState.Ready>(await _client.StartAsync(With()));
    }

    [Fact]
    public async Task Packages_that_cannot_be_installed_are_told()
    {
        _client.Write("web/package-lock.json", "{}");

        var failed = Assert.IsType<WebState.Failed>(await _client.StartAsync());

        Assert.Contains("npm ci", failed.Why, StringComparison.Ordinal);
        Assert.Contains(failed.Output, line => line.StartsWith("npm error", StringComparison.Ordinal));
        Assert.Equal(0, _client.Builds);
    }

    [Fact]
    public async Task Packages_are_installed_when_they_are_not_there_or_are_others()
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
    public void Installed_packages_are_those_of_the_lock_file(string installed, bool good)
    {
        _client.Write("web/package-lock.json", """
            { "packages": { "": { "name": "small" },
                "node_modules/a": { "version": "1.0.0", "integrity": "x" },
                "node_modules/for-another-system": { "version": "1.0.0", "integrity": "z", "optional": true } } }
            """);
        _client.Write("web/node_modules/.package-lock.json", $$"""{ "packages": {{installed}} }""");

        Assert.Equal(good, NodePackages.AreInstalled(_client.At("web")));
    }

    public void Dispose() => _client.Dispose();

    private WebOptions With() => _client.Options with { SearchPath = Path.Combine(_client.Folder, "bin") };

    private void Program(string name, string does)
    {
        _client.Write($"bin/{name}", $"#!/bin/sh\n{does}\n");
        using var chmod = Process.Start("chmod", ["+x", _client.At($"bin/{name}")]);
        chmod.WaitForExit();
    }
}
