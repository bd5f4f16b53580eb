using System.Net;
using System.Text.RegularExpressions;
using Connections.Email;
using Connections.Emulators.Email;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Notices;
using Connections.Tests.Functions.Moderation;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Invites;

/// <summary>The emails that invites send, over long sequences of acts through the API, links and the moderators' desk.</summary>
public sealed class InviteEmailsTests
{
    private const int Steps = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_sequence_of_one_member_s_acts_sends_a_creator_two_invite_emails_within_the_lock(int seed)
    {
        await using var walk = await InviteEmailWalk.StartAsync(seed);
        DateTimeOffset? told = null;
        var emails = 0;
        for (var step = 0; step < Steps; step++)
        {
            foreach (var at in await walk.StepAsync(step))
            {
                Assert.True(told is null || at - told >= walk.LockFor, $"step {step}: told at {told} and {at}; {walk.Log}");
                (emails, told) = (emails + 1, at);
            }
        }

        Assert.InRange(emails, 3, Steps);
        // A walk on which nothing of a kind is carried out says nothing about it.
        Assert.All(Enum.GetValues<InviteEmailWalk.Act>(), act => Assert.Contains(act, walk.Done));
    }

    [Fact]
    public async Task An_email_that_waited_for_the_end_of_a_suspension_locks_its_inviter_from_when_it_was_sent()
    {
        await using var walk = await InviteEmailWalk.StartAsync(seed: 0);
        Assert.Equal(HttpStatusCode.Created, (await walk.InviteAsync()).Status);
        Assert.Null((await walk.Host.ModeratorOf().SuspendAsync("brand")).Problem);
        await walk.DeliverAsync();
        Assert.Empty(await walk.NewEmailsAsync());

        walk.Time.Advance(TimeSpan.FromDays(28));
        Assert.Null((await walk.Host.ModeratorOf().LiftAsync("brand")).Problem);
        await walk.DeliverAsync();
        var sentAt = Assert.Single(await walk.NewEmailsAsync());
        // The invite expires.
        walk.Time.Advance(TimeSpan.FromDays(3));

        var refused = await walk.InviteAsync();
        Assert.Equal(("invite-locked", sentAt + walk.LockFor), (refused.Problem, refused["until"].GetValue<DateTimeOffset>()));
        walk.Time.Advance(refused["until"].GetValue<DateTimeOffset>() - walk.Time.GetUtcNow());
        Assert.Equal(HttpStatusCode.Created, (await walk.InviteAsync()).Status);
        await walk.DeliverAsync();
        Assert.Single(await walk.NewEmailsAsync());
    }
}

/// <summary>
/// A brand that does all it can to email a creator again and again. The creator does all they can but accept, and a moderator suspends
/// both and lifts it. The queue of notices is slow at times, so that what follows from an act comes after later ones.
/// </summary>
internal sealed partial class InviteEmailWalk : IAsyncDisposable
{
    private static readonly MemberId Brand = new("brand");
    private static readonly MemberId Creator = new("creator");
    private static readonly string Id = ConnectionId.Of(Brand, Creator);

    private readonly HeldQueue _queue;
    private readonly Random _chance;
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _log = [];
    private bool _isTold;

    private InviteEmailWalk(LocalHostFixture host, ManualTime time, HeldQueue queue, int seed) =>
        (Host, Time, _queue, _chance) = (host, time, queue, new Random(seed));

    /// <summary>What can happen in a step.</summary>
    public enum Act
    {
        Invite, Revoke, Remove, Block, Unblock, Report, Erase, ChangeAddress,
        CreatorReportsByLink, CreatorReports, CreatorUnblocks, CreatorChangesAddress,
        Suspend, Lift,
    }

    /// <summary>The host.</summary>
    public LocalHostFixture Host { get; }

    /// <summary>Its clock.</summary>
    public ManualTime Time { get; }

    /// <summary>The acts that were carried out at least once, and not refused.</summary>
    public HashSet<Act> Done { get; } = [];

    /// <summary>The last steps.</summary>
    public string Log => string.Join("; ", _log.TakeLast(20));

    /// <summary>How long an inviter must wait.</summary>
    public TimeSpan LockFor => Get<InviteSettings>().LockFor;

    /// <summary>Starts a host on which nothing happens but the walk.</summary>
    public static async Task<InviteEmailWalk> StartAsync(int seed)
    {
        var (time, queue) = (new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 30, TimeSpan.Zero)), new HeldQueue());
        var host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
        {
            Time = time,
            Services = services => services.Decorate<INoticeQueue>(_ => queue),
        });
        await host.ClientFor(Creator.Value).BecomeCreatorAsync("Creator", "creator");
        await host.ClientFor(Brand.Value).BecomeBrandAsync();
        return new InviteEmailWalk(host, time, queue, seed);
    }

    /// <summary>The brand invites the creator.</summary>
    public Task<Answer> InviteAsync() => Host.ClientFor(Brand.Value).SendAsync("/api/invites", new { creatorId = Creator.Value });

    /// <summary>When the invite emails were sent that were sent since this was called last.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> NewEmailsAsync() =>
        [.. (await Host.OutboxAsync()).Where(IsInvite).Where(mail => _seen.Add(mail.Id)).Select(mail => mail.SentAt)];

    /// <summary>Takes one step, and returns when invite emails were sent in it.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> StepAsync(int step)
    {
        Time.Advance(_chance.Next(3) == 0 ? TimeSpan.FromDays(_chance.Next(12)) : TimeSpan.FromMinutes(_chance.Next(60)));
        // Every second step is an invite, and many a report follows upon the email, whose link works only while the invite is pending.
        var act = _isTold && _chance.Next(3) == 0 ? Act.CreatorReportsByLink
            : _chance.Next(2) == 0 ? Act.Invite
            : (Act)_chance.Next(Enum.GetValues<Act>().Length);
        if (await DoAsync(act, step))
        {
            Done.Add(act);
            _log.Add($"{act} at {Time.GetUtcNow():u}");
        }

        if (_chance.Next(4) > 0)
        {
            await DeliverAsync();
        }

        var sent = await NewEmailsAsync();
        _isTold = sent.Count > 0;
        return sent;
    }

    /// <summary>Does what the triggers do.</summary>
    public async Task DeliverAsync()
    {
        if (await Get<ConnectionStore>().FindAsync(Id, default) is { Value: var connection })
        {
            await Get<ConnectionFollowUp>().RunAsync(connection, default);
        }

        foreach (var member in new[] { Brand, Creator })
        {
            await Get<MemberFollowUp>().SweepAsync(member, default);
        }

        var sending = ActivatorUtilities.CreateInstance<SendNotice>(Host.Services);
        Notice[] notices = [.. _queue.Notices];
        _queue.Notices.Clear();
        foreach (var notice in notices)
        {
            await sending.Run(notice, default);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)Host).DisposeAsync();

    private static bool IsInvite(SentMail mail) => InviteSubject().IsMatch(mail.Subject);

    private async Task<bool> DoAsync(Act act, int step)
    {
        // The clock moves on, and tokens expire.
        var (brand, creator, moderator) = (Host.ClientFor(Brand.Value), Host.ClientFor(Creator.Value), Host.ModeratorOf());
        return act switch
        {
            // The creator never accepts, so there is nothing to remove.
            Act.Remove => !IsDone(await brand.CallAsync(HttpMethod.Delete, $"/api/connections/{Id}")),
            Act.Invite => IsDone(await InviteAsync()),
            Act.Revoke => IsDone(await brand.CallAsync(HttpMethod.Delete, $"/api/invites/{Id}")),
            Act.Block => IsDone(await brand.PutAsync($"/api/blocks/{Creator}", new { })),
            Act.Unblock => IsDone(await brand.CallAsync(HttpMethod.Delete, $"/api/blocks/{Creator}")),
            Act.Report => IsDone(await brand.SendAsync("/api/reports", new { memberId = Creator.Value, reason = "spam" })),
            Act.Erase => IsDone(await brand.CallAsync(HttpMethod.Delete, "/api/me")) && await ComeBackAsync(brand),
            Act.ChangeAddress => await ChangeAddressAsync(brand, $"brand{step}@example.net"),
            Act.CreatorReportsByLink => await ReportByLinkAsync(),
            Act.CreatorReports => IsDone(await creator.SendAsync("/api/reports", new { memberId = Brand.Value, reason = "spam" })),
            Act.CreatorUnblocks => IsDone(await creator.CallAsync(HttpMethod.Delete, $"/api/blocks/{Brand}")),
            Act.CreatorChangesAddress => await ChangeAddressAsync(creator, $"creator{step}@example.net"),
            Act.Suspend => IsDone(await moderator.SuspendAsync(
                (_chance.Next(3) == 0 ? Creator : Brand).Value,
                until: _chance.Next(2) == 0 ? null : Time.GetUtcNow().AddDays(1 + _chance.Next(30)))),
            // A member who erased their profile while they were suspended comes back.
            Act.Lift => IsDone(await moderator.LiftAsync(Brand.Value)) & IsDone(await moderator.LiftAsync(Creator.Value))
                && await ComeBackAsync(brand),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
    }

    private static bool IsDone(Answer answer) => (int)answer.Status is >= 200 and < 300;

    private async Task<bool> ComeBackAsync(HttpClient brand)
    {
        await Get<MemberFollowUp>().SweepAsync(Brand, default);
        return IsDone(await brand.BecomeBrandAsync());
    }

    private async Task<bool> ChangeAddressAsync(HttpClient member, string address)
    {
        if (!IsDone(await member.PutAsync("/api/me/email", new { email = address })))
        {
            return false;
        }

        await DeliverAsync();
        var mail = Assert.Single(await Host.OutboxAsync(address));
        return IsDone(await Host.AnonymousClient().CallAsync(HttpMethod.Post, Link().Match(mail.Text).Value));
    }

    private async Task<bool> ReportByLinkAsync()
    {
        if ((await Host.OutboxAsync()).LastOrDefault(IsInvite) is not { } mail)
        {
            return false;
        }

        using var form = new FormUrlEncodedContent([new("answer", "report"), new("reason", "spam")]);
        return IsDone(await Host.AnonymousClient().CallAsync(HttpMethod.Post, Link().Match(mail.Text).Value, form));
    }

    private T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    [GeneratedRegex("^(?!Reminder).* invited you to connect$")]
    private static partial Regex InviteSubject();

    [GeneratedRegex(@"/api/(invite|address)-links/[\w.-]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
