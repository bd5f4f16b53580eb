using System.Net;
using Connections.Chat.Sockets;
using Connections.Emulators.WebPubSub;
using Connections.Tests.Functions.Members;
using Connections.Tests.Local.WebPubSub;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Chat;

/// <summary>A socket opens for an existing member, by a URL that the app made for them, up to a limit of open sockets.</summary>
public sealed class SocketsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Connect = "azure.webpubsub.sys.connect";

    [Fact]
    public async Task Of_the_sockets_that_one_URL_opens_the_newest_stay_open()
    {
        await using var own = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Chat:SocketsAtMost"] = "3" } });
        var url = await UrlAsync(own.ClientFor("many"));
        var sockets = new List<SocketClient>();
        for (var i = 0; i < 10; i++)
        {
            sockets.Add(await SocketClient.ConnectAsync(url, SocketClient.Json));
        }

        var hub = own.Services.GetRequiredService<LocalWebPubSub>();
        Assert.Equal(3, hub.ConnectionIds("many").Count);
        own.Services.GetRequiredService<LocalWebPubSub>().Send("many", """{ "n": 1 }""");
        foreach (var open in sockets.TakeLast(3))
        {
            Assert.Equal("system", (string?)(await open.ReceiveAsJsonAsync())["type"]);
            Assert.Equal(1, (int?)(await open.ReceiveAsJsonAsync())["data"]?["n"]);
            await open.DisposeAsync();
        }

        foreach (var closed in sockets.SkipLast(3))
        {
            await closed.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_a_hundred_sockets_at_once_the_next_one_closes_what_is_too_many()
    {
        await using var own = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Chat:SocketsAtMost"] = "5" } });
        var url = await UrlAsync(own.ClientFor("many"));

        // A socket that was admitted just before the others may open after they closed the open ones.
        var sockets =
            (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SocketClient.ConnectAsync(url, SocketClient.Json)))).ToList();
        sockets.Add(await SocketClient.ConnectAsync(url, SocketClient.Json));

        var hub = own.Services.GetRequiredService<LocalWebPubSub>();
        Assert.InRange(hub.ConnectionIds("many").Count, 1, 5);
        await Task.WhenAll(sockets.Select(socket => socket.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task One_URL_opens_only_so_many_sockets_a_minute()
    {
        await using var own = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Limits:SocketsPerMinute"] = "2" } });
        var (mine, other) = (await UrlAsync(own.ClientFor("mine")), await UrlAsync(own.ClientFor("other")));

        await using var first = await SocketClient.ConnectAsync(mine, SocketClient.Json);

        Assert.Equal(HttpStatusCode.TooManyRequests, await SocketClient.RefusalAsync(mine, SocketClient.Json));
        await using var another = await SocketClient.ConnectAsync(other, SocketClient.Json);
    }

    [Fact]
    public async Task A_member_without_a_key_gets_one_with_the_URL_and_until_then_no_pass_is_theirs()
    {
        var client = host.ClientFor("keyless");
        await client.BecomeBrandAsync();
        var keyless = await host.ChangeMemberAsync("keyless", member => member with { UnsubscribeKey = "" });

        var forged = PassOf(SocketPass.AddTo(new Uri("ws://localhost/?a=b"), keyless));
        Assert.False(SocketPass.IsOf(keyless, forged));
        var url = await UrlAsync(client);
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(WithPass(url, forged), SocketClient.Json));
        await using var socket = await SocketClient.ConnectAsync(url, SocketClient.Json);
    }

    [Fact]
    public async Task A_URL_without_its_pass_or_with_another_member_s_opens_nothing()
    {
        var ada = await UrlAsync(host.ClientFor("ada"));
        var bob = await UrlAsync(host.ClientFor("bob"));

        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(WithPass(ada, null), SocketClient.Json));
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(WithPass(ada, ""), SocketClient.Json));
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(WithPass(ada, PassOf(bob)), SocketClient.Json));
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(
            WithPass(ada, PassOf(ada)[..^1] + (PassOf(ada)[^1] == 'A' ? 'E' : 'A')), SocketClient.Json));
        await using var open = await SocketClient.ConnectAsync(ada, SocketClient.Json);
    }

    [Fact]
    public async Task A_URL_from_before_a_member_erased_themselves_opens_nothing_neither_after_they_are_back()
    {
        var member = host.ClientFor("goes");
        await member.BecomeBrandAsync();
        var old = await UrlAsync(member);

        await member.CallAsync(HttpMethod.Delete, "/api/me");
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(old, SocketClient.Json));
        Assert.Equal("profile-erased", (await member.SendAsync("/api/realtime/access")).Problem);

        await host.DrainAsync();
        await Calls.EventuallyAsync(() => member.BecomeBrandAsync(), answer => answer.Problem is null);
        Assert.Equal(HttpStatusCode.Forbidden, await SocketClient.RefusalAsync(old, SocketClient.Json));
        await using var open = await SocketClient.ConnectAsync(await UrlAsync(member), SocketClient.Json);
    }

    [Theory]
    [InlineData("ce-type", "azure.webpubsub.sys.disconnected")]
    [InlineData("ce-type", null)]
    [InlineData("ce-hub", "another")]
    [InlineData("ce-connectionId", null)]
    [InlineData("ce-connectionId", "long")]
    public async Task What_is_not_the_event_of_this_hub_is_refused(string header, string? value)
    {
        var answer = await EventAsync(headers => Set(headers, header, value == "long" ? new string('c', 257) : value));

        Assert.Equal((HttpStatusCode.Forbidden, "socket-refused"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("nobody-by-this-id")]
    [InlineData("a/b")]
    [InlineData(null)]
    public async Task A_socket_of_nobody_is_refused(string? user)
    {
        var answer = await EventAsync(headers => Set(headers, "ce-userId", user));

        Assert.Equal((HttpStatusCode.Forbidden, "socket-refused"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("""{ "query": {} }""")]
    [InlineData("""{ "query": { "pass": null } }""")]
    [InlineData("""{ "query": { "pass": [] } }""")]
    [InlineData("""{ "query": { "pass": [null] } }""")]
    [InlineData("""{ "query": { "pass": ["one", "two"] } }""")]
    public async Task An_event_without_one_pass_is_refused(string body)
    {
        var answer = await EventAsync(body: body);

        Assert.Equal((HttpStatusCode.Forbidden, "socket-refused"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Web_PubSub_is_told_that_its_events_are_taken_here()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/realtime/events");
        request.Headers.Add("WebHook-Request-Origin", "example.webpubsub.azure.com");
        using var answer = await host.AnonymousClient().SendAsync(request);

        Assert.Equal((HttpStatusCode.NoContent, "*"), (answer.StatusCode, answer.Headers.GetValues("WebHook-Allowed-Origin").Single()));
    }

    private async Task<Answer> EventAsync(Action<Dictionary<string, string>>? change = null, string? body = null)
    {
        var url = await UrlAsync(host.ClientFor("eve"));
        var headers = new Dictionary<string, string>
        {
            ["ce-type"] = Connect, ["ce-hub"] = "connections", ["ce-userId"] = "eve", ["ce-connectionId"] = "c1",
        };
        change?.Invoke(headers);
        var service = host.AnonymousClient();
        foreach (var (name, value) in headers)
        {
            service.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return await service.SendAsync("/api/realtime/events", body ?? $$"""{ "query": { "pass": ["{{PassOf(url)}}"] } }""");
    }

    private static void Set(Dictionary<string, string> headers, string name, string? value)
    {
        headers.Remove(name);
        if (value is not null)
        {
            headers[name] = value;
        }
    }

    private static async Task<Uri> UrlAsync(HttpClient member) => new((await member.SendAsync("/api/realtime/access"))["url"].ToString());

    private static string PassOf(Uri url) => url.Query.Split("&pass=")[1];

    private static Uri WithPass(Uri url, string? pass) =>
        new UriBuilder(url) { Query = url.Query.Split("&pass=")[0] + (pass is null ? "" : $"&pass={pass}") }.Uri;
}
