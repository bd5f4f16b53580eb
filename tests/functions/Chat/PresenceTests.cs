using System.Net;
using Azure;
using Connections.Chat;
using Moq;

namespace Connections.Tests.Functions.Chat;

/// <summary>Presence: the two of an open conversation see whether the other is there, and nobody else does.</summary>
public sealed class PresenceTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_other_side_is_online_while_it_has_a_client_open()
    {
        var talk = await Talk.BeginAsync(host, "presence");
        Assert.False(await IsOnlineAsync(talk.Brand, talk));

        await using (await LiveClient.OpenAsync(talk.Creator))
        {
            Assert.True(await IsOnlineAsync(talk.Brand, talk));
        }

        Assert.False(await Calls.EventuallyAsync(() => IsOnlineAsync(talk.Brand, talk), online => !online));
    }

    [Fact]
    public async Task Ones_own_clients_do_not_count()
    {
        var talk = await Talk.BeginAsync(host, "presence-own");
        await using var own = await LiveClient.OpenAsync(talk.Brand);
        Assert.False(await IsOnlineAsync(talk.Brand, talk));
        Assert.True(await IsOnlineAsync(talk.Creator, talk));
    }

    [Fact]
    public async Task Who_is_not_connected_is_not_told()
    {
        var talk = await Talk.InviteAsync(host, "presence-pending");
        await using var client = await LiveClient.OpenAsync(talk.Creator);
        await RefusedAsync(talk.Brand, talk, HttpStatusCode.Conflict, "not-connected");

        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        Assert.True(await IsOnlineAsync(talk.Brand, talk));
        await RefusedAsync(host.ClientFor("presence-stranger"), talk, HttpStatusCode.NotFound, "not-found");

        await talk.RemoveAsync();
        await RefusedAsync(talk.Brand, talk, HttpStatusCode.Conflict, "not-connected");
    }

    public static TheoryData<string, HttpStatusCode> Failures => new()
    {
        { "no answer", HttpStatusCode.ServiceUnavailable },
        { "no answer, several tries", HttpStatusCode.ServiceUnavailable },
        { "no answer in time", HttpStatusCode.ServiceUnavailable },
        { "throttled", HttpStatusCode.ServiceUnavailable },
        { "down", HttpStatusCode.ServiceUnavailable },
        { "refused", HttpStatusCode.InternalServerError },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task While_live_delivery_is_away_the_caller_is_told_to_try_again_and_never_offline(string failure, HttpStatusCode status)
    {
        var live = new Mock<ILiveDelivery>();
        live.Setup(l => l.IsOnlineAsync(It.IsAny<MemberId>(), It.IsAny<CancellationToken>())).ThrowsAsync(AsAzureThrows(failure));
        await using var own = await LocalHostFixture.StartAsync(
            o => o with { Services = services => services.Decorate<ILiveDelivery>(_ => live.Object) });
        var talk = await Talk.BeginAsync(own, "away");

        var answer = await talk.Brand.ReadAsync($"{talk.Path}/presence");

        Assert.Equal(
            (status, status == HttpStatusCode.ServiceUnavailable ? "unavailable" : "internal-error"), (answer.Status, answer.Problem));
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
    }

    /// <summary>What the Azure clients throw.</summary>
    private static Exception AsAzureThrows(string failure) => failure switch
    {
        "no answer" => new RequestFailedException("Connection refused"),
        "no answer, several tries" =>
            new AggregateException(new RequestFailedException("Connection refused"), new RequestFailedException("Connection refused")),
        "no answer in time" => new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."),
        "throttled" => new RequestFailedException(429, "Too many requests"),
        "down" => new RequestFailedException(503, "Service unavailable"),
        "refused" => new RequestFailedException(403, "Forbidden"),
        _ => throw new ArgumentOutOfRangeException(nameof(failure)),
    };

    private static async Task<bool> IsOnlineAsync(HttpClient member, Talk talk) =>
        (bool)(await member.ReadAsync($"{talk.Path}/presence"))["online"];

    private static async Task RefusedAsync(HttpClient member, Talk talk, HttpStatusCode status, string problem)
    {
        var answer = await member.ReadAsync($"{talk.Path}/presence");
        Assert.Equal((status, problem), (answer.Status, answer.Problem));
    }
}
