using System.Net;
using Connections.Email.Preferences;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;

namespace Connections.Tests.Functions.Access;

/// <summary>The links in emails: only the exact link opens its page, and only the button of the page acts, once.</summary>
public sealed class LinkTokensTests
{
    private const int Tampered = 10_000;

    [Fact]
    public async Task Tampered_links_open_nothing_and_looking_at_good_ones_changes_nothing()
    {
        // A short version of dotnet run -c Release --project tests/Soak -- links.
        var row = await LinkRuns.RunAsync(TestSeed.Value, tampered: 1_000, looks: 200, TextWriter.Null);
        Assert.True(row.IsClean, $"TEST_SEED={row.Seed}, {row.Runs} runs: {string.Join('\n', row.Violations)}");
    }

    [Fact]
    public void Ten_thousand_tampered_tokens_of_each_kind_are_none()
    {
        var settings = new InviteSettings(
            50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));
        var now = DateTimeOffset.UnixEpoch;
        var key = LinkKey.New();
        Connection Invite(string invitee) =>
            ConnectionLife.Begin(new MemberId("brand"), new MemberId(invitee), new InviteAction.Invite(null), now, settings);
        static string TokenOf(Connection connection, string key) => InviteLinkToken.PathOf(connection.Id, key).Split('/')[^1];
        var connection = Invite("mira") with { LinkHashes = [LinkKey.HashOf(key)] };
        var invites = new Tampering(new Random(TestSeed.Value), TokenOf(connection, key), [
            TokenOf(Invite("ole"), LinkKey.New()), TokenOf(connection, LinkKey.New())]);
        var mira = new Member { Id = new MemberId("mira"), UnsubscribeKey = LinkKey.New() };
        var unsubscribes = new Tampering(
            new Random(TestSeed.Value), UnsubscribeToken.For(mira, NoticeKind.Reminder), [
                UnsubscribeToken.For(mira, NoticeKind.InviteReceived),
                UnsubscribeToken.For(mira with { Id = new MemberId("ole"), UnsubscribeKey = LinkKey.New() }, NoticeKind.Reminder)]);
        for (var i = 0; i < Tampered; i++)
        {
            var invite = Uri.UnescapeDataString(invites.Next());
            Assert.False(
                InviteLinkToken.TryParse(invite, out var id, out var read)
                    && id == connection.Id && InviteLinkToken.Opens(connection, read, now),
                invite);
            var unsubscribe = Uri.UnescapeDataString(unsubscribes.Next());
            Assert.False(UnsubscribeToken.Parse(unsubscribe) is { } claim && claim.IsProvenBy(mira), unsubscribe);
        }
    }

    [Fact]
    public async Task A_link_that_was_used_changes_nothing_more_and_one_of_an_invite_that_has_ended_is_refused_whatever_it_answers_now()
    {
        await using var run = await LinkRuns.StartAsync();
        var old = await run.OldTokenAsync();
        var (pair, token) = await run.InvitedAsync("used");
        Assert.Equal(HttpStatusCode.OK, await run.PostAsync($"/api/invite-links/{token}", "answer=accept"));
        var (revoked, taken) = await run.InvitedAsync("taken");
        Assert.Null((await revoked.One.CallAsync(HttpMethod.Delete, $"/api/invites/{revoked.ConnectionId}")).Problem);
        run.Changes();
        foreach (var (link, status)
            in new[] { (old, HttpStatusCode.NotFound), (token, HttpStatusCode.OK), (taken, HttpStatusCode.NotFound) })
        {
            foreach (var form in new[] { "answer=accept", "answer=decline", "" })
            {
                Assert.Equal(status, await run.PostAsync($"/api/invite-links/{link}", form));
            }
        }

        Assert.Equal([], run.Changes());
        Assert.Equal(ConnectionState.Connected, (await pair.RecordAsync()).State);
    }
}
