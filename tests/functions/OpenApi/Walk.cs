using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Connections.Emulators.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>A host whose clients check every call against the contract and record the answers.</summary>
internal sealed class Walk : IAsyncDisposable
{
    /// <summary>The host's limit of invites of a member a day.</summary>
    public const int InvitesPerDay = 4;

    /// <summary>The host's limit of pending invites of a member.</summary>
    public const int InvitesPending = 3;

    /// <summary>The host's limit of messages of a member a minute.</summary>
    public const int MessagesPerMinute = 2;

    /// <summary>The host's limit of reports of a member a day.</summary>
    public const int ReportsPerDay = 2;

    /// <summary>The host's limit of changes of address of a member a day.</summary>
    public const int AddressesPerDay = 2;

    /// <summary>The host's limit of files of a member a day.</summary>
    public const int FilesPerDay = 5;

    /// <summary>The host's limit of rows in a bulk load.</summary>
    public const int RowsPerLoad = 2;

    /// <summary>The host's limit of favourites, of blocks and of pins of a member.</summary>
    public const int AtMost = 1;

    private readonly ContractHandler _handler = new(Contract.Current)
    {
        InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false },
    };

    // Starts at noon, so that no limit by day resets during the walk.
    private readonly ShiftedTime _time = new() { Ahead = TimeSpan.FromHours(12) - DateTimeOffset.UtcNow.TimeOfDay };
    private readonly Outage _outage = new();
    private LocalHostFixture _host = null!;

    private Walk()
    {
    }

    public LocalHostFixture Host => _host;

    /// <summary>The answers so far.</summary>
    public IReadOnlyCollection<OperationAnswer> Reached => _handler.Reached;

    /// <summary>The value of a path parameter, by the path of the operation and the name of the parameter.</summary>
    public Func<string, string, string> PathValue { get; set; } = (path, name) =>
        throw new InvalidOperationException($"{path} needs a {name}.");

    /// <summary>Starts the host. With <paramref name="callsLimited"/>, each limit on calls is 1.</summary>
    public static async Task<Walk> StartAsync(bool callsLimited = false)
    {
        var walk = new Walk();
        walk._host = await LocalHostFixture.StartAsync(o => o with
        {
            Time = walk._time,
            Services = services =>
            {
                walk._outage.Watch(services);
                // The walk says itself when a scan is over.
                services.AddSingleton(new MalwareScanOptions("account", (_, _) => Task.CompletedTask));
            },
            Settings = new Dictionary<string, string?>(
                LocalHostFixture.NoCallLimits.Select(limit => KeyValuePair.Create(limit.Key, (string?)(callsLimited ? "1" : limit.Value))))
            {
                ["Invites:PerDay"] = $"{InvitesPerDay}",
                ["Invites:PendingAtMost"] = $"{InvitesPending}",
                ["Chat:PerMinute"] = $"{MessagesPerMinute}",
                ["Safety:ReportsPerDay"] = $"{ReportsPerDay}",
                ["Files:PerDay"] = $"{FilesPerDay}",
                ["Email:ChangesPerDay"] = $"{AddressesPerDay}",
                ["Load:MaxRows"] = $"{RowsPerLoad}",
                ["Favourites:AtMost"] = $"{AtMost}",
                ["Favourites:DismissedAtMost"] = $"{AtMost}",
                ["Safety:BlocksAtMost"] = $"{AtMost}",
                ["Chat:PinnedAtMost"] = $"{AtMost}",
            },
        });
        return walk;
    }

    /// <summary>A client that calls as a member; without a token if <paramref name="member"/> is null.</summary>
    public HttpClient ClientFor(string? member, params string[] roles) =>
        ClientWith(member is null ? null : _host.TokenFor(member, roles: roles));

    /// <summary>A client with a token; with none if it is null.</summary>
    public HttpClient ClientWith(string? token)
    {
        var client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = _host.Url, Timeout = LocalHostFixture.MaxWait };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Calls an operation with the path parameters of <see cref="PathValue"/>.</summary>
    /// <param name="client">The client of the caller.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="body">The body; the first example in the contract by default.</param>
    /// <param name="query">The query; the required parameters by default.</param>
    /// <param name="header">A header of the call; none by default.</param>
    public async Task<Answer> CallAsync(
        HttpClient client, Operation operation, object? body = null, string? query = null, (string Name, string Value)? header = null)
    {
        var path = operation.Parameters.Where(p => p["in"]!.ToString() == "path").Select(p => p["name"]!.ToString())
            .Aggregate(operation.Path, (current, name) =>
                current.Replace($"{{{name}}}", PathValue(operation.Path, name), StringComparison.Ordinal));
        query ??= string.Join('&', operation.Parameters
            .Where(p => p["in"]!.ToString() == "query" && p["required"]?.GetValue<bool>() == true)
            .Select(p => $"{p["name"]}={Contract.Current.Schemas.Resolve(p["schema"]!)["x-extensible-enum"]![0]}"));
        body ??= operation.Body?["examples"]?[0]?.ToJsonString();
        var headers = operation.Parameters.Where(p => p["in"]!.ToString() == "header" && p["required"]?.GetValue<bool>() == true)
            .ToDictionary(p => p["name"]!.ToString(), p =>
                Contract.Current.Schemas.Resolve(p["schema"]!)["const"]?.ToString() ?? PathValue(operation.Path, p["name"]!.ToString()));
        if (header is { } extra)
        {
            headers.Add(extra.Name, extra.Value);
        }

        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.Add(name, value);
        }

        try
        {
            return await client.CallAsync(new HttpMethod(operation.Method), query.Length > 0 ? $"{path}?{query}" : path, body);
        }
        catch (TaskCanceledException e)
        {
            throw new TimeoutException($"{operation} was not answered.", e);
        }
        finally
        {
            foreach (var name in headers.Keys)
            {
                client.DefaultRequestHeaders.Remove(name);
            }
        }
    }

    /// <summary>Moves the host's clock forward.</summary>
    public void Advance(TimeSpan time) => _time.Ahead += time;

    /// <summary>Runs an action during an outage, after the host's cached health report has expired.</summary>
    public async Task DuringOutageAsync(HttpStatusCode status, Func<Task> run)
    {
        Advance(TimeSpan.FromSeconds(10));
        _outage.Status = status;
        try
        {
            await run();
        }
        finally
        {
            _outage.Status = null;
        }
    }

    /// <summary>Checks that every event fits the contract and that every documented kind of event occurs.</summary>
    public static void CheckEvents(IReadOnlyCollection<JsonNode> events)
    {
        var schema = Contract.Current.Schema("LiveEvent");
        Assert.Equal([], events.SelectMany(live => Contract.Current.Schemas.Errors(live, schema)
            .Concat(Contract.Current.Schemas.Undocumented(live, schema)).Select(error => $"{error} in {live.ToJsonString()}")));
        Assert.Equal(
            schema["discriminator"]!["mapping"]!.AsObject().Select(kind => kind.Key).Order(),
            events.Select(live => live["type"]!.ToString()).Distinct().Order());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _handler.Dispose();
    }
}
