using System.Net;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Functions;

/// <summary>A database that answers 503: every call tells its caller so, and soon.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task A_call_is_answered_503_while_the_database_is_and_works_again_after()
    {
        var database = new Busy();
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Services = services => services.AroundDatabase(database),
        });
        var brand = host.ClientFor("brand");
        await brand.BecomeBrandAsync();

        database.IsBusy = true;
        foreach (var call in new[]
        {
            () => brand.ReadAsync("/api/me"),
            () => brand.ReadAsync("/api/creators"),
            () => brand.ReadAsync("/api/creators/demo-creator"),
            () => brand.SendAsync("/api/invites", new { creatorId = "demo-creator" }),
            () => brand.PutAsync("/api/blocks/somebody-else", new { }),
        })
        {
            var answer = await call().WaitAsync(LocalHostFixture.Patience);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.Status, answer.Problem));
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        database.IsBusy = false;
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Status);
    }

    /// <summary>Answers for <c>members</c> as the service does when it is overloaded.</summary>
    private sealed class Busy : RequestHandler
    {
        public bool IsBusy { get; set; }

        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken) =>
            IsBusy && request.RequestUri.OriginalString.Contains("colls/members", StringComparison.Ordinal)
                ? Task.FromResult(new ResponseMessage(HttpStatusCode.ServiceUnavailable, request))
                : base.SendAsync(request, cancellationToken);
    }
}
