using System.Net;
using Connections.Creators.Favourites;
using Connections.Limits;
using Connections.Tests.Functions.Members;
using Connections.Tests.Local.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Limits;

/// <summary>The caps on favourites, creators put away and blocks hold under parallel calls.</summary>
public sealed class CapsTests : IAsyncLifetime
{
    private const int Most = 5;
    private readonly SetTime _time = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartAsync(o => o with
    {
        Time = _time,
        Creators = 0,
        Settings = new Dictionary<string, string?>
        {
            ["Favourites:AtMost"] = $"{Most}", ["Favourites:DismissedAtMost"] = $"{Most}", ["Safety:BlocksAtMost"] = $"{Most}",
        },
    });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/favourites", "favourite-limit")]
    [InlineData("/api/dismissed", "dismissed-limit")]
    [InlineData("/api/blocks", "block-limit")]
    public async Task Of_many_at_once_as_many_are_taken_as_there_is_room_for(string list, string problem)
    {
        var member = _host.ClientFor("many");
        await member.BecomeBrandAsync();
        var creators = await CreatorsAsync(20);

        var answers = await Task.WhenAll(creators.Select(creator => PutAsync(member, list, creator)));

        Assert.Equal(Most, answers.Count(answer => answer.Status == HttpStatusCode.NoContent));
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.NoContent).ToList();
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.TooManyRequests, problem), (answer.Status, answer.Problem)));
        Assert.All(refused, answer => Assert.NotEmpty(answer.Headers.GetValues("Retry-After")));
        Assert.Equal(Most, (await member.ReadAsync(list))["value"].AsArray().Count);
    }

    [Theory]
    [InlineData("/api/favourites", "favourite-limit")]
    [InlineData("/api/dismissed", "dismissed-limit")]
    [InlineData("/api/blocks", "block-limit")]
    public async Task At_the_limit_what_is_there_can_be_repeated_and_what_is_taken_away_makes_room_once(string list, string problem)
    {
        var member = _host.ClientFor("full");
        await member.BecomeBrandAsync();
        var creators = await CreatorsAsync(Most + 2);
        foreach (var creator in creators.Take(Most))
        {
            for (var again = 0; again < 3; again++)
            {
                Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(member, list, creator)).Status);
            }
        }

        Assert.Equal(problem, (await PutAsync(member, list, creators[Most])).Problem);
        for (var again = 0; again < 3; again++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await member.CallAsync(HttpMethod.Delete, $"{list}/{creators[0]}")).Status);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(member, list, creators[Most])).Status);
        Assert.Equal(problem, (await PutAsync(member, list, creators[Most + 1])).Problem);
    }

    [Fact]
    public async Task Who_does_not_exist_takes_no_room_among_favourites_and_one_place_among_blocks()
    {
        var member = _host.ClientFor("nobodys");
        await member.BecomeBrandAsync();
        for (var i = 0; i < Most; i++)
        {
            Assert.Equal("not-found", (await PutAsync(member, "/api/favourites", "nobody")).Problem);
            // The answer to a block and its record do not depend on the blocked member.
            Assert.Null((await PutAsync(member, "/api/blocks", "nobody")).Problem);
        }

        var creators = await CreatorsAsync(Most);
        Assert.All(await Task.WhenAll(creators.Select(creator => PutAsync(member, "/api/favourites", creator))), answer =>
            Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        var blocked = await Task.WhenAll(creators.Select(creator => PutAsync(member, "/api/blocks", creator)));
        Assert.Equal(
            (Most - 1, 1), (blocked.Count(answer => answer.Problem is null), blocked.Count(answer => answer.Problem == "block-limit")));
    }

    [Fact]
    public async Task Room_that_calls_took_and_never_used_is_found_again()
    {
        var (member, id, cap) = (_host.ClientFor("dies"), new MemberId("dies"), new Cap("favourites", Most));
        var creators = await CreatorsAsync(Most + 1);
        for (var i = 0; i < Most; i++)
        {
            Assert.True(await _host.Services.GetRequiredService<CapStore>().AcquireAsync(cap, id, _ => Task.FromResult(0), default));
        }

        // The reservation stays while its call may still be writing.
        Assert.Equal("favourite-limit", (await PutAsync(member, "/api/favourites", creators[0])).Problem);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(await Task.WhenAll(creators.Take(Most).Select(creator => PutAsync(member, "/api/favourites", creator))), answer =>
            Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        Assert.Equal("favourite-limit", (await PutAsync(member, "/api/favourites", creators[Most])).Problem);
    }

    [Fact]
    public async Task What_was_there_before_it_was_counted_counts()
    {
        var member = _host.ClientFor("early");
        var creators = await CreatorsAsync(Most + 1);
        foreach (var creator in creators.Take(Most - 1))
        {
            await _host.Services.GetRequiredService<FavouriteStore>()
                .MarkAsync(new Favourite(new MemberId(creator), new MemberId("early"), _time.GetUtcNow()), default);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(member, "/api/favourites", creators[Most - 1])).Status);
        Assert.Equal("favourite-limit", (await PutAsync(member, "/api/favourites", creators[Most])).Problem);
    }

    private static Task<Answer> PutAsync(HttpClient member, string list, string creator) => member.PutAsync($"{list}/{creator}", new { });

    private async Task<IReadOnlyList<string>> CreatorsAsync(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"creator-{i}").ToList();
        foreach (var id in ids)
        {
            await _host.AddCreatorAsync(id);
        }

        return ids;
    }
}
