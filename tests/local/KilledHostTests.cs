using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Emulators.Email;
using Connections.Emulators.Storage;

namespace Connections.Tests.Local;

/// <summary>The host in its own process, killed as by a crash.</summary>
public sealed class KilledHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-killed-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_email_owed_when_the_process_was_killed_is_sent_once()
    {
        // The test cannot choose the moment exactly, so it repeats until some kills fall between the invite and its email.
        const int Wanted = 2;
        const int MaxRounds = 12;
        var killedBefore = new List<string>();
        var invited = new List<string>();
        for (var round = 0; round < MaxRounds && killedBefore.Count < Wanted; round++)
        {
            var creator = $"killed-{round}";
            await using (var host = await LocalProcess.StartAsync(_folder, ["--creators", "1"]))
            {
                await PutCreatorAsync(host.Url, creator);
                var answer = await CallAsync(host.Url, "demo-brand", HttpMethod.Post, "/api/invites", new { creatorId = creator });
                Assert.Equal("pending", answer["state"]?.ToString());
                await host.KillAsync();
            }

            invited.Add(creator);
            if (await MailsToAsync(creator) == 0)
            {
                killedBefore.Add(creator);
            }
        }

        Assert.Equal(Wanted, killedBefore.Count);
        await using var again = await LocalHostFixture.StartAsync(o => o with { Folder = _folder, Creators = 1 });
        // After draining, no work remains, so no second email can follow.
        await again.DrainAsync();
        foreach (var creator in invited)
        {
            Assert.Single(await again.OutboxAsync($"{creator}@example.com"));
        }
    }

    private async Task<int> MailsToAsync(string member)
    {
        using var file = SqliteFile.Open(Path.Combine(_folder, "connections.db"));
        return (
            await new LocalMail(file, TimeProvider.System)
            .ListAsync($"{member}@example.com", LocalMail.MaxList, CancellationToken.None)).Count;
    }

    private async Task PutCreatorAsync(Uri url, string creator) => await CallAsync(url, creator, HttpMethod.Put, "/api/me", new
    {
        kind = "creator",
        displayName = creator,
        handle = creator,
        headline = "Slow travel",
        categories = new[] { "travel" },
        platforms = new[] { new { name = "instagram", handle = creator, followers = 1000, engagement = 0.05 } },
        listed = true,
    });

    private async Task<JsonNode> CallAsync(Uri url, string member, HttpMethod method, string path, object body)
    {
        using var form = new FormUrlEncodedContent([new("sub", member), new("email", $"{member}@example.com"), new("name", member)]);
        using var token = await _http.PostAsync(new Uri(url, "/dev/identity/token"), form);
        using var request =
            new HttpRequestMessage(method, new Uri(url, path)) { Content = JsonContent.Create(body, options: Json.Options) };
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", (await token.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString());
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
