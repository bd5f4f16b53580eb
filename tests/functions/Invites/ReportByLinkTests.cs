using System.Net;
using Connections.Cosmos;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Members;
using Connections.Safety;
using Connections.Tests.Functions.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Invites;

/// <summary>Reporting and blocking the sender of an invite with the link in its email.</summary>
public sealed class ReportByLinkTests
{
    private const string Form = "answer=report&reason=impersonation&details=Not+Aurora.%0D%0AI+asked+them.";
    private const string Support = "support@example.com";

    [Fact]
    public async Task One_post_ends_the_invite_blocks_its_sender_and_files_the_report_as_one_of_the_product()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var (pair, link) = await InvitedAsync(host);

        Assert.Equal((HttpStatusCode.OK, true), await PostAsync(host, link, Form));

        var mail = await host.MailAsync(Support);
        Assert.Equal("Report: mail One (impersonation)", mail.Subject);
        foreach (var line in new[]
        {
            "> Not Aurora.", "> I asked them.", "> Name: mail One", $"Reported by the member: {pair.TwoId}",
            $"Reported member: {pair.OneId}",
        })
        {
            Assert.Contains(line, mail.Text.Split('\n'));
        }

        await host.DrainAsync();
        Assert.Equal([pair.OneId], await Pair.BlockedByAsync(pair.Two));
        Assert.Equal("not-found", (await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Problem);
        Assert.Equal("not-found", (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}")).Problem);
        Assert.Empty((await pair.Two.ReadAsync("/api/invites?direction=received&state=pending"))["value"].AsArray());
        // The sender gets no email about it, and waits as after a decline even if the block is lifted.
        Assert.Empty(await host.OutboxAsync($"{pair.OneId}@example.com"));
        await pair.TwoUnblocksAsync();
        Assert.Equal("invite-locked", (await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Problem);
        var report = Assert.Single((await pair.Two.ReadAsync("/api/me/export"))["reports"].AsArray())!;
        Assert.Equal("impersonation", report["reason"]!.ToString());
        Assert.Empty((await pair.RecordAsync()).OwedReports);
    }

    [Fact]
    public async Task It_works_once_and_the_link_shows_what_it_did_for_a_while()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (pair, link) = await InvitedAsync(clocked.Host);
        Assert.Equal((HttpStatusCode.OK, true), await PostAsync(clocked.Host, link, Form));
        await clocked.PassAsync(TimeSpan.Zero);
        foreach (var form in new[] { Form, "answer=report&reason=spam", "answer=accept", "answer=decline", "" })
        {
            Assert.Equal((HttpStatusCode.OK, true), await PostAsync(clocked.Host, link, form));
        }

        await clocked.PassAsync(InviteLinkToken.RepeatFor);
        Assert.Equal((HttpStatusCode.NotFound, false), await PostAsync(clocked.Host, link, Form));
        Assert.Single(await clocked.Host.OutboxAsync(Support));
        Assert.Single(await ReportsAsync(clocked.Host, pair));
    }

    [Fact]
    public async Task A_stop_after_the_write_loses_and_doubles_nothing()
    {
        // Without triggers, the host is as one that stopped right after the write.
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var (pair, link) = await InvitedAsync(host);
        await PostAsync(host, link, Form);
        Assert.Empty(await ReportsAsync(host, pair));
        var owed = (await pair.RecordAsync()).OwedReports;
        Assert.Equal("Not Aurora.\nI asked them.", Assert.Single(owed).Details);
        Assert.Equal([pair.ConnectionId], await host.Services.GetRequiredService<ConnectionStore>()
            .UndispatchedAsync(DateTimeOffset.UtcNow.AddDays(1), default).Select(connection => connection.Id).ToListAsync());

        // The sweeper and the change feed may both come to it, also twice.
        var record = await pair.RecordAsync();
        var followUp = host.Services.GetRequiredService<ConnectionFollowUp>();
        await Task.WhenAll(followUp.RunAsync(record, default), followUp.RunAsync(record, default));
        await followUp.RunAsync(record, default);

        var report = Assert.Single(await ReportsAsync(host, pair));
        Assert.Equal((ReportReason.Impersonation, new MemberId(pair.OneId)), (report.Reason, report.ReportedId));
        Assert.Null(report.OwedSince);
        Assert.Empty((await pair.RecordAsync()).OwedReports);
        Assert.Equal([pair.OneId], await Pair.BlockedByAsync(pair.Two));
    }

    [Theory]
    [InlineData("answer=report")]
    [InlineData("answer=report&reason=")]
    [InlineData("answer=report&reason=boring")]
    [InlineData("answer=report&reason=spam&details=%00")]
    [InlineData("answer=block")]
    public async Task A_form_that_is_not_valid_changes_nothing(string form)
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var (pair, link) = await InvitedAsync(host);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(host, link, form)).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await PostAsync(host, link, "answer=report&reason=spam&details=" + new string('x', 1001))).Status);
        Assert.Equal(ConnectionState.Pending, (await pair.RecordAsync()).State);
    }

    [Fact]
    public async Task Of_a_report_and_an_acceptance_at_once_one_wins_and_a_report_that_lost_is_not_made()
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        for (var round = 0; round < 20; round++)
        {
            var (pair, link) = await InvitedAsync(host, $"r{round}");
            var accepting = pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");
            var reporting = PostAsync(host, link, Form);
            await Task.WhenAll(accepting, reporting);
            var record = await pair.RecordAsync();
            var isAccepted = (await accepting).Problem is null;
            Assert.Equal(isAccepted ? ConnectionState.Connected : ConnectionState.Blocked, record.State);
            Assert.Equal(isAccepted ? 0 : 1, record.OwedReports.Count);
            Assert.Equal((isAccepted ? HttpStatusCode.NotFound : HttpStatusCode.OK, !isAccepted), await reporting);
        }
    }

    [Fact]
    public async Task Who_blocks_as_many_as_they_can_is_not_refused_here_and_has_no_more_room_than_before()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Settings = new Dictionary<string, string?> { ["Safety:BlocksAtMost"] = "1" },
        });
        var (pair, link) = await InvitedAsync(host);
        await pair.Two.PutAsync("/api/blocks/another", new { });
        Assert.Equal((HttpStatusCode.OK, true), await PostAsync(host, link, Form));
        Assert.Equal(2, (await Pair.BlockedByAsync(pair.Two)).Length);
        await pair.TwoUnblocksAsync();
        Assert.Equal("block-limit", (await pair.Two.PutAsync("/api/blocks/a-third", new { })).Problem);
    }

    [Fact]
    public async Task Erasing_the_profile_before_the_report_is_filed_leaves_what_was_reported_without_the_reporter_s_words()
    {
        await using var host = await LocalHostFixture.StartWithoutTriggersAsync();
        var (pair, link) = await InvitedAsync(host);
        await PostAsync(host, link, Form);
        await pair.Two.CallAsync(HttpMethod.Delete, "/api/me");
        await host.Services.GetRequiredService<ConnectionFollowUp>().RunAsync(await pair.RecordAsync(), default);
        await host.Services.GetRequiredService<MemberFollowUp>().RunAsync(new MemberId(pair.TwoId), default);

        // Only of members who have not erased themselves.
        Assert.Empty(await ReportsAsync(host, pair));
        Assert.Equal(0, await host.Services.GetRequiredService<Containers>().Reports
            .CountAsync(new("SELECT VALUE COUNT(1) FROM c WHERE c.details = 'Not Aurora.\nI asked them.'"), pair.TwoId, default));
    }

    private static async Task<(Pair Pair, string Link)> InvitedAsync(LocalHostFixture host, string name = "mail")
    {
        var pair = await Pair.InvitedAsync(host, name);
        return (pair, "/api/invite-links/" + await pair.LinkTokenAsync());
    }

    private static async Task<(HttpStatusCode Status, bool IsReported)> PostAsync(LocalHostFixture host, string link, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await host.AnonymousClient().PostAsync(link, content);
        var page = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, page.Contains("<h1>You reported and blocked", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Report>> ReportsAsync(LocalHostFixture host, Pair pair) =>
        await host.Services.GetRequiredService<ReportStore>().ByAsync(new MemberId(pair.TwoId), default).ToListAsync();
}
