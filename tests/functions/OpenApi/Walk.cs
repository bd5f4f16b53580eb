using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>A host to walk over: every exchange with it is held to the contract, and each answer that there was is noted.</summary>
internal sealed class Walk : IAsyncDisposable
{
    /// <summary>Invites that a member may send on one day here.</summary>
    public const int InvitesPerDay = 4;

    /// <summary>Invites of a member that may be pending here.</summary>
    public const int InvitesPending = 3;

    /// <summary>Messages that a member may send in a minute here.</summary>
    public const int MessagesPerMinute = 2;

    /// <summary>Reports that a member may make on one day here.</summary>
    public const int ReportsPerDay = 2;

    /// <summary>Rows that one load of creators may have here.</summary>
    public const int RowsPerLoad = 2;

    /// <summary>Favourites, and blocks, that a member may have at once here.</summary>
    public const int AtMost = 1;

    private readonly ContractHandler _held = new(Contract.Current)
    {
        InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false },
    };

    // It begins at noon, so that no day ends on the way.
    private readonly ShiftedTime _time = new() { Ahead = TimeSpan.FromHours(12) - DateTimeOffset.UtcNow.TimeOfDay };
    private readonly Outage _outage = new();
    private LocalHostFixture _host = null!;

    private Walk()
    {
    }

    /// <summary>The host.</summary>
    public LocalHostFixture Host => _host;

    /// <summary>The answers that there were so far.</summary>
    public IReadOnlyCollection<Reached> Reached => _held.Reached;

    /// <summary>What stands for a path's parameter, by the operation's path and the parameter's name;
    /// set as the walk comes to know it.</summary>
    public Func<string, string, string> PathValue { get; set; } = (path, name) =>
        throw new InvalidOperationException($"{path} needs a {name}.");

    /// <summary>Starts the host; with <paramref name="callsLimited"/> one that takes one call of each kind a minute or an hour.</summary>
    public static async Task<Walk> StartAsync(bool callsLimited = false)
    {
        var walk = new Walk();
        walk._host = await LocalHostFixture.StartAsync(o => o with
        {
            Time = walk._time,
            Services = walk._outage.Watch,
            Settings = new Dictionary<string, string?>(
                LocalHostFixture.NoCallLimits.Select(limit => KeyValuePair.Create(limit.Key, (string?)(callsLimited ? "1" : limit.Value))))
            {
                ["Invites:PerDay"] = $"{InvitesPerDay}",
                ["Invites:PendingAtMost"] = $"{InvitesPending}",
                ["Chat:PerMinute"] = $"{MessagesPerMinute}",
                ["Safety:ReportsPerDay"] = $"{ReportsPerDay}",
                ["Load:MaxRows"] = $"{RowsPerLoad}",
                ["Favourites:AtMost"] = $"{AtMost}",
                ["Safety:BlocksAtMost"] = $"{AtMost}",
            },
        });
        return walk;
    }

    /// <summary>A client that calls as a member; as nobody without one.</summary>
    public HttpClient ClientFor(string? member, params string[] roles)
    {
        var client = new HttpClient(_held, disposeHandler: false) { BaseAddress = _host.Url, Timeout = LocalHostFixture.Patience };
        client.DefaultRequestHeaders.Authorization =
            member is null ? null : new AuthenticationHeaderValue("Bearer", _host.TokenFor(member, roles: roles));
        return client;
    }

    /// <summary>Makes an operation's call with its documented example of a body and what <see cref="PathValue"/> gives.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="operation">What.</param>
    /// <param name="body">Another body.</param>
    /// <param name="query">Instead of the parameters that are required.</param>
    public async Task<Answer> CallAsync(HttpClient client, Operation operation, object? body = null, string? query = null)
    {
        var path = operation.Parameters.Where(p => p["in"]!.ToString() == "path").Select(p => p["name"]!.ToString())
            .Aggregate(operation.Path, (current, name) =>
                current.Replace($"{{{name}}}", PathValue(operation.Path, name), StringComparison.Ordinal));
        query ??= string.Join('&', operation.Parameters
            .Where(p => p["in"]!.ToString() == "query" && p["required"]?.GetValue<bool>() == true)
            .Select(p => $"{p["name"]}={Contract.Current.Schemas.Resolve(p["schema"]!)["enum"]![0]}"));
        body ??= operation.Body?["examples"]?[0]?.ToJsonString();
        var headers = operation.Parameters.Where(p => p["in"]!.ToString() == "header" && p["required"]?.GetValue<bool>() == true)
            .ToDictionary(p => p["name"]!.ToString(), p =>
                Contract.Current.Schemas.Resolve(p["schema"]!)["enum"]?[0]?.ToString() ?? PathValue(operation.Path, p["name"]!.ToString()));
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
            throw new TimeoutException($"{operation} is not answered.", e);
        }
        finally
        {
            foreach (var name in headers.Keys)
            {
                client.DefaultRequestHeaders.Remove(name);
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Wait(TimeSpan time) => _time.Ahead += time;

    /// <summary>Runs something while the database and live delivery fail, and forgets what the host knew of its health.</summary>
    public async Task DuringOutageAsync(HttpStatusCode status, Func<Task> run)
    {
        Wait(TimeSpan.FromSeconds(10));
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

    /// <summary>Fails with each event that is not as the contract says, and with each kind of event that is none of these.</summary>
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
        _held.Dispose();
    }
}
