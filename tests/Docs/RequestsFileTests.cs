using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Docs;

/// <summary><c>requests.http</c> works from top to bottom on a host that has just started.</summary>
public sealed partial class RequestsFileTests
{
    [Fact]
    public async Task Every_request_succeeds_in_the_order_of_the_file()
    {
        await using var host = await LocalHostFixture.StartAsync();
        using var client = new HttpClient();
        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var requests = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "requests.http"));

        foreach (var section in requests.Split("\n### ").Skip(1))
        {
            var text = Value().Replace(section, match => answers[match.Groups["request"].Value][match.Groups["field"].Value]!.ToString())
                .Replace("{{host}}", host.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
            var (name, request) = Parse(text);
            using (request)
            {
                using var response = await client.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                Assert.True(response.IsSuccessStatusCode, $"{section.Split('\n')[0]}: {(int)response.StatusCode} {body}");
                if (name is not null)
                {
                    answers[name] = JsonNode.Parse(body)!;
                }
            }
        }

        Assert.Equal(["brand", "invite", "maya"], answers.Keys.Order(StringComparer.Ordinal));
    }

    private static (string? Name, HttpRequestMessage Request) Parse(string section)
    {
        var parts = section.Split("\n\n", 2);
        var lines = parts[0].Split('\n').Skip(1).ToList();
        var name = lines.FirstOrDefault(line => line.StartsWith("# @name ", StringComparison.Ordinal))?["# @name ".Length..];
        lines.RemoveAll(line => line.StartsWith('#'));
        var (method, url) = lines[0].Split(' ') is [var first, var second] ? (first, second) : throw new FormatException(lines[0]);
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        var headers = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (headers.TryGetValue("Content-Type", out var type))
        {
            request.Content = new StringContent(parts[1].Trim(), Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        if (headers.TryGetValue("Authorization", out var authorization))
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        return (name, request);
    }

    [GeneratedRegex(@"\{\{(?<request>\w+)\.response\.body\.\$\.(?<field>\w+)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
