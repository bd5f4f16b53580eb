using System.Net;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Creators.Dismissed;
using Connections.Creators.Favourites;
using Connections.Email;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Connections.Tests.Functions.Members.FollowUp;
using Connections.Tests.Functions.Safety;
using Connections.Tests.Local.Worker;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members;

/// <summary>Work in flight while a member erases their profile. The triggers do not run: each test runs
/// the follow-up in its own order.</summary>
public sealed class ErasedMeanwhileTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Start);
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() =>
        _host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with { Time = _time });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_email_tells_of_an_erased_member_or_goes_to_them(bool inviterGoes)
    {
        var invited = await Pair.InvitedAsync(_host, "invited");
        var talking = await Pair.TalkingAsync(_host, "talking");
        var notices = new List<Notice>();
        foreach (var pair in new[] { invited, talking })
        {
            notices.AddRange((await pair.RecordAsync()).Outbox);
            await EraseAsync(inviterGoes ? pair.One : pair.Two);
        }

        var (one, two) = (new MemberId(talking.OneId), new MemberId(talking.TwoId));
        notices.AddRange(new[] { one, two }.Select(to => new Notice(
            $"{talking.ConnectionId}.digest.{to}", NoticeKind.UnreadMessages, talking.ConnectionId, 1, to, _time.GetUtcNow(), ReadSeq: 0)));
        Assert.Equal(NoticeKinds.All, notices.Select(notice => notice.Kind).Distinct().Order());

        // Before the erasure has got as far as the pair.
        _time.Advance(TimeSpan.FromDays(8));
        foreach (var notice in notices)
        {
            await SendAsync(notice);
        }

        Assert.Empty(await _host.OutboxAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_an_invite_is_gone_before_the_erasure_has_got_as_far(bool inviterGoes)
    {
        var pair = await Pair.InvitedAsync(_host, "link");
        var path = "/api/invite-links/" + await pair.LinkTokenAsync();
        await EraseAsync(inviterGoes ? pair.One : pair.Two);

        var page = await _host.AnonymousClient().GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("Shall we talk?", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var answer = await _host.AnonymousClient().PostAsync(path, new FormUrlEncodedContent([new("answer", "accept")]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(ConnectionState.Pending, (await pair.RecordAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_was_being_stored_is_sealed_by_its_own_follow_up(bool memberWrites)
    {
        var pair = await Pair.TalkingAsync(_host, "late");
        await FollowAsync(pair);
        var before = await RowAsync(pair, memberWrites ? pair.OneId : pair.TwoId);
        await EraseAsync(pair.One);
        await FinishAsync(pair.OneId);

        var message = await StoreAsync(pair, memberWrites, "Late");
        // The call then updates its member's row.
        await ShowAsync(before, message);
        await Get<MessageFollowUp>().RunAsync([message], default);

        Assert.Equal(3, (await pair.RecordAsync()).SealedSeq);
        var stored = (await Get<MessageStore>().FindAsync(pair.ConnectionId, 3, default))!;
        Assert.Equal((memberWrites ? "" : "Late", " 3"), (stored.Text, stored.ClientId));
        foreach (var member in new[] { pair.OneId, pair.TwoId })
        {
            Assert.Equal("", (await RowAsync(pair, member)).Chat!.Last.Text);
        }

        // The call's own update of the row may come last.
        await ShowAsync(before, message);
        Assert.All([await RowAsync(pair, pair.OneId), await RowAsync(pair, pair.TwoId)], row => Assert.Equal("", row.Chat!.Last.Text));
    }

    [Fact]
    public async Task A_message_that_was_being_stored_is_sealed_also_when_the_two_have_met_again()
    {
        var pair = await Pair.TalkingAsync(_host, "again");
        await EraseAsync(pair.One);
        await FinishAsync(pair.OneId);
        var late = await StoreAsync(pair, byOne: true, "Late");
        _time.Advance(TimeSpan.FromSeconds(1));
        await pair.One.BecomeCreatorAsync("Newborn", "newborn");
        Assert.Null((await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId })).Problem);
        Assert.Null((await pair.One.SendAsync($"/api/invites/{pair.ConnectionId}/accept")).Problem);
        Assert.Null(
            (await pair.One.SendAsync($"/api/connections/{pair.ConnectionId}/messages", new { clientId = "1", text = "Anew" })).Problem);

        await FollowAsync(pair);
        await Get<MessageFollowUp>().RunAsync([late], default);
        await FollowAsync(pair);

        // What they say now is sealed neither by this, nor when they part and meet a second time.
        Assert.Null((await pair.Two.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}")).Problem);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId })).Problem);
        Assert.Null((await pair.One.SendAsync($"/api/invites/{pair.ConnectionId}/accept")).Problem);
        await Get<MessageFollowUp>().RunAsync([(await Get<MessageStore>().LastAsync(pair.ConnectionId, default))!], default);
        Assert.Equal(late.Seq, (await pair.RecordAsync()).SealedSeq);
        var history = await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}/messages");
        Assert.Equal("Anew", Assert.Single(history["value"].AsArray())!["text"]!.ToString());
        Assert.Equal("", (await Get<MessageStore>().FindAsync(pair.ConnectionId, late.Seq, default))!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invite_that_was_being_made_is_ended_and_its_note_erased(bool comesBack)
    {
        var pair = await Pair.StrangersAsync(_host, "made");
        var (one, two) = (new MemberId(pair.OneId), new MemberId(pair.TwoId));
        var invite = ConnectionLife.Begin(one, two, new InviteAction.Invite("My note"), _time.GetUtcNow(), Get<InviteSettings>());
        _time.Advance(TimeSpan.FromMilliseconds(5));
        await EraseAsync(pair.One);
        await FinishAsync(pair.OneId);
        Assert.True(await Get<ConnectionStore>().TryCreateAsync(invite, default));
        if (comesBack)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await pair.One.BecomeCreatorAsync("Newborn", "newborn");
        }

        foreach (var notice in invite.Outbox)
        {
            await SendAsync(notice with { DueAt = null });
        }

        await FollowAsync(pair);
        await FollowAsync(pair);

        Assert.Empty(await _host.OutboxAsync());
        Assert.Equal((ConnectionState.Revoked, null), ((await pair.RecordAsync()).State, (await pair.RecordAsync()).Note));
        Assert.Null((await RowAsync(pair, pair.TwoId)).Pair.Note);
        var seen = await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}");
        Assert.Equal(("revoked", "Former member"), (seen["state"].ToString(), seen["other"]["displayName"]!.ToString()));
        Assert.Null((await RowAsync(pair, pair.OneId)).Pair.Note);
    }

    [Fact]
    public async Task A_block_that_was_being_made_is_lifted()
    {
        var pair = await Pair.TalkingAsync(_host, "block");
        await FollowAsync(pair);
        await EraseAsync(pair.One);
        await FinishAsync(pair.OneId);

        await Get<BlockService>().BlockAsync(new MemberId(pair.OneId), new MemberId(pair.TwoId), default);
        await FollowAsync(pair);
        await FollowAsync(pair);

        Assert.False((await pair.RecordAsync()).IsBlockedBy(new MemberId(pair.OneId)));
    }

    [Fact]
    public async Task A_mark_that_was_being_made_is_not_the_next_profile_s()
    {
        var pair = await Pair.StrangersAsync(_host, "mark");
        await EraseAsync(pair.One);
        await FinishAsync(pair.OneId);
        await Get<FavouriteStore>()
            .MarkAsync(new Favourite(new MemberId(pair.TwoId), new MemberId(pair.OneId), _time.GetUtcNow()), default);
        await Get<DismissedStore>().PutAwayAsync(
            DismissedCreator.Of(new MemberId(pair.OneId), new MemberId(pair.TwoId), _time.GetUtcNow()), default);
        _time.Advance(TimeSpan.FromSeconds(1));

        await pair.One.BecomeCreatorAsync("Newborn", "newborn");
        await Get<MemberFollowUp>().RunAsync(new MemberId(pair.OneId), default);

        Assert.Empty((await pair.One.ReadAsync("/api/favourites"))["value"].AsArray());
        Assert.Empty((await pair.One.ReadAsync("/api/dismissed"))["value"].AsArray());
    }

    [Fact]
    public async Task A_report_reaches_support_without_who_made_it_and_keeps_nothing_of_who_it_is_about()
    {
        var pair = await Pair.TalkingAsync(_host, "report");
        Assert.Null(
            (await pair.One.SendAsync("/api/reports", new { memberId = pair.TwoId, reason = "spam", details = "I am One" })).Problem);
        Assert.Null(
            (await pair.Two.SendAsync("/api/reports", new { connectionId = pair.ConnectionId, seq = 1, reason = "harassment" })).Problem);
        var (by, about) = (await ReportAsync(pair.OneId), await ReportAsync(pair.TwoId));
        await EraseAsync(pair.One);

        // Both mails are still on their way.
        await SendAsync(by.ToNotice());
        await FinishAsync(pair.OneId);
        await SendAsync(about.ToNotice());

        var mails = await _host.OutboxAsync();
        var first = Assert.Single(mails, mail => mail.Text.Contains(by.Id, StringComparison.Ordinal));
        Assert.DoesNotContain("I am One", first.Text + first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("report One", first.Text + first.Html, StringComparison.Ordinal);
        var second = Assert.Single(mails, mail => mail.Text.Contains(about.Id, StringComparison.Ordinal));
        Assert.Contains("From one", second.Text, StringComparison.Ordinal);
        Assert.Equal(
            (null, null, ReportReason.Spam),
            (await ReportAsync(pair.OneId) is var stored ? stored.MemberName : "", stored.Details, stored.Reason));
        Assert.Equal(
            (null, null, ReportReason.Harassment),
            (await ReportAsync(pair.TwoId) is var left ? left.Profile : null, left.Message, left.Reason));
    }

    [Fact]
    public async Task Another_instance_refuses_every_call_within_half_a_minute()
    {
        var member = _host.ClientFor("elsewhere");
        await member.BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.OK, (await member.ReadAsync("/api/favourites")).Status);
        await _host.ChangeMemberAsync("elsewhere", known => known.Erase(_time.GetUtcNow()));

        _time.Advance(CallerGate.RememberFor);
        Assert.Equal("profile-erased", (await member.ReadAsync("/api/favourites")).Problem);

        // A new profile is visible without delay.
        await FinishAsync("elsewhere");
        await _host.ChangeMemberAsync(
            "elsewhere", former => former with { ErasedAt = null, CardVersion = former.CardVersion + 1, DisplayName = "Newborn" });
        Assert.Equal(HttpStatusCode.OK, (await member.ReadAsync("/api/favourites")).Status);
    }

    private static async Task EraseAsync(HttpClient member) =>
        Assert.Equal(HttpStatusCode.NoContent, (await member.CallAsync(HttpMethod.Delete, "/api/me")).Status);

    private Task SendAsync(Notice notice) => ActivatorUtilities.CreateInstance<SendNotice>(_host.Services).SendAsync(notice, default);

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private Task FinishAsync(string member) => Get<MemberFollowUp>().RunAsync(new MemberId(member), default);

    private Task FollowAsync(Pair pair) => CardChangesTests.FollowConnectionAsync(_host, pair.ConnectionId);

    private Task ShowAsync(Connections.Invites.Contacts.ContactRow own, MessageDocument message) =>
        Get<MessageFollowUp>().ShowAsync(own, message, isRepeated: false, () => Task.CompletedTask, default);

    private async Task<MessageDocument> StoreAsync(Pair pair, bool byOne, string text)
    {
        var (one, two) = (new MemberId(pair.OneId), new MemberId(pair.TwoId));
        var end = ConversationEnd.Of(await Get<MessageStore>().LastAsync(pair.ConnectionId, default));
        var (from, to) = byOne ? (one, two) : (two, one);
        return (await Get<MessageStore>().AppendAsync(pair.ConnectionId, from, to, new("late", text), end, default)).Message;
    }

    private async Task<Connections.Invites.Contacts.ContactRow> RowAsync(Pair pair, string member) =>
        (await Get<Connections.Invites.Contacts.ContactStore>().FindAsync(new MemberId(member), pair.ConnectionId, default))!;

    private async Task<Report> ReportAsync(string by) => Assert.Single(await _host.Services.GetRequiredService<Containers>().Reports
        .ReadAllAsync<Report>(new QueryDefinition("SELECT * FROM c WHERE c.memberId = @by").WithParameter("@by", by), default)
        .ToListAsync());
}
