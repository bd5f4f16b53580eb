using System.Net;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Email;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Tests.Functions.Chat;
using Connections.Tests.Functions.Members;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions;

/// <summary>Another instance may read a record that is milliseconds old: follow-up work is then delayed, never skipped.</summary>
public sealed class StaleReadsTests : IAsyncLifetime
{
    private readonly LaggingDatabase _lagging = new();
    private readonly HeldQueue _queue = new();
    private LocalHostFixture? _host;

    private LocalHostFixture Host => _host!;

    private Containers Containers => Host.Services.GetRequiredService<Containers>();

    public async Task InitializeAsync() =>
        _host = await _lagging.StartHostWithoutTriggersAsync(
            services => services.Replace(ServiceDescriptor.Singleton<INoticeQueue>(_queue)));

    public Task DisposeAsync() => Host.DisposeAsync();

    [Theory]
    [InlineData("connections")]
    [InlineData("recipient")]
    [InlineData("sender")]
    public async Task An_invite_is_mailed_though_its_notice_comes_before_a_record_that_it_is_about(string unseen)
    {
        // The ids are known before the records exist.
        var id = ConnectionId.Of(new("early-brand"), new("early-creator"));
        await (unseen switch
        {
            "connections" => _lagging.RememberAsync(Containers.Connections, id),
            "recipient" => _lagging.RememberAsync(Containers.Members, "early-creator"),
            _ => _lagging.RememberAsync(Containers.Members, "early-brand"),
        });
        await Talk.InviteAsync(Host, "early");

        await MailedWhenSeenAsync(
            (await ConnectionAsync(id)).Outbox.Single(notice => notice.Kind == NoticeKind.InviteReceived), "early-creator");
    }

    [Fact]
    public async Task An_invite_is_mailed_though_the_pairs_earlier_one_is_read()
    {
        var talk = await Talk.BeginAsync(Host, "again");
        await talk.Creator.CallAsync(HttpMethod.Delete, talk.Path);
        await _lagging.RememberAsync(Containers.Connections, talk.Id);
        Assert.Equal(HttpStatusCode.Created, (await talk.Brand.SendAsync("/api/invites", new { creatorId = talk.CreatorId })).Status);

        await MailedWhenSeenAsync(
            (await ConnectionAsync(talk.Id)).Outbox.Single(notice => notice is { Kind: NoticeKind.InviteReceived, InviteNumber: 2 }),
            talk.CreatorId);
    }

    [Fact]
    public async Task An_acceptance_is_mailed_though_the_invite_is_read_as_pending()
    {
        var talk = await Talk.InviteAsync(Host, "accepted");
        await _lagging.RememberAsync(Containers.Connections, talk.Id);
        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");

        await MailedWhenSeenAsync(
            (await ConnectionAsync(talk.Id)).Outbox.Single(notice => notice.Kind == NoticeKind.InviteAccepted), talk.BrandId);
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("mark")]
    [InlineData("messages")]
    public async Task Unread_messages_are_mailed_though_something_older_is_read_when_their_notice_comes(string unseen)
    {
        var talk = await Talk.InviteAsync(Host, "digest");
        if (unseen == "connection")
        {
            await _lagging.RememberAsync(Containers.Connections, talk.Id);
        }

        await talk.Creator.SendAsync($"/api/invites/{talk.Id}/accept");
        await talk.SayAsync(talk.Brand, "First");
        if (unseen == "mark")
        {
            await _lagging.RememberAsync(Containers.Contacts, talk.Id, talk.CreatorId);
        }

        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await talk.SayAsync(talk.Brand, "Second");
        if (unseen == "messages")
        {
            _lagging.RememberEmpty(Containers.Messages);
        }

        await FollowAsync(await ConnectionAsync(talk.Id));
        await FollowAsync(await MessagesAsync(talk));
        var notice = _queue.Notices.Last(notice => notice.Kind == NoticeKind.UnreadMessages);
        _queue.Notices.Clear();

        // It is due by the clock of an instance twenty minutes later.
        var later = new Local.Worker.ManualTime(DateTimeOffset.UtcNow.AddMinutes(20));
        await MailedWhenSeenAsync(notice with { DueAt = later.GetUtcNow().AddSeconds(-1) }, talk.CreatorId, later);
    }

    [Fact]
    public async Task A_message_is_mailed_though_the_sweep_reads_a_row_from_before_it()
    {
        var talk = await Talk.BeginAsync(Host, "settle");
        await FollowAsync(await ConnectionAsync(talk.Id));
        await talk.SayAsync(talk.Brand, "Read");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });
        await _lagging.RememberAsync(Containers.Contacts, talk.Id, talk.CreatorId);
        await talk.SayAsync(talk.Brand, "Unread");
        var message = (await MessagesAsync(talk))[^1];
        _queue.Notices.Clear();

        _lagging.Lags = true;
        await Assert.ThrowsAsync<StaleReadException>(() => FollowAsync(message));
        Assert.Empty(_queue.Notices);
        _lagging.Lags = false;

        await FollowAsync(message);
        Assert.Equal(
            (NoticeKind.UnreadMessages, talk.CreatorId, 1),
            _queue.Notices.Select(notice => (notice.Kind, notice.To.Value, notice.ReadSeq)).Single());
    }

    [Fact]
    public async Task A_report_is_mailed_though_its_notice_comes_before_it()
    {
        await Host.ClientFor("reported").BecomeCreatorAsync();
        var reporter = Host.ClientFor("reporter");
        await reporter.BecomeBrandAsync();
        Assert.Equal(
            HttpStatusCode.Created, (await reporter.SendAsync("/api/reports", new { memberId = "reported", reason = "spam" })).Status);
        var notice = _queue.Notices.Single();
        _queue.Notices.Clear();
        // The state before it was created.
        await _lagging.RememberAsync(Containers.Reports, notice.ReportId!, "somebody-else");

        await MailedWhenSeenAsync(notice, "support");
    }

    [Fact]
    public async Task A_notice_whose_record_is_missing_for_good_fails_and_is_not_dropped()
    {
        var notice = new Notice(
            "gone.1.InviteReceived",
            NoticeKind.InviteReceived,
            ConnectionId.Of(new("no"), new("body")),
            1,
            new MemberId("no"),
            DateTimeOffset.UtcNow);

        await RunAsync(notice);
        Assert.Single(_queue.Notices);
        await Assert.ThrowsAsync<StaleReadException>(() => RunAsync(notice with { OwedSince = DateTimeOffset.UtcNow.AddMinutes(-2) }));
    }

    [Fact]
    public async Task A_changed_profile_reaches_its_contacts_though_the_one_before_is_read()
    {
        var talk = await Talk.BeginAsync(Host, "card");
        await FollowAsync(await ConnectionAsync(talk.Id));
        await FollowAsync(await MemberAsync(talk.CreatorId));
        await _lagging.RememberAsync(Containers.Members, talk.CreatorId);
        await talk.Creator.BecomeCreatorAsync("Newer");
        var changed = await MemberAsync(talk.CreatorId);

        _lagging.Lags = true;
        await Assert.ThrowsAnyAsync<AggregateException>(() => FollowAsync(changed));
        _lagging.Lags = false;
        await FollowAsync(changed);

        Assert.Equal("Newer", (await talk.ContactAsync(talk.Brand))["other"]["displayName"]!.ToString());
        Assert.Null((await MemberAsync(talk.CreatorId)).OwedSince);
    }

    [Fact]
    public async Task A_member_who_is_not_seen_yet_is_not_shown_as_a_former_one_for_good()
    {
        await _lagging.RememberAsync(Containers.Members, "new-brand");
        var talk = await Talk.InviteAsync(Host, "new");
        var connection = await ConnectionAsync(talk.Id);

        _lagging.Lags = true;
        await Assert.ThrowsAnyAsync<AggregateException>(() => FollowAsync(connection));
        _lagging.Lags = false;
        await FollowAsync(connection);

        Assert.Equal("Aurora Outdoor", (await talk.ContactAsync(talk.Creator))["other"]["displayName"]!.ToString());
        Assert.Null((await ConnectionAsync(talk.Id)).OwedSince);
    }

    [Fact]
    public async Task An_erased_members_invites_end_though_they_are_not_seen_at_first()
    {
        await _lagging.RememberAsync(Containers.Connections, ConnectionId.Of(new("left-brand"), new("left-creator")));
        var talk = await Talk.InviteAsync(Host, "left");
        await talk.Brand.CallAsync(HttpMethod.Delete, "/api/me");
        var erased = await MemberAsync(talk.BrandId);

        _lagging.Lags = true;
        await Assert.ThrowsAnyAsync<AggregateException>(() => FollowAsync(erased));
        _lagging.Lags = false;
        Assert.NotNull((await MemberAsync(talk.BrandId)).OwedSince);
        await FollowAsync(erased);

        Assert.Equal(ConnectionState.Revoked, (await ConnectionAsync(talk.Id)).State);
    }

    /// <summary>The notice returns to the queue until the record is visible, and is then one email.</summary>
    private async Task MailedWhenSeenAsync(Notice notice, string to, TimeProvider? time = null)
    {
        _queue.Notices.Clear();
        _lagging.Lags = true;
        await RunAsync(notice, time);
        Assert.Equal(notice, Assert.Single(_queue.Notices));
        Assert.Empty(await Host.OutboxAsync($"{to}@example.com"));

        _lagging.Lags = false;
        await RunAsync(notice, time);
        Assert.Single(_queue.Notices);
        Assert.Single(await Host.OutboxAsync($"{to}@example.com"));
    }

    private Task RunAsync(Notice notice, TimeProvider? time = null)
    {
        if (time is null)
        {
            return ActivatorUtilities.CreateInstance<SendNotice>(Host.Services).Run(notice, default);
        }

        var services = Host.Services;
        INoticeHandler[] handlers = [ActivatorUtilities.CreateInstance<UnreadNoticeHandler>(services, time)];
        return ActivatorUtilities.CreateInstance<SendNotice>(services, time, handlers).Run(notice, default);
    }

    private Task FollowAsync(Connection connection) =>
        ActivatorUtilities.CreateInstance<OnConnectionChanged>(Host.Services).Run([connection], default);

    private Task FollowAsync(params IReadOnlyList<MessageDocument> messages) =>
        Host.Services.GetRequiredService<MessageFollowUp>().RunAsync(messages, default);

    private Task FollowAsync(Member member) =>
        ActivatorUtilities.CreateInstance<OnMemberChanged>(Host.Services)
            .Run([new ChangedMember(member.Id.Value, member.OwedSince, member.CardVersion)], default);

    private async Task<Connection> ConnectionAsync(string id) =>
        (await Host.Services.GetRequiredService<ConnectionStore>().FindAsync(id, default))!.Value;

    private async Task<Member> MemberAsync(string id) =>
        (await Host.Services.GetRequiredService<MemberStore>().FindAsync(new MemberId(id), default))!.Value;

    private Task<IReadOnlyList<MessageDocument>> MessagesAsync(Talk talk) =>
        Host.Services.GetRequiredService<MessageStore>().ForwardFromAsync(talk.Id, 0, 10, default);
}
