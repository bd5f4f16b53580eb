using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>The measured host, in its own process on a copy of prepared data.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    // Raised limits, because a few members make all calls of a benchmark.
    private static readonly Dictionary<string, string> Limits = new(StringComparer.Ordinal)
    {
        ["Invites__PerDay"] = "1000",
        ["Invites__NewPerDay"] = "1000",
        ["Invites__PendingAtMost"] = "1000",
        ["Chat__PerMinute"] = "10000",
    };

    private static Dictionary<string, string> Settings => Limits
        .Concat(LocalHostFixture.NoCallLimits.Select(
            limit => KeyValuePair.Create(limit.Key.Replace(":", "__", StringComparison.Ordinal), limit.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private readonly List<HttpClient> _clients = [];
    private readonly string _folder;

    private BenchmarkHost(LocalProcess process, string folder)
    {
        Process = process;
        _folder = folder;
    }

    public LocalProcess Process { get; }

    public static async Task<BenchmarkHost> StartAsync(int creators, TextWriter log)
    {
        var folder = await PreparedData.CopyAsync(creators, log);
        return new BenchmarkHost(await LocalProcess.StartAsync(folder, PreparedData.Creators(creators), Settings), folder);
    }

    /// <summary>A client that calls as a member.</summary>
    public async Task<HttpClient> ClientAsync(string id)
    {
        var client = Client(Process.Url);
        lock (_clients)
        {
            _clients.Add(client);
        }

        client.DefaultRequestHeaders.Authorization = await TokenAsync(client, id);
        return client;
    }

    /// <summary>The Authorization header of a member.</summary>
    public static async Task<AuthenticationHeaderValue> TokenAsync(HttpClient client, string id)
    {
        using var form = new FormUrlEncodedContent([new("sub", id), new("name", id), new("email", $"{id}@example.com")]);
        using var answer = await client.PostAsync("/dev/identity/token", form);
        return new("Bearer", (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString());
    }

    /// <summary>A brand that can invite.</summary>
    public async Task<HttpClient> BrandAsync(string id)
    {
        var client = await ClientAsync(id);
        await client.BecomeBrandAsync(id);
        return client;
    }

    /// <summary>A client for a floor or the product. It limits the calls in flight, so that a slow server does not overload the
    /// machine.</summary>
    public static HttpClient Client(Uri url) =>
        new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 200 }) { BaseAddress = url };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
