using System.Net;
using Connections.Email;
using Connections.Email.Preferences;
using Connections.Invites;
using Connections.Members;
using Xunit.Abstractions;

namespace Connections.Tests.Functions.Access;

/// <summary>The links in emails: nothing but the link itself opens what it is for, once, and nothing but its button does anything.</summary>
public sealed class LinkTokensTests(ITestOutputHelper output)
{
    private const int Tampered = 10_000;

    private static readonly int Seed = Random.Shared.Next(1, 1_000_000);

    [Fact]
    public async Task Tampered_links_open_nothing_and_looking_at_good_ones_changes_nothing()
    {
        // A part of it: dotnet run -c Release --project tests/Soak -- links.
        var row = await LinkRuns.RunAsync(Seed, tampered: 1_000, looks: 200, TextWriter.Null);
        Assert.True(row.IsClean, $"--seed {row.Seed}, {row.Runs} runs: {string.Join('\n', row.Findings)}");
    }

    [Fact]
    public void Ten_thousand_tampered_tokens_of_each_kind_are_none()
    {
        output.WriteLine($"The seed is {Seed}.");
        var settings = new InviteSettings(50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));
        var now = DateTimeOffset.UnixEpoch;
        Connection Invite(string invitee) => ConnectionLife.Begin(new MemberId("brand"), new MemberId(invitee), new InviteAction.Invite(null, LinkKey.New()), now, settings);
        static string TokenOf(Connection connection) => InviteLinkToken.PathOf(connection).Split('/')[^1];
        var connection = Invite("mira");
        var invites = new Tampering(new Random(Seed), TokenOf(connection), [TokenOf(Invite("ole")), TokenOf(Invite("mira"))]);
        var mira = new Member { Id = new MemberId("mira"), UnsubscribeKey = LinkKey.New() };
        var unsubscribes = new Tampering(
            new Random(Seed), UnsubscribeToken.For(mira, NoticeKind.Reminder), [UnsubscribeToken.For(mira, NoticeKind.InviteReceived), UnsubscribeToken.For(mira with { Id = new MemberId("ole"), UnsubscribeKey = LinkKey.New() }, NoticeKind.Reminder)]);
        for (var i = 0; i < Tampered; i++)
        {
            var invite = Uri.UnescapeDataString(invites.Next());
            Assert.False(InviteLinkToken.TryParse(invite, out var id, out var key) && id == connection.Id && InviteLinkToken.Opens(connection, key, now), invite);
            var unsubscribe = Uri.UnescapeDataString(unsubscribes.Next());
            Assert.False(UnsubscribeToken.Parse(unsubscribe) is { } read && read.IsProvenBy(mira), unsubscribe);
        }
    }

    [Fact]
    public async Task A_link_that_was_used_or_is_of_an_earlier_invite_is_refused_whatever_it_answers_now()
    {
        await using var run = await LinkRuns.StartAsync();
        var old = await run.OldTokenAsync();
        var (pair, token) = await run.InvitedAsync("used");
        Assert.Equal(HttpStatusCode.OK, await run.PostAsync($"/api/invite-links/{token}", "answer=accept"));
        var (revoked, taken) = await run.InvitedAsync("taken");
        Assert.Null((await revoked.One.CallAsync(HttpMethod.Delete, $"/api/invites/{revoked.ConnectionId}")).Problem);
        run.Changes();
        foreach (var link in new[] { old, token, taken })
        {
            foreach (var form in new[] { "answer=accept", "answer=decline", "" })
            {
                Assert.Equal(HttpStatusCode.NotFound, await run.PostAsync($"/api/invite-links/{link}", form));
            }
        }

        Assert.Equal([], run.Changes());
        Assert.Equal(ConnectionState.Connected, (await pair.RecordAsync()).State);
    }
}
