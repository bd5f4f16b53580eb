using System.Net;
using Connections.Chat;
using Connections.Files;
using Connections.Moderation;
using Connections.Safety;
using Connections.Tests.Functions.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Files;

/// <summary>Files that are gone with their message, after a day without one, or once a report has its copy.</summary>
public sealed class RemovedFilesTests : FilesInTalks
{
    [Fact]
    public async Task A_deleted_message_takes_its_files_along()
    {
        var talk = await Talk.BeginAsync(Host, "deletes");
        var id = await Host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        Assert.True(await Host.IsServedAsync(talk.BrandId, id));
        var deleted = await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1");
        Assert.Null(deleted.Body!["files"]);
        Assert.False(await Host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await Host.FileAsync(talk.BrandId, id));
        Assert.Equal(HttpStatusCode.NotFound, (await talk.Creator.ReadAsync($"{talk.Messages}/1/files/{id}")).Status);
        Assert.Null((await talk.Creator.ReadAsync(talk.Path))["lastMessage"]["files"]);
        // A repeated send is answered with the deleted message, though its files are gone.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(talk, "1", "", (id, null))).Status);
    }

    [Fact]
    public async Task The_sweep_removes_the_files_of_a_deleted_message_that_its_call_did_not()
    {
        var talk = await Talk.BeginAsync(Host, "swept");
        var id = await Host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        var store = Host.Services.GetRequiredService<MessageStore>();
        var read = await store.FindForChangeAsync(talk.Id, 1, default);
        var settings = Host.Services.GetRequiredService<ChatSettings>();
        await store.ChangeAsync(
            read!, message => MessageLife.Delete(message, message.From, Time.GetUtcNow(), settings), default);
        Assert.True(await Host.IsServedAsync(talk.BrandId, id));
        await Host.SweepMessagesAsync();
        Assert.False(await Host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await Host.FileAsync(talk.BrandId, id));
    }

    [Fact]
    public async Task A_file_whose_message_was_never_stored_goes_after_a_day()
    {
        var talk = await Talk.BeginAsync(Host, "dies");
        var id = await Host.CheckedFileAsync(talk.BrandId);
        var draft = new MessageDraft("1", "", [new FileToSend(id, null)]);
        await Host.Services.GetRequiredService<MessageFiles>().ClaimAsync(talk.Id, new MemberId(talk.BrandId), draft, default);
        Assert.True(await Host.IsServedAsync(talk.BrandId, id));
        await Host.SweepFilesAsync();
        Assert.True(await Host.IsServedAsync(talk.BrandId, id));
        Time.Ahead += TimeSpan.FromHours(25);
        await Host.SweepFilesAsync();
        Assert.False(await Host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await Host.FileAsync(talk.BrandId, id));
    }

    [Fact]
    public async Task A_file_of_a_send_that_repeats_another_message_goes_after_a_day()
    {
        var talk = await Talk.BeginAsync(Host, "repeats-other");
        var (own, other) = (await Host.CheckedFileAsync(talk.BrandId), await Host.CheckedFileAsync(talk.BrandId));
        await SendAsync(talk, "1", "", (own, null));
        var repeated = await SendAsync(talk, "1", "", (other, null));
        Assert.Equal((HttpStatusCode.Conflict, "key-reused"), (repeated.Status, repeated.Problem));
        await Host.SweepMessagesAsync();
        Time.Ahead += TimeSpan.FromHours(25);
        await Host.SweepFilesAsync();
        Assert.False(await Host.IsServedAsync(talk.BrandId, other));
        Assert.Null(await Host.FileAsync(talk.BrandId, other));
        Assert.True(await Host.IsServedAsync(talk.BrandId, own));
    }

    [Fact]
    public async Task A_file_that_is_not_checked_within_a_day_is_refused()
    {
        var talk = await Talk.BeginAsync(Host, "lost");
        var id = await Host.UploadAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        await Host.SweepMessagesAsync();
        Time.Ahead += TimeSpan.FromHours(25);
        await Host.SweepFilesAsync();
        // With a new token.
        var brand = Host.ClientFor(talk.BrandId);
        var message = await brand.ReadAsync($"{talk.Messages}/1");
        Assert.Equal(("refused", "not-checked"), ($"{message["files"][0]!["state"]}", $"{message["files"][0]!["reason"]}"));
        await Host.SweepFilesAsync();
        Assert.Equal(message.Body!.ToJsonString(), (await brand.ReadAsync($"{talk.Messages}/1")).Body!.ToJsonString());
    }

    [Fact]
    public async Task A_report_keeps_a_copy_until_its_sender_erases_their_profile()
    {
        var talk = await Talk.BeginAsync(Host, "reports");
        var id = await Host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        var report = (await talk.Creator.SendAsync(
            "/api/reports", new { connectionId = talk.Id, seq = 1, reason = "spam" }))["id"].ToString();
        await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1");
        Assert.False(await Host.IsServedAsync(talk.BrandId, id));

        var moderator = Host.ClientFor("reports-moderator", roles: "moderator");
        var link = await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{id}");
        Assert.Equal(HttpStatusCode.OK, (await Host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
        var other = FileId.New(FilePurpose.Message);
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{other}")).Status);

        var reports = Host.Services.GetRequiredService<ReportStore>();
        await reports.EraseReportedAsync((await reports.FindAsync(report, default))!, default);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.ReadAsync($"/api/moderation/reports/{report}/files/{id}")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_waits_until_a_report_has_its_copy(bool isDecidedBefore)
    {
        var talk = await Talk.BeginAsync(Host, $"report-first-{isDecidedBefore}");
        var id = await Host.CheckedFileAsync(talk.BrandId);
        await SendAsync(talk, "1", "", (id, null));
        // The call that stored the report died.
        var (reports, now) = (Host.Services.GetRequiredService<ReportStore>(), Time.GetUtcNow());
        var message = await Host.Services.GetRequiredService<MessageStore>().FindAsync(talk.Id, 1, default);
        var report = new Report
        {
            Id = Report.NewId(),
            MemberId = new MemberId(talk.CreatorId),
            ReportedId = message!.From,
            Message = message.ToMessage(),
            Reason = ReportReason.Spam,
            ReportedAt = now,
            OwedSince = now,
        };
        await reports.TryCreateAsync(report, default);
        if (isDecidedBefore)
        {
            var decision = new ReportDecision(DecisionKind.Dismiss, Until: null, "No.", new MemberId("moderator"), now);
            report = (await reports.DecideAsync(report, decision, default))!.Value.Report;
        }

        Assert.Equal(HttpStatusCode.OK, (await talk.Brand.CallAsync(HttpMethod.Delete, $"{talk.Messages}/1")).Status);
        Assert.True(await Host.IsServedAsync(talk.BrandId, id));
        await Assert.ThrowsAsync<AggregateException>(Host.SweepMessagesAsync);

        await Host.Services.GetRequiredService<DecisionFollowUp>().RunAsync(report, default);
        await Host.SweepMessagesAsync();
        Assert.False(await Host.IsServedAsync(talk.BrandId, id));
        Assert.Null(await Host.FileAsync(talk.BrandId, id));
        var link = await Host.ClientFor("report-first-moderator", roles: "moderator")
            .ReadAsync($"/api/moderation/reports/{report.Id}/files/{id}");
        Assert.Equal(HttpStatusCode.OK, (await Host.AnonymousClient().GetAsync(link["url"].ToString())).StatusCode);
    }
}
