using Connections.Cosmos;
using Connections.Creators;
using Connections.Members;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>Creators whom an earlier version stored are found by platform after one walk.</summary>
public sealed class ReindexCreatorsTests
{
    private const int Creators = 230;

    [Fact]
    public async Task A_walk_gives_every_listed_creator_the_fields_and_is_done()
    {
        var log = new RequestLog();
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with { Services = log.Watch });
        var members = host.Services.GetRequiredService<Containers>().Members;
        for (var i = 0; i < Creators; i++)
        {
            var stored = new Member
            {
                Id = new MemberId($"earlier-{i}"),
                Kind = MemberKind.Creator,
                DisplayName = "Earlier",
                Platforms = [new("podcast", "p", null, i, 0.1)],
                Listed = i != 7,
                ListedAt = DateTimeOffset.UnixEpoch,
            }.Indexed();
            await members.CreateItemAsync(stored with { Reach = null }, new PartitionKey(stored.Id.Value));
        }

        var brand = host.ClientFor("brand");
        Assert.Empty((await brand.AllAsync("/api/creators?platform=podcast&limit=100")).Items);

        await Reindex().Run(new(), default);

        Assert.Equal(
            Enumerable.Range(0, Creators).Where(i => i != 7).Reverse().Select(i => $"earlier-{i}"),
            (await brand.AllAsync("/api/creators?platform=podcast&limit=100")).Items.Ids());

        log.Clear();
        await Reindex().Run(new(), default);
        Assert.DoesNotContain(log.Sent, request => request.Query?.Contains("@after", StringComparison.Ordinal) == true);

        // A walk past creators who have the fields reads its own place, and no creator.
        await members.DeleteItemAsync<ReindexPlace>(ReindexPlace.OnlyId, new PartitionKey(ReindexPlace.OnlyId));
        log.Clear();
        await Reindex().Run(new(), default);
        Assert.Single(log.Sent, request => request is { Container: "members", Query: null, Method.Method: "GET" });

        ReindexCreators Reindex() => ActivatorUtilities.CreateInstance<ReindexCreators>(host.Services);
    }
}
