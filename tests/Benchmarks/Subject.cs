using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>The host that is measured: a process of its own, on a copy of prepared data.</summary>
internal sealed class Subject : IAsyncDisposable
{
    // What bounds members must not bound a benchmark, in which few members do much.
    private static readonly Dictionary<string, string> Unbounded = new(StringComparer.Ordinal)
    {
        ["Invites__PerDay"] = "1000",
        ["Invites__PendingAtMost"] = "1000",
        ["Chat__PerMinute"] = "10000",
    };

    private static Dictionary<string, string> Settings => Unbounded
        .Concat(LocalHostFixture.NoCallLimits.Select(
            limit => KeyValuePair.Create(limit.Key.Replace(":", "__", StringComparison.Ordinal), limit.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private readonly List<HttpClient> _clients = [];
    private readonly string _folder;

    private Subject(LocalProcess process, string folder)
    {
        Process = process;
        _folder = folder;
    }

    /// <summary>The host's process.</summary>
    public LocalProcess Process { get; }

    /// <summary>Starts a host with so many creators.</summary>
    public static async Task<Subject> StartAsync(int creators, TextWriter log)
    {
        var folder = await PreparedData.CopyAsync(creators, log);
        return new Subject(await LocalProcess.StartAsync(folder, PreparedData.Creators(creators), Settings), folder);
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

    /// <summary>What a member's calls carry.</summary>
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

    /// <summary>The same client for every floor and subject. Calls past so many at once wait: a server that falls behind must not take the
    /// machine with it.</summary>
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
