using System.Net;
using Connections.Cosmos;
using Connections.Email;
using Connections.Emulators.Cosmos;
using Connections.Invites;
using Connections.Local.Adapters;
using Connections.Members;
using Connections.Notices;
using Connections.Tests.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions;

/// <summary>While the database is busy, down or being restored, every call says so without a long wait.</summary>
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
            var answer = await call().WaitAsync(LocalHostFixture.MaxWait);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.Status, answer.Problem));
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        database.IsBusy = false;
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Status);
    }

    [Theory]
    [InlineData("1002")]
    [InlineData("1003")]
    public async Task A_404_that_is_not_about_the_document_is_an_outage_and_no_answer(string subStatus)
    {
        var database = new Missing { SubStatus = subStatus };
        await using var host = await LocalHostFixture.StartAsync(o => o with { Services = services => services.AroundDatabase(database) });
        var brand = host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await host.DrainAsync();

        database.IsMissing = true;
        foreach (var call in new[]
        {
            () => brand.ReadAsync("/api/me"),
            () => brand.CallAsync(HttpMethod.Delete, "/api/me"),
            () => brand.PutAsync("/api/me", new { kind = "brand", displayName = "Other" }),
            () => brand.ReadAsync("/api/creators"),
            () => brand.ReadAsync("/api/creators/demo-creator"),
            () => brand.SendAsync("/api/invites", new { creatorId = "demo-creator" }),
            () => brand.ReadAsync("/api/connections"),
            () => brand.ReadAsync($"/api/connections/{ConnectionId.Of(new("brand"), new("demo-creator"))}"),
            () => brand.ReadAsync("/api/favourites"),
            () => brand.CallAsync(HttpMethod.Delete, "/api/favourites/demo-creator"),
            () => brand.CallAsync(HttpMethod.Delete, "/api/blocks/demo-creator"),
            () => brand.SendAsync("/api/reports", new { memberId = "demo-creator", reason = "spam" }),
            () => brand.SendAsync("/api/realtime/access"),
        })
        {
            var answer = await call().WaitAsync(LocalHostFixture.MaxWait);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.Status, answer.Problem));
        }

        var health = await host.AnonymousClient().ReadAsync("/api/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (health.Status, health["dependencies"]["database"]!.ToString()));
        var invite = new Notice(
            "gone",
            NoticeKind.InviteReceived,
            ConnectionId.Of(new("brand"), new("demo-creator")),
            1,
            new MemberId("demo-creator"),
            DateTimeOffset.UtcNow);
        await Assert.ThrowsAsync<CosmosException>(
            () => ActivatorUtilities.CreateInstance<SendNotice>(host.Services).SendAsync(invite, default));

        database.IsMissing = false;
        Assert.Equal("Aurora Outdoor", (await brand.ReadAsync("/api/me"))["displayName"].ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_that_is_missing_is_an_outage_whether_it_was_ever_used_or_not(bool isUsed)
    {
        using var store = new TestStore();
        Microsoft.Azure.Cosmos.Database account = await store.Client.CreateDatabaseAsync(Connections.Cosmos.Containers.Name);
        using var client = LocalCosmos.CreateClient(store.Store);
        if (isUsed)
        {
            Container container = await account.CreateContainerAsync("members", "/id");
            Assert.Null(await client.GetContainer(account.Id, "members").FindAsync<Member>("nobody", "nobody", default));
            await container.DeleteContainerAsync();
        }

        var members = client.GetContainer(account.Id, "members");
        foreach (var call in new Func<Task>[]
        {
            () => members.FindAsync<Member>("nobody", "nobody", default),
            () => members.TryPatchAsync<Member>("nobody", "nobody", [PatchOperation.Set("/a", 1)], condition: null, default),
            () => members.TryReplaceAsync(new { id = "nobody" }, "nobody", "nobody", "\"1\"", default),
            () => members.TryCreateAsync(new { id = "nobody" }, "nobody", default),
            () => members.TryDeleteAsync("nobody", "nobody", default),
            () => members.ReadFewAsync<Member>(new QueryDefinition("SELECT * FROM c"), "nobody", 1, default),
            async () => await members.ReadAllAsync<Member>(new QueryDefinition("SELECT * FROM c"), default).ToListAsync(),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<CosmosException>(call)).StatusCode);
        }
    }

    /// <summary>Answers as an account does whose containers are not restored yet, or whose replicas are behind.</summary>
    private sealed class Missing : RequestHandler
    {
        public required string SubStatus { get; init; }

        public bool IsMissing { get; set; }

        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsMissing)
            {
                return base.SendAsync(request, cancellationToken);
            }

            var answer = new ResponseMessage(HttpStatusCode.NotFound, request);
            answer.Headers.Add("x-ms-substatus", SubStatus);
            return Task.FromResult(answer);
        }
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
