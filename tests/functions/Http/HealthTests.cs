using System.Net;
using Connections.Notices;
using Moq;

namespace Connections.Tests.Functions.Http;

/// <summary>Health for operators and load balancers, and the answers to members while a dependency is down.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task All_is_well_when_every_dependency_answers()
    {
        await using var host = await LocalHostFixture.StartAsync();
        var answer = await host.AnonymousClient().ReadAsync("/api/health");
        Assert.Equal((HttpStatusCode.OK, "ok"), (answer.Status, answer["status"].ToString()));
        Assert.Equal(
            ["database", "realtime", "noticeQueue", "files", "identity"],
            answer["dependencies"].AsObject().Select(dependency => dependency.Key));
    }

    [Fact]
    public async Task A_dependency_that_is_away_is_named_and_nothing_else_is_told_of_it()
    {
        var queue = new Mock<INoticeQueue>();
        queue.Setup(q => q.CheckAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("secret-host-name refused"));
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Services = services => services.Decorate<INoticeQueue>(_ => queue.Object) });

        var answer = await host.AnonymousClient().ReadAsync("/api/health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "degraded"), (answer.Status, answer["status"].ToString()));
        Assert.Equal(
            ("unavailable", "ok"), (answer["dependencies"]["noticeQueue"]!.ToString(), answer["dependencies"]["database"]!.ToString()));
        Assert.DoesNotContain("secret-host-name", answer.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_is_not_called_bad_while_the_issuers_keys_cannot_be_had()
    {
        // A port without a listener.
        await using var host = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Identity:Metadata"] = "http://localhost:9/none" } });
        var answer = await host.ClientFor("anybody").ReadAsync("/api/me");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.Status, answer.Problem));
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
