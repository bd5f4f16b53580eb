using Connections.Chat;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Connections.Tests.Functions.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>How soon members usually answer.</summary>
public sealed class AnswerTimesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0.5 0.5 0.5 0.5", null)]
    [InlineData("0.5 0.5 0.5 0.5 0.5", "hour")]
    [InlineData("1 1 1 1 1", "hour")]
    [InlineData("1 1 1 1 500", "hour")]
    [InlineData("1 1 1 500 500", null)]
    [InlineData("1 1 1 500 500 24 24 24", "day")]
    [InlineData("1 24.1 24 72 72 72", "three-days")]
    [InlineData("168 168 168 168 1", "week")]
    [InlineData("168.1 168.1 168.1 168.1 1", null)]
    public void Three_quarters_of_five_answers_at_least_decide(string hours, string? within)
    {
        var times = hours.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).Index()
            .Aggregate(AnswerTimes.None, (times, one) => Answered(times, one.Index, one.Item));

        Assert.Equal(within, times.Within);
    }

    [Fact]
    public void However_often_and_in_whatever_order_answers_are_told_they_are_the_last_twenty_once_each()
    {
        var random = new Random(7);
        var hours = Enumerable.Range(0, 50).Select(_ => random.NextDouble() * 100).ToArray();
        var expected = hours.Index().Aggregate(AnswerTimes.None, (times, one) => Answered(times, one.Index, one.Item));
        for (var run = 0; run < 50; run++)
        {
            var told = Enumerable.Range(0, hours.Length).Concat(Enumerable.Range(0, hours.Length)).ToArray();
            random.Shuffle(told);
            var times = told.Aggregate(AnswerTimes.None, (times, i) => Answered(times, i, hours[i]));

            Assert.Equal(expected.Last, times.Last);
            Assert.Equal(AnswerTimes.Kept, times.Last.Count);
            Assert.Equal(expected.Within, times.Within);
        }
    }

    [Fact]
    public async Task Five_answered_invites_show_on_the_card_and_the_profile_and_not_before()
    {
        var creator = host.ClientFor("answering");
        await creator.BecomeCreatorAsync("Answeringname", "answering");
        for (var i = 0; i < AnswerTimes.Least; i++)
        {
            Assert.Null(await WithinAsync());
            var brand = host.ClientFor($"answered-{i}");
            await brand.BecomeBrandAsync();
            var id = (await brand.SendAsync("/api/invites", new { creatorId = "answering" }))["id"].ToString();
            await creator.SendAsync($"/api/invites/{id}/{(i % 2 == 0 ? "accept" : "decline")}");
            await host.DrainAsync();
            // Again, as after a lost lease.
            var connection = (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;
            await host.Services.GetRequiredService<ConnectionFollowUp>().RunAsync(
                connection with { OwedSince = Start, Followed = 0 }, default);
        }

        Assert.Equal("hour", await WithinAsync());
        var card = (await host.ClientFor("answered-0").ReadAsync("/api/creators?q=answeringname"))["value"].AsArray().Single()!;
        Assert.Equal("hour", card["answersWithin"]!.ToString());
        // What is between the two shows the card too, and the member's own profile, which they edit, does not change by an answer.
        await host.DrainAsync();
        var contact = (await host.ClientFor("answered-0").ReadAsync("/api/connections"))["value"].AsArray().Single()!;
        Assert.Equal("hour", contact["other"]!["answersWithin"]!.ToString());
        Assert.Null((await creator.ReadAsync("/api/me")).Body!["answersWithin"]);
        Assert.Equal(AnswerTimes.Least, (await creator.ReadAsync("/api/me/export"))["account"]["answers"]!.AsArray().Count);

        async Task<string?> WithinAsync() =>
            (await host.ClientFor("answered-0").ReadAsync("/api/creators/answering")).Body!["answersWithin"]?.ToString();
    }

    [Fact]
    public async Task The_first_answer_to_a_first_message_counts_once()
    {
        var talk = await Talk.BeginAsync(host, "timed");
        await talk.SayAsync(talk.Brand, "Hello");
        await talk.SayAsync(talk.Brand, "Anybody there?");
        foreach (var text in new[] { "Yes", "Here I am" })
        {
            await talk.SayAsync(talk.Creator, text);
        }

        for (var again = 0; again < 2; again++)
        {
            await host.SweepMessagesAsync();
        }

        var messages = await host.Services.GetRequiredService<MessageStore>().ForwardFromAsync(talk.Id, 0, 10, default);
        await host.Services.GetRequiredService<MessageFollowUp>().RunAsync([.. messages], default);
        Assert.Equal(new MemberId(talk.CreatorId), messages[2].From);
        var answers = (await host.Members().FindAsync(messages[2].From, default))!.Value.Answers!;
        Assert.Single(answers.Last, answer => answer.Key == $"{talk.Id}_message");
        var brand = (await host.Members().FindAsync(messages[0].From, default))!.Value.Answers;
        Assert.DoesNotContain(brand?.Last ?? [], answer => answer.Key == $"{talk.Id}_message");
    }

    private static AnswerTimes Answered(AnswerTimes times, int i, double hours) =>
        times.With($"{i:00}", Start.AddDays(100 * i), Start.AddDays(100 * i).AddHours(hours));
}
