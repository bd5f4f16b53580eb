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

    private AllowanceStore Permits => new(Containers, _time);

    [Fact]
    public async Task Of_many_at_once_as_many_get_a_place_as_there_are()
    {
        var member = new MemberId("allowance-many");

        var permits = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Permits.AcquireAsync(Five, member, default)));

        Assert.Equal(Five.Limit, permits.Count(permit => permit.IsAcquired));
    }

    [Fact]
    public async Task Who_gets_no_place_is_told_until_when()
    {
        var member = new MemberId("allowance-until");
        var nextMinute = _time.GetUtcNow().AddMinutes(1);
        _time.Advance(TimeSpan.FromSeconds(12.5));
        await UseUpAsync(member);

        var permit = await Permits.AcquireAsync(Five, member, default);

        Assert.Equal((false, nextMinute, TimeSpan.FromSeconds(47.5)), (permit.IsAcquired, permit.Until, permit.RetryAfter));
    }

    [Fact]
    public async Task The_next_period_has_all_places_again()
    {
        var member = new MemberId("allowance-next");
        await UseUpAsync(member);

        _time.Advance((await Permits.AcquireAsync(Five, member, default)).RetryAfter);

        await UseUpAsync(member);
        Assert.False((await Permits.AcquireAsync(Five, member, default)).IsAcquired);
    }

    [Fact]
    public async Task A_days_places_are_those_of_the_UTC_day()
    {
        var (member, daily) = (new MemberId("allowance-daily"), new Allowance("daily", 1, TimeSpan.FromDays(1)));
        await Permits.AcquireAsync(daily, member, default);

        _time.Advance(TimeSpan.FromDays(1) - _time.GetUtcNow().TimeOfDay - TimeSpan.FromMilliseconds(1));
        Assert.False((await Permits.AcquireAsync(daily, member, default)).IsAcquired);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await Permits.AcquireAsync(daily, member, default)).IsAcquired);
    }

    [Fact]
    public async Task A_place_that_is_given_back_is_free_for_another_use()
    {
        var member = new MemberId("allowance-back");
        var permits = await UseUpAsync(member);

        await Permits.ReleaseAsync(permits[0], default);

        Assert.True((await Permits.AcquireAsync(Five, member, default)).IsAcquired);
        Assert.False((await Permits.AcquireAsync(Five, member, default)).IsAcquired);
    }

    [Fact]
    public async Task What_was_not_taken_cannot_be_given_back()
    {
        var member = new MemberId("allowance-not-taken");
        await UseUpAsync(member);

        await Permits.ReleaseAsync(await Permits.AcquireAsync(Five, member, default), default);

        Assert.False((await Permits.AcquireAsync(Five, member, default)).IsAcquired);
    }

    [Fact]
    public async Task Members_and_allowances_do_not_share_places()
    {
        await UseUpAsync(new MemberId("allowance-one"));

        Assert.True((await Permits.AcquireAsync(Five, new MemberId("allowance-two"), default)).IsAcquired);
        Assert.True((await Permits.AcquireAsync(Five with { Name = "others" }, new MemberId("allowance-one"), default)).IsAcquired);
    }

    [Fact]
    public async Task Old_counters_are_removed_and_the_running_one_stays()
    {
        var member = new MemberId("allowance-old");
        for (var minute = 0; minute < 100; minute++)
        {
            await UseUpAsync(member);
            Assert.False((await Permits.AcquireAsync(Five, member, default)).IsAcquired);
            _time.Advance(Five.Period);
        }

        using var document = await Containers.Contacts.ReadItemStreamAsync("allowance-tests", new PartitionKey(member.Value));
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        Assert.InRange(document.Content.Length, 1, 1000);
    }

    private Task<Permit[]> UseUpAsync(MemberId member) => Task.WhenAll(Enumerable.Range(0, Five.Limit).Select(async _ =>
    {
        var permit = await Permits.AcquireAsync(Five, member, default);
        Assert.True(permit.IsAcquired);
        return permit;
    }));
}
