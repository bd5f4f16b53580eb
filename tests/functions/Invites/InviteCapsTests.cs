using System.Net;
using Connections.Cosmos;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Limits;
using Connections.Members;
using Connections.Tests.Functions.Members;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests.Functions.Invites;

/// <summary>The invites of a day follow the conduct of their inviter, and one member alone cannot email another twice.</summary>
public sealed class InviteCapsTests
{
    private const int Parallel = 200;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);

    [Fact]
    public async Task Of_two_hundred_invites_at_once_a_new_member_sends_ten()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = Parallel,
            Settings = new Dictionary<string, string?> { ["Invites:NewPerDay"] = "" },
            Services = services => services.RemoveAll<IHostedService>(),
        });
        var brand = host.ClientFor("brand");
        await brand.BecomeBrandAsync();
        var creators = (await brand.AllAsync("/api/creators?limit=100")).Items.Ids();
        Assert.InRange(creators.Length, Parallel, int.MaxValue);
        var answers = await Task.WhenAll(creators.Select(id => brand.SendAsync("/api/invites", new { creatorId = id })));

        Assert.Equal(10, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.Created).ToList();
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.TooManyRequests, "invite-limit-day"), (answer.Status, answer.Problem)));
        Assert.All(refused, answer => Assert.Equal(("first-days", 10), CapOf(answer)));
        Assert.All(refused, answer => Assert.NotNull(answer.Body!["until"]));
        var until = refused[0]["cap"]["until"]!.GetValue<DateTimeOffset>();
        Assert.Equal(DateTimeOffset.UtcNow.AddDays(7), until, TimeSpan.FromMinutes(10));
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_sequence_of_one_member_s_acts_sends_a_creator_two_invite_emails_within_the_lock(int seed)
    {
        var time = new ManualTime(Start);
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Time = time,
            Services = services => services.RemoveAll<IHostedService>(),
        });
        await host.ClientFor("creator").BecomeCreatorAsync("Creator", "creator");
        await host.ClientFor("brand").BecomeBrandAsync();
        var (chance, id) = (new Random(seed), ConnectionId.Of(new MemberId("brand"), new MemberId("creator")));
        var lockFor = host.Services.GetRequiredService<InviteSettings>().LockFor;
        DateTimeOffset? told = null;
        var emails = 0;
        for (var step = 0; step < 150; step++)
        {
            time.Advance(chance.Next(3) == 0 ? TimeSpan.FromDays(chance.Next(12)) : TimeSpan.FromMinutes(chance.Next(60)));
            var brand = host.ClientFor("brand");
            await (chance.Next(9) switch
            {
                0 => brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}"),
                1 => brand.PutAsync("/api/blocks/creator", new { }),
                2 => brand.CallAsync(HttpMethod.Delete, "/api/blocks/creator"),
                3 => brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}"),
                4 => brand.PutAsync("/api/me/email", new { email = $"{step}@example.com" }),
                5 => EraseAsync(host, brand),
                6 => brand.SendAsync("/api/reports", new { memberId = "creator", reason = "spam" }),
                _ => brand.SendAsync("/api/invites", new { creatorId = "creator" }),
            });

            // Each email that is owed is in the outbox, which nothing empties here.
            var owed = (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))?.Value.Outbox
                .Count(notice => notice.Kind == Notices.NoticeKind.InviteReceived) ?? 0;
            if (owed > emails)
            {
                Assert.Equal(emails + 1, owed);
                Assert.True(told is null || time.GetUtcNow() - told >= lockFor, $"step {step}: told at {told} and {time.GetUtcNow()}");
                (emails, told) = (owed, time.GetUtcNow());
            }
        }

        Assert.InRange(emails, 2, 150);
    }

    private static async Task<Answer> EraseAsync(LocalHostFixture host, HttpClient brand)
    {
        await brand.CallAsync(HttpMethod.Delete, "/api/me");
        await host.Services.GetRequiredService<MemberFollowUp>().SweepAsync(new MemberId("brand"), default);
        return await brand.BecomeBrandAsync();
    }

    private static (string? Name, int PerDay) CapOf(Answer answer) => ((string?)answer["cap"]["name"], (int)answer["cap"]["perDay"]!);
}
