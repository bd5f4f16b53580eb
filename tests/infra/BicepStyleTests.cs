using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Local.Web;
using Connections.Telemetry;
using Connections.Tests.Local.Worker;
using Microsoft.AspNetCore.Http;

namespace Connections.Tests.Infra;

/// <summary>Each module reads well alone, and the files that azd reads agree with each other.</summary>
public sealed class BicepStyleTests
{
    public static TheoryData<string> Files { get; } = [.. BicepFile.Modules.Append(BicepFile.Main).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_parameter_and_output_is_described(string file)
    {
        var bicep = Open(file);
        Assert.All(bicep.Parameters.Concat(bicep.Outputs), declared => Assert.Contains("@description('", declared.Decorators, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_secret_is_asked_for_read_or_set(string file)
    {
        var text = Open(file).Text;
        Assert.DoesNotMatch(@"(?i)listKeys|listConnectionStrings|listCredentials|@secure|\bkey\d?:|primaryKey|sharedKey|password", text.Replace("allowSharedKeyAccess: false", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_resource_that_can_be_tagged_is_tagged_and_named_by_what_it_is_given(string file)
    {
        string[] untagged = ["Microsoft.Authorization/roleAssignments", "Microsoft.Consumption/budgets", "Microsoft.SignalRService/webPubSub/hubs"];
        Assert.All(Open(file).Resources.Where(resource => !untagged.Contains(resource.Type)), resource => Assert.Matches(@"\n  tags: (tags|union\(tags, )", resource.Body));
        Assert.All(Open(file).Resources, resource => Assert.Matches(@"\n  name: (name|\w+Name|guid\(|'\$\{)", resource.Body));
    }

    [Fact]
    public void Every_parameter_is_in_the_parameters_file_and_none_besides()
    {
        var given = JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "main.parameters.json")))!["parameters"]!.AsObject().Select(parameter => parameter.Key);
        Assert.Equal(BicepFile.Main.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_of_the_parameters_file_are_those_of_Bicep()
    {
        var given = JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "main.parameters.json")))!["parameters"]!.AsObject();
        Assert.All(
            BicepFile.Main.Parameters.Where(parameter => parameter.Rest.Contains(" = ", StringComparison.Ordinal) && !parameter.Rest.Contains("utcNow", StringComparison.Ordinal)),
            parameter => Assert.Matches($@"^\$\{{[A-Z_]+={Regex.Escape(parameter.Rest.Split(" = ")[1].Trim('\''))}\}}$", given[parameter.Name]!["value"]!.ToString()));
    }

    [Fact]
    public void Azd_finds_the_services_by_their_tags()
    {
        var azd = File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml"));
        var tagged = BicepFile.Modules.SelectMany(file => Regex.Matches(file.Text, "'azd-service-name': '([a-z]+)'")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(["functions", "web"], tagged);
        Assert.All(tagged, service => Assert.Matches($@"\n  {service}:\n    project: \./{service}(/Azure)?\n", azd));
    }

    [Fact]
    public void Every_alert_asks_for_a_figure_that_the_product_tells_and_is_explained_to_operators()
    {
        var alerts = BicepFile.Module("alerts").Text;
        var signals = File.ReadAllText(Path.Combine(Repository.Root, "functions", "Telemetry", "Signals.cs"));
        var asked = Regex.Matches(alerts, "\"(connections\\.[a-z.]+)\"").Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(asked.Count >= 3);
        Assert.All(asked, figure => Assert.Contains($"\"{figure}\"", signals, StringComparison.Ordinal));
        Assert.Contains($"new(Name)", signals, StringComparison.Ordinal);
        Assert.Equal("Connections", Signals.Name);

        var operations = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var names = Regex.Matches(alerts, "name: '([a-z]+-[a-z]+)'").Select(match => match.Groups[1].Value).Append("throttled-database").ToList();
        Assert.True(names.Count >= 7);
        Assert.All(names, name => Assert.Contains($"### {name}\n", operations, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_web_clients_configuration_is_written_from_what_the_deployment_gives_out()
    {
        await using var issuer = await LocalHostFixture.StartAsync();
        using var folder = new TempFolder();
        var hook = new ProcessStartInfo("node", [Path.Combine(BicepFile.Folder, "hooks", "write-web-config.mjs"), folder.FullPath]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var given = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["API_ORIGIN"] = "https://api.example", ["REALTIME_HOST"] = "live.example", ["IDENTITY_ISSUER"] = new Uri(issuer.Url, "/dev/identity").AbsoluteUri,
            ["WEB_CLIENT_ID"] = "client", ["WEB_SCOPE"] = "openid api", ["SUPPORT_ADDRESS"] = "support@example.com",
        };
        Assert.All(given.Keys, name => Assert.Contains(BicepFile.Main.Outputs, output => output.Name == name));
        foreach (var (name, value) in given)
        {
            hook.Environment[name] = value;
        }

        using var process = Process.Start(hook)!;
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", complaint);

        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "config.json")))!;
        Assert.Equal("https://api.example", config["api"]!.ToString());
        Assert.Equal("oidc", config["signIn"]!["kind"]!.ToString());
        Assert.Equal(given["IDENTITY_ISSUER"], config["signIn"]!["authority"]!.ToString());
        Assert.Equal("""{"note":300,"message":4000,"details":1000,"editSeconds":900}""", config["limits"]!.ToJsonString());
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "staticwebapp.config.json")))!;
        var policy = host["globalHeaders"]!["Content-Security-Policy"]!.ToString();
        Assert.Contains($"connect-src 'self' https://api.example wss://live.example {issuer.Url.GetLeftPart(UriPartial.Authority)}", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        // A client that runs here, at an address of this machine, must run there: the same headers, but for where it may call.
        var local = new DefaultHttpContext().Response;
        new WebHeaders(new Uri("http://localhost:1"), null).AddTo(local);
        Assert.Equal(Rules(local.Headers.ContentSecurityPolicy.ToString()), Rules(policy));
        Assert.All(local.Headers.Where(header => header.Key != "Content-Security-Policy"), header => Assert.Equal(header.Value.ToString(), host["globalHeaders"]![header.Key]?.ToString()));
        Assert.Equal(["Cache-Control", "Strict-Transport-Security"], host["globalHeaders"]!.AsObject().Select(header => header.Key).Except(local.Headers.Keys).Order());
    }

    // The policy without addresses of hosts: what may run, and from where but for those.
    private static IEnumerable<string> Rules(string policy) => policy.Split("; ")
        .Select(rule => string.Join(' ', rule.Split(' ').Where(word => !word.Contains("://", StringComparison.Ordinal)))).Order(StringComparer.Ordinal);

    private static BicepFile Open(string name) => BicepFile.Modules.Append(BicepFile.Main).Single(file => file.Name == name);
}
