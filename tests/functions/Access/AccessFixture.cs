using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Access;

/// <summary>The host for the calls of the table. Once every scene is prepared, nothing but those calls happens there.</summary>
public sealed class AccessFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Scene> _scenes = new(StringComparer.Ordinal);
    private readonly ContractHandler _held =
        new(Contract.Current) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false } };
    private LocalHostFixture _host = null!;
    private HttpClient _client = null!;

    /// <summary>The stored and sent data of the host.</summary>
    internal Records Records { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var needed = AccessTable.Rows.SelectMany(
            row => AccessTable.Everybody.Select(caller => (Key: KeyOf(row, caller), row.Between, Caller: SceneOf(caller))))
            .DistinctBy(scene => scene.Key).ToArray();
        await Parallel.ForEachAsync(needed.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (scene, _) =>
            _scenes[scene.Item.Key] = await Scene.SetAsync(_host, $"s{scene.Index}", scene.Item.Between, scene.Item.Caller));
        await _host.DrainAsync();
        await _host.RestartAsync(o => o with { Services = Records.Quiet });
        _client = new HttpClient(_held, disposeHandler: false) { BaseAddress = _host.Url };
        Records = Records.Of(_host);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Records.Dispose();
        _client.Dispose();
        _held.Dispose();
        await _host.DisposeAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    /// <summary>Makes the call of a row as one of the callers of the table, or with an invalid token of the member it is for.</summary>
    /// <returns>The status and the problem, and whether the answer shows the messages of the two or the identity of the other.</returns>
    internal async Task<(Expected Answer, bool Tells, bool Names)> CallAsync(AccessRow row, string caller)
    {
        var scene = _scenes[KeyOf(row, caller)];
        var operation = row.InContract;
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), PathOf(row, operation, scene))
        {
            Content = BodyOf(row, operation, scene),
        };
        request.Headers.Authorization = TokenOf(row, caller, scene) is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return (
            new Expected(
                (int)response.StatusCode,
                isProblem ? System.Text.Json.Nodes.JsonNode.Parse(text)!["type"]!.ToString()["/problems/".Length..] : null),
            text.Contains(scene.Secret, StringComparison.Ordinal),
            text.Contains($"\"{scene.Other}\"", StringComparison.Ordinal));
    }

    private string? TokenOf(AccessRow row, string caller, Scene scene)
    {
        if (BadTokens.All.TryGetValue(caller, out var bad))
        {
            return bad(_host, scene.Mine);
        }

        var isForAdmin = row.Operation == "loadCreators";
        var isForModerator = row.InContract.IsForModerators;
        return caller switch
        {
            "mine" when isForModerator => _host.TokenFor("moderator", roles: ["moderator"]),
            "role" when isForModerator => _host.TokenFor(scene.WithRole, roles: ["Moderator", "moderators", " moderator", "Admin"]),
            "mine" => _host.TokenFor(scene.Mine, roles: isForAdmin ? ["admin"] : []),
            "stranger" => _host.TokenFor(scene.Stranger),
            "role" => _host.TokenFor(scene.WithRole, roles: isForAdmin ? ["Admin", "admins", " admin", "creator"] : ["admin"]),
            "other" => _host.TokenFor(scene.Other),
            _ => _host.TokenFor(scene.Mine),
        };
    }

    // Callers that share a scene do not change what another of them needs.
    private static string KeyOf(AccessRow row, string caller) =>
        row.Ends && AccessTable.MustBe(row, caller).IsDone ? $"{row.Name} {caller}"
        : $"{row.Between} {(SceneOf(caller) is "stranger" or "role" or "other" ? "mine" : SceneOf(caller))}";

    // An invalid token is a token of the member.
    private static string SceneOf(string caller) => BadTokens.All.ContainsKey(caller) ? "mine" : caller;

    private static string PathOf(AccessRow row, Operation operation, Scene scene)
    {
        var path = operation.Parameters.Where(parameter => parameter["in"]!.ToString() == "path").Select(
            parameter => parameter["name"]!.ToString())
            .Aggregate(operation.Path, (current, name) =>
                current.Replace($"{{{name}}}", scene.PathValue(operation, name), StringComparison.Ordinal));
        return path + row.Name switch
        {
            "listInvites" => "?direction=sent",
            "listConnections ended" => "?state=ended",
            "listConnections by id" => $"?id={scene.Pair.ConnectionId}",
            "showInviteLink report" => "?answer=report",
            "readMessages by words" => "?q=secret",
            "readFacets of filter" => "?category=travel",
            _ => "",
        };
    }

    private static HttpContent? BodyOf(AccessRow row, Operation operation, Scene scene) => row.Name switch
    {
        "sendInvite" => Json($$"""{ "creatorId": "{{scene.Other}}" }"""),
        "sendReport" => Json($$"""{ "memberId": "{{scene.Other}}", "reason": "spam" }"""),
        "sendReport of message" => Json($$"""{ "connectionId": "{{scene.Pair.ConnectionId}}", "seq": 2, "reason": "spam" }"""),
        "answerInviteLink" => new FormUrlEncodedContent([new("answer", "accept")]),
        "answerInviteLink report" => new FormUrlEncodedContent([new("answer", "report"), new("reason", "spam")]),
        "unsubscribe" => new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]),
        "loadCreators" =>
            new StringContent(Contract.Current.Schema("CreatorRow")["examples"]![0]!.ToJsonString(), Encoding.UTF8, "application/x-ndjson"),
        _ => operation.Body?["examples"]?[0] is { } example ? Json(example.ToJsonString()) : null,
    };

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
