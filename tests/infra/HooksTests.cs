using System.Text.Json.Nodes;
using Connections.Local.Web;
using Connections.Tests.Local.Worker;
using Microsoft.AspNetCore.Http;

namespace Connections.Tests.Infra;

/// <summary>The hooks that azd runs around a deployment.</summary>
public sealed class HooksTests
{
    [Fact]
    public async Task The_web_clients_configuration_is_written_from_the_outputs_of_the_deployment()
    {
        await using var issuer = await LocalHostFixture.StartAsync();
        using var folder = new TempFolder();
        var given = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["API_ORIGIN"] = "https://api.example", ["FILES_ORIGIN"] = "https://files.example",
            ["REALTIME_HOST"] = "live.example",
            ["IDENTITY_ISSUER"] = new Uri(issuer.Url, "/dev/identity").AbsoluteUri,
            ["WEB_CLIENT_ID"] = "client", ["WEB_SCOPE"] = "openid api", ["SUPPORT_ADDRESS"] = "support@example.com",
        };
        Assert.All(
            given.Keys, name => Assert.Contains(BicepFile.All, file => file.Text.Contains($"\noutput {name} ", StringComparison.Ordinal)));
        await Hook.WriteWebConfigAsync(folder.FullPath, given);

        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "config.json")))!;
        Assert.Equal("https://api.example", config["api"]!.ToString());
        Assert.Equal("oidc", config["signIn"]!["kind"]!.ToString());
        Assert.Equal(given["IDENTITY_ISSUER"], config["signIn"]!["authority"]!.ToString());
        Assert.Equal("""{"note":300,"message":4000,"details":1000,"editSeconds":900}""", config["limits"]!.ToJsonString());
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "staticwebapp.config.json")))!;
        var policy = host["globalHeaders"]!["Content-Security-Policy"]!.ToString();
        Assert.Contains(
            "connect-src 'self' https://api.example https://files.example wss://live.example "
                + issuer.Url.GetLeftPart(UriPartial.Authority),
            policy,
            StringComparison.Ordinal);
        Assert.Contains("img-src 'self' https://api.example https://files.example data:", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        // Members sign in only at the issuer. The providers of Static Web Apps are open unless a rule closes their addresses.
        var closed = host["routes"]!.AsArray().Where(route => route!["statusCode"]?.GetValue<int>() == 404)
            .Select(route => route!["route"]!.ToString()).ToList();
        Assert.Superset(
            new HashSet<string>(["/.auth/login/aad", "/.auth/login/github", "/.auth/me", "/.auth/logout", "/.auth/*"]), closed.ToHashSet());
        Assert.All(closed, route => Assert.StartsWith("/.auth/", route, StringComparison.Ordinal));
        // Static Web Apps refuses a rule after the wildcard, because it is unreachable.
        Assert.Equal("/.auth/*", closed[^1]);

        // The local host must send the same headers as Azure, except for the hosts that the client may call.
        var local = new DefaultHttpContext().Response;
        new WebHeaders(new Uri("http://localhost:1"), null, ["http://localhost:1"]).AddTo(local);
        Assert.Equal(Rules(local.Headers.ContentSecurityPolicy.ToString()), Rules(policy));
        Assert.All(local.Headers.Where(header => header.Key != "Content-Security-Policy"), header =>
            Assert.Equal(header.Value.ToString(), host["globalHeaders"]![header.Key]?.ToString()));
        Assert.Equal("<https://api.example>; rel=preconnect; crossorigin", host["globalHeaders"]!["Link"]!.ToString());
        Assert.Equal(["Cache-Control", "Link", "Strict-Transport-Security"], host["globalHeaders"]!
            .AsObject().Select(header => header.Key).Except(local.Headers.Keys).Order());
    }

    // The policy without the addresses of hosts.
    private static IEnumerable<string> Rules(string policy) => policy.Split("; ")
        .Select(rule => string.Join(' ', rule.Split(' ').Where(word => !word.Contains("://", StringComparison.Ordinal))))
        .Order(StringComparer.Ordinal);

    [Theory]
    [InlineData("0", null, false)]
    [InlineData(null, null, false)]
    [InlineData("25", null, true)]
    [InlineData("25", "2026-03-01", false)]
    public async Task The_start_month_of_a_budget_is_stored_with_the_first_budget_and_not_before(
        string? budget, string? kept, bool isStored)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A fake azd that records its calls.
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("azd"), $"#!/bin/sh\necho \"$@\" >> '{folder.File("calls")}'\n");
        File.SetUnixFileMode(folder.File("azd"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (exitCode, errors) = await Hook.RunAsync("keep-budget-start.mjs", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = folder.FullPath + ":" + Environment.GetEnvironmentVariable("PATH"), ["MONTHLY_BUDGET"] = budget,
            ["BUDGET_START"] = kept,
        });

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(isStored, File.Exists(folder.File("calls")));
        if (isStored)
        {
            Assert.Matches("^env set BUDGET_START [0-9]{4}-[0-9]{2}-01\n$", await File.ReadAllTextAsync(folder.File("calls")));
        }
    }
}
