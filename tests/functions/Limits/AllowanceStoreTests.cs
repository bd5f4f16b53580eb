using System.Net;
using Connections.Cosmos;
using Connections.Limits;
using Connections.Tests.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Limits;

/// <summary>The limit of a period holds under parallel calls.</summary>
public sealed class AllowanceStoreTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly Allowance Five = new("tests", 5, TimeSpan.FromMinutes(1));
    private readonly SetTime _time = new();

    private Containers Containers => host.Services.GetRequiredService<Containers>();

    private AllowanceStore Places => new(Containers, _time);

    [Fact]
    public async Task Of_many_at_once_as_many_get_a_place_as_there_are()
    {
        var member = new MemberId("allowance-many");

        var places = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Places.TakeAsync(Five, member, default)));

        Assert.Equal(Five.Places, places.Count(place => place.IsTaken));
    }

    [Fact]
    public async Task Who_gets_no_place_is_told_until_when()
    {
        var member = new MemberId("allowance-until");
        var nextMinute = _time.GetUtcNow().AddMinutes(1);
        _time.Advance(TimeSpan.FromSeconds(12.5));
        await UseUpAsync(member);

        var place = await Places.TakeAsync(Five, member, default);

        Assert.Equal((false, nextMinute, TimeSpan.FromSeconds(47.5)), (place.IsTaken, place.Until, place.RetryAfter));
    }

    [Fact]
    public async Task The_next_period_has_all_places_again()
    {
        var member = new MemberId("allowance-next");
        await UseUpAsync(member);

        _time.Advance((await Places.TakeAsync(Five, member, default)).RetryAfter);

        await UseUpAsync(member);
        Assert.False((await Places.TakeAsync(Five, member, default)).IsTaken);
    }

    [Fact]
    public async Task A_days_places_are_those_of_the_UTC_day()
    {
        var (member, daily) = (new MemberId("allowance-daily"), new Allowance("daily", 1, TimeSpan.FromDays(1)));
        await Places.TakeAsync(daily, member, default);

        _time.Advance(TimeSpan.FromDays(1) - _time.GetUtcNow().TimeOfDay - TimeSpan.FromMilliseconds(1));
        Assert.False((await Places.TakeAsync(daily, member, default)).IsTaken);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await Places.TakeAsync(daily, member, default)).IsTaken);
    }

    [Fact]
    public async Task A_place_that_is_given_back_is_free_for_another_use()
    {
        var member = new MemberId("allowance-back");
        var places = await UseUpAsync(member);

        await Places.GiveBackAsync(places[0], default);

        Assert.True((await Places.TakeAsync(Five, member, default)).IsTaken);
        Assert.False((await Places.TakeAsync(Five, member, default)).IsTaken);
    }

    [Fact]
    public async Task What_was_not_taken_cannot_be_given_back()
    {
        var member = new MemberId("allowance-not-taken");
        await UseUpAsync(member);

        await Places.GiveBackAsync(await Places.TakeAsync(Five, member, default), default);

        Assert.False((await Places.TakeAsync(Five, member, default)).IsTaken);
    }

    [Fact]
    public async Task Members_and_allowances_do_not_share_places()
    {
        await UseUpAsync(new MemberId("allowance-one"));

        Assert.True((await Places.TakeAsync(Five, new MemberId("allowance-two"), default)).IsTaken);
        Assert.True((await Places.TakeAsync(Five with { Name = "others" }, new MemberId("allowance-one"), default)).IsTaken);
    }

    [Fact]
    public async Task Old_counters_are_removed_and_the_running_one_stays()
    {
        var member = new MemberId("allowance-old");
        for (var minute = 0; minute < 100; minute++)
        {
            await UseUpAsync(member);
            Assert.False((await Places.TakeAsync(Five, member, default)).IsTaken);
            _time.Advance(Five.Period);
        }

        using var document = await Containers.Contacts.ReadItemStreamAsync("allowance-tests", new PartitionKey(member.Value));
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        Assert.InRange(document.Content.Length, 1, 1000);
    }

    private Task<Place[]> UseUpAsync(MemberId member) => Task.WhenAll(Enumerable.Range(0, Five.Places).Select(async _ =>
    {
        var place = await Places.TakeAsync(Five, member, default);
        Assert.True(place.IsTaken);
        return place;
    }));
}
