using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Local.Mail;

namespace Connections.Tests.Local;

/// <summary>The host as its user runs it, killed as a crash kills it.</summary>
public sealed class KilledHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-killed-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_email_that_was_owed_when_the_process_was_killed_goes_out_once()
    {
        // The moment of the kill cannot be commanded, so it is tried until some kills fell between the invite and its email.
        const int Wanted = 2;
        const int AtMost = 12;
        var killedBefore = new List<string>();
        var invited = new List<string>();
        for (var round = 0; round < AtMost && killedBefore.Count < Wanted; round++)
        {
            var creator = $"killed-{round}";
            await using (var host = await StartAsync())
            {
                await PutCreatorAsync(host.Url, creator);
                var answer = await CallAsync(host.Url, "demo-brand", HttpMethod.Post, "/api/invites", new { creatorId = creator });
                Assert.Equal("pending", answer["state"]?.ToString());
                host.Kill();
            }

            invited.Add(creator);
            if (await MailsToAsync(creator) == 0)
            {
                killedBefore.Add(creator);
            }
        }

        Assert.Equal(Wanted, killedBefore.Count);
        await using var again = await StartAsync();
        foreach (var creator in invited)
        {
            Assert.Equal(1, await Calls.EventuallyAsync(() => MailsToAsync(creator), count => count > 0));
        }

        // Once: whatever was queued twice has been looked at by now, or is looked at while these calls are made.
        await Task.Delay(TimeSpan.FromSeconds(3));
        foreach (var creator in invited)
        {
            Assert.Equal(1, await MailsToAsync(creator));
        }
    }

    private async Task<int> MailsToAsync(string member)
    {
        using var mail = LocalMail.Open(Path.Combine(_folder, "connections.db"), TimeProvider.System);
        return (await mail.ListAsync($"{member}@example.com", LocalMail.MaxList, CancellationToken.None)).Count;
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
        using var request = new HttpRequestMessage(method, new Uri(url, path)) { Content = JsonContent.Create(body, options: Json.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await token.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString());
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(_folder);

    /// <summary>A host in a process of its own.</summary>
    private sealed class RunningHost : IAsyncDisposable
    {
        private readonly Process _process;

        private RunningHost(Process process, Uri url) => (_process, Url) = (process, url);

        public Uri Url { get; }

        public static async Task<RunningHost> StartAsync(string folder)
        {
            var url = new Uri($"http://localhost:{FreePort.Next()}");
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Connections.Local.dll"), "--urls", url.AbsoluteUri, "--data", folder, "--creators", "1" },
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var process = Process.Start(start)!;
            var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
            process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
            process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var http = new HttpClient { BaseAddress = url };
            var up = await Calls.EventuallyAsync(async () =>
            {
                try
                {
                    using var response = await http.GetAsync("/api/health");
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return process.HasExited;
                }
            }, done => done, TimeSpan.FromMinutes(1));
            return up && !process.HasExited ? new RunningHost(process, url) : throw new InvalidOperationException($"The host did not start: {string.Join('\n', said)}");
        }

        public void Kill() => _process.Kill();

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static class FreePort
    {
        public static int Next()
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
