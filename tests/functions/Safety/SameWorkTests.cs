using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.Safety;

/// <summary>Neither answers nor their timing reveal whether a member blocks the caller, is unlisted, or does not exist.</summary>
public sealed class SameWorkTests : IAsyncLifetime
{
    private readonly RequestLog _log = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await _log.StartHostWithoutTriggersAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/invites", "{\"creatorId\":\"{id}\"}")]
    [InlineData("GET", "/api/creators/{id}", null)]
    [InlineData("PUT", "/api/favourites/{id}", "{}")]
    [InlineData("DELETE", "/api/favourites/{id}", null)]
    [InlineData("PUT", "/api/dismissed/{id}", "{}")]
    [InlineData("DELETE", "/api/dismissed/{id}", null)]
    [InlineData("POST", "/api/reports", "{\"memberId\":\"{id}\",\"reason\":\"spam\"}")]
    [InlineData("PUT", "/api/blocks/{id}", "{}")]
    [InlineData("DELETE", "/api/blocks/{id}", null)]
    public async Task A_call_does_the_same_work_and_answers_the_same(string method, string path, string? body)
    {
        foreach (var id in new[] { "blocks", "unlisted", "both" })
        {
            await _host.ClientFor(id).BecomeCreatorAsync(id, id);
        }

        foreach (var id in new[] { "unlisted", "both" })
        {
            await _host.ClientFor(id).PutAsync("/api/me", new { kind = "creator", displayName = id, listed = false });
        }

        var caller = _host.ClientFor("caller");
        await caller.BecomeCreatorAsync("Caller", "caller");
        foreach (var id in new[] { "blocks", "both" })
        {
            Assert.Null((await _host.ClientFor(id).PutAsync("/api/blocks/caller", new { })).Problem);
        }

        // The first call of some kinds creates the caller's counters.
        await SeenAsync("nobody-at-first");
        var nobody = await SeenAsync("nobody");
        foreach (var id in new[] { "blocks", "unlisted", "both" })
        {
            Assert.Equal(nobody, await SeenAsync(id));
        }

        async Task<string> SeenAsync(string id)
        {
            _log.Clear();
            var answer = await caller.CallAsync(
                new HttpMethod(method), path.Replace("{id}", id, StringComparison.Ordinal), body?.Replace(
                    "{id}", id, StringComparison.Ordinal));
            var words = answer.Body?.DeepClone() as JsonObject ?? [];
            foreach (var random in new[] { "traceId", "id" })
            {
                words.Remove(random);
            }

            return $"{(int)answer.Status} {words.ToJsonString()} "
                + $"{string.Join(' ', _log.Sent.Select(request => request.Container).Order(StringComparer.Ordinal))}";
        }
    }

    [Fact]
    public async Task A_caller_without_a_profile_is_told_so_whomever_they_invite()
    {
        await _host.ClientFor("unlisted").BecomeBrandAsync();
        await _host.ClientFor("listed").BecomeCreatorAsync();
        var caller = _host.ClientFor("new");
        await caller.ReadAsync("/api/me");
        foreach (var id in new[] { "nobody", "unlisted", "listed" })
        {
            Assert.Equal("profile-incomplete", (await caller.SendAsync("/api/invites", new { creatorId = id })).Problem);
        }
    }
}
