using System.Net;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Limits;
using Connections.Members;
using Connections.Tests.Functions.Members;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Invites;

/// <summary>The invites of a day follow the conduct of their inviter.</summary>
public sealed class InviteCapsTests
{
    private const int Parallel = 200;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 5, Outcome.Accepted, "first-days", 10)]
    [InlineData(7, 4, Outcome.Accepted, "unproven", 10)]
    [InlineData(7, 5, Outcome.Accepted, "day", 50)]
    [InlineData(0, 11, Outcome.Reported, "reported", 5)]
    [InlineData(7, 11, Outcome.Reported, "reported", 5)]
    public async Task Of_two_hundred_invites_at_once_a_member_sends_as_many_as_their_conduct_permits(
        int days, int answered, Outcome outcome, string cap, int perDay)
    {
        var database = new FaultyDatabase();
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
        {
            Creators = Parallel,
            Settings = new Dictionary<string, string?> { ["Invites:NewPerDay"] = "" },
            Services = database.Watch,
        });
        await host.ClientFor("brand").BecomeBrandAsync();
        host.Pass(TimeSpan.FromDays(days));
        for (var i = 0; i < answered; i++)
        {
            await host.Services.GetRequiredService<AllowanceStore>().NoteAsync(
                host.Services.GetRequiredService<InviteSettings>().Inviting, new MemberId("brand"),
                new AnsweredUse($"k{i}", outcome, Start.AddMinutes(i)), 20, default);
        }

        // A token of the day.
        var brand = host.ClientFor("brand");
        var creators = (await brand.AllAsync("/api/creators?limit=100")).Items.Ids();
        Assert.InRange(creators.Length, Parallel, int.MaxValue);
        // All have decided to take a permit before the first one takes it.
        var (waiting, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        database.Before = (method, path) =>
        {
            if (method != HttpMethod.Patch || !path.Contains("/docs/allowance-invites", StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            if (Interlocked.Increment(ref waiting) == creators.Length)
            {
                all.SetResult();
            }

            return all.Task.WaitAsync(LocalHostFixture.MaxWait);
        };
        var answers = await Task.WhenAll(creators.Select(id => brand.SendAsync("/api/invites", new { creatorId = id })));

        Assert.Equal(perDay, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(perDay, (await brand.AllAsync("/api/invites?direction=sent&state=pending&limit=100")).Items.Count);
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.Created).ToList();
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.TooManyRequests, "invite-limit-day"), (answer.Status, answer.Problem)));
        Assert.All(refused, answer => Assert.Equal((cap, perDay), CapOf(answer)));
        Assert.All(refused, answer => Assert.NotNull(answer.Body!["until"]));
        if (cap == "first-days")
        {
            var until = refused[0]["cap"]["until"]!.GetValue<DateTimeOffset>();
            Assert.Equal(DateTimeOffset.UtcNow.AddDays(7), until, TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public async Task The_limit_of_the_database_is_that_of_the_rules()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var allowances = host.Services.GetRequiredService<AllowanceStore>();
        var number = 0;
        foreach (var limit in from trusted in new int?[] { null, 0, 2 }
                              from reported in new[] { 1, 3 }
                              select new ConductLimit(4, 2, reported, MostReported: 1, trusted))
        {
            foreach (var outcomes in new Outcome[][]
            {
                [], [Outcome.Accepted], [Outcome.Accepted, Outcome.Accepted], [Outcome.Declined, Outcome.Reported],
                [Outcome.Reported, Outcome.Reported], [Outcome.Accepted, Outcome.Accepted, Outcome.Reported, Outcome.Reported],
            })
            {
                var (member, allowance) = (new MemberId($"m{number++}"), new Allowance("tests", 4, TimeSpan.FromDays(1)));
                var conduct = Conduct.None;
                foreach (var (index, outcome) in outcomes.Index())
                {
                    var answer = new AnsweredUse($"k{index}", outcome, Start.AddMinutes(index));
                    conduct = conduct.With(answer, 20);
                    await allowances.NoteAsync(allowance, member, answer, 20, default);
                }

                var got = 0;
                Permit permit;
                while ((permit = await allowances.AcquireAsync(
                    allowance, member, default, new KeyedUse($"u{got}", 100, _ => Task.FromResult(0), limit))).IsAcquired)
                {
                    got++;
                }

                Assert.Equal((limit, limit.For(conduct)), (limit, got));
                Assert.Equal(
                    (PermitState.UsedUp, conduct.Accepted, conduct.Reported),
                    (permit.State, permit.Conduct.Accepted, permit.Conduct.Reported));
            }
        }
    }

    [Fact]
    public async Task Acceptances_lift_the_cap_after_the_first_days_and_reports_lower_it()
    {
        await using var clocked = await ClockedHost.StartAsync(
            ("Invites:PerDay", "4"), ("Invites:NewPerDay", "3"), ("Invites:ReportedPerDay", "1"), ("Invites:TrustedAfter", "2"),
            ("Invites:ConductOf", "4"));
        var host = clocked.Host;
        for (var i = 0; i < 12; i++)
        {
            await host.ClientFor($"c{i}").BecomeCreatorAsync($"Creator {i}", $"c{i}");
        }

        await host.ClientFor("brand").BecomeBrandAsync();
        var next = 0;
        async Task<(int Sent, string? Name)> SendAllAsync()
        {
            for (var sent = 0; ; sent++)
            {
                var answer = await host.ClientFor("brand").SendAsync("/api/invites", new { creatorId = $"c{next}" });
                if (answer.Problem is not null)
                {
                    return (sent, CapOf(answer).Name);
                }

                next++;
            }
        }

        Task<Answer> Answered(int creator, string how) => host.ClientFor($"c{creator}").SendAsync(
            $"/api/invites/{ConnectionId.Of(new MemberId("brand"), new MemberId($"c{creator}"))}/{how}");

        Assert.Equal((3, "first-days"), await SendAllAsync());
        await Answered(0, "accept");
        await clocked.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal((3, "unproven"), await SendAllAsync());
        await Answered(1, "accept");
        await clocked.PassAsync(TimeSpan.Zero);
        // The counter of the day goes on: one more than before.
        Assert.Equal((1, "day"), await SendAllAsync());
        foreach (var creator in new[] { 2, 3, 4 })
        {
            // A report without a block counts as a block does.
            await (creator == 3
                ? host.ClientFor("c3").SendAsync("/api/reports", new { memberId = "brand", reason = "spam" })
                : host.ClientFor($"c{creator}").PutAsync("/api/blocks/brand", new { }));
        }

        await clocked.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal((1, "reported"), await SendAllAsync());
        // Three of the last four were reported; one more acceptance leaves three, two more leave two, which is no more than half.
        await Answered(5, "accept");
        await Answered(6, "accept");
        await clocked.PassAsync(TimeSpan.Zero);
        Assert.Equal((3, "day"), await SendAllAsync());
    }

    [Fact]
    public void An_answer_counts_once_in_whatever_order_it_is_told_and_a_report_replaces_it()
    {
        var answers = Enumerable.Range(0, 30)
            .Select(i => new AnsweredUse($"k{i:00}", (Outcome)(i % 3), Start.AddMinutes(i))).ToArray();
        var inOrder = answers.Aggregate(Conduct.None, (conduct, answer) => conduct.With(answer, 20));
        Assert.Equal((10, 20), (inOrder.Accepted, inOrder.Last.Count));
        Assert.Same(inOrder, answers.Aggregate(inOrder, (conduct, answer) => conduct.With(answer, 20)));
        var reported = inOrder.With(answers[^3] with { Outcome = Outcome.Reported }, 20);
        Assert.Equal((10, inOrder.Reported + 1), (reported.Accepted, reported.Reported));
        Assert.Same(reported, reported.With(answers[^3], 20));
        Assert.All(reported.WithoutKeys().Last, answer => Assert.Null(answer.Key));
        Assert.Equal(reported.Reported, reported.WithoutKeys().Reported);

        var few = answers[..20];
        new Random(1).Shuffle(few);
        var mixed = few.Aggregate(Conduct.None, (conduct, answer) => conduct.With(answer, 20));
        Assert.Equal(answers[..20], mixed.Last);
    }

    private static (string? Name, int PerDay) CapOf(Answer answer) => ((string?)answer["cap"]["name"], (int)answer["cap"]["perDay"]!);
}
