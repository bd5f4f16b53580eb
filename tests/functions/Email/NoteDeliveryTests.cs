using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Connections.Cosmos;
using Connections.Email.Delivery;
using Connections.Emulators.Email;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;
using Connections.Tests.Functions.Telemetry;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Functions.Email;

/// <summary>What becomes of the report of an email that did not arrive.</summary>
public sealed class NoteDeliveryTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task An_invite_whose_email_bounces_shows_it_to_the_inviter_alone_and_the_invitee_learns_of_their_address()
    {
        var (brand, creator, _) = await PairAsync("bounce+shown@example.com");
        var id = await InviteAsync(brand, creator.Id);

        var row = await UndeliveredAsync(brand.Client, id);
        Assert.Equal("pending", (string?)row["state"]);
        Assert.Null((await creator.Client.ReadAsync($"/api/connections/{id}")).Body!["undeliveredAt"]);
        Assert.True(await Calls.EventuallyAsync(
            async () => (bool?)(await creator.Client.ReadAsync("/api/me")).Body!["emailBounces"] == true, isSo => isSo));
        Assert.Equal("bounces", (string?)(await creator.Client.ReadAsync("/api/me/email-preferences"))["addressProblem"]);
        Assert.Equal("bounces", (string?)(await creator.Client.ReadAsync("/api/me/email"))["problem"]);
        Assert.Null((await brand.Client.ReadAsync("/api/me")).Body!["emailBounces"]);
        // It is nobody else's business.
        Assert.Null((await brand.Client.ReadAsync($"/api/creators/{creator.Id}")).Body!["emailBounces"]);

        // The invite stands, and its answer ends the matter.
        Assert.Equal("connected", (string?)(await creator.Client.SendAsync($"/api/invites/{id}/accept"))["state"]);
        await host.DrainAsync();
        Assert.Null((await brand.Client.ReadAsync($"/api/connections/{id}")).Body!["undeliveredAt"]);
    }

    [Fact]
    public async Task An_email_of_the_outbox_can_be_made_to_bounce()
    {
        var (brand, creator, address) = await PairAsync();
        var id = await InviteAsync(brand, creator.Id);
        var mail = await host.MailAsync(address);
        var anybody = host.AnonymousClient();

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.SendAsync("/dev/mail/999999/bounce")).Status);
        using var wrong = new FormUrlEncodedContent([new("status", "Delivered")]);
        Assert.Equal("invalid-input", (await anybody.CallAsync(HttpMethod.Post, $"/dev/mail/{mail.Id}/bounce", wrong)).Problem);
        Assert.Equal(HttpStatusCode.Accepted, (await anybody.SendAsync($"/dev/mail/{mail.Id}/bounce")).Status);

        await UndeliveredAsync(brand.Client, id);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Quarantined")]
    [InlineData("FilteredSpam")]
    [InlineData("Delivered")]
    public async Task A_report_that_says_nothing_of_the_address_changes_nothing(string status)
    {
        var (brand, creator, address) = await PairAsync();
        var id = await InviteAsync(brand, creator.Id);
        var before = await ReadAsync(id, creator.Id);
        await RunAsync(Report((await host.MailAsync(address)).OperationId, address, status));

        Assert.Equal(before, await ReadAsync(id, creator.Id));
    }

    [Fact]
    public async Task A_report_that_comes_again_writes_nothing_and_the_reminders_neither()
    {
        var (brand, creator, address) = await PairAsync();
        var id = await InviteAsync(brand, creator.Id);
        var operation = (await host.MailAsync(address)).OperationId;
        await RunAsync(Report(operation, address));
        var noted = await ReadAsync(id, creator.Id);
        Assert.Contains("undeliveredAt", noted, StringComparison.Ordinal);
        Assert.Contains("bouncedEmail", noted, StringComparison.Ordinal);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync(Report(operation, address, "Suppressed"))));
        var reminder = NoticeHandover.OperationId($"{id}.1.{NoticeKind.Reminder}");
        await RunAsync(Report(reminder, address));

        Assert.Equal(noted, await ReadAsync(id, creator.Id));
    }

    [Fact]
    public async Task A_report_after_the_answer_and_of_another_address_than_todays_leaves_both_as_they_are()
    {
        var (brand, creator, address) = await PairAsync();
        var id = await InviteAsync(brand, creator.Id);
        var operation = (await host.MailAsync(address)).OperationId;
        await creator.Client.SendAsync($"/api/invites/{id}/decline");
        await host.DrainAsync();
        var before = await ReadAsync(id, creator.Id);
        await RunAsync(Report(operation, "earlier@example.com"));

        Assert.Equal(before, await ReadAsync(id, creator.Id));
    }

    [Fact]
    public async Task The_bounce_of_an_acceptance_is_told_to_the_inviter_and_that_of_a_digest_to_its_recipient()
    {
        var (brand, creator, address) = await PairAsync();
        var id = await InviteAsync(brand, creator.Id);
        await creator.Client.SendAsync($"/api/invites/{id}/accept");
        var accepted = await host.MailAsync($"{brand.Id}@example.com");
        await RunAsync(Report(accepted.OperationId, accepted.To));
        Assert.True((bool?)(await brand.Client.ReadAsync("/api/me"))["emailBounces"]);
        Assert.Null((await creator.Client.ReadAsync("/api/me")).Body!["emailBounces"]);

        var connections = host.Services.GetRequiredService<ConnectionStore>();
        var digest = Guid.NewGuid();
        var connection = (await connections.FindAsync(id, default))!.Value;
        await connections.MarkDigestAsync(
            connection, new MemberId(creator.Id), new DigestMark(0, ReadMark.None, Sent: true, digest), default);
        await RunAsync(Report(digest, address));
        Assert.True((bool?)(await creator.Client.ReadAsync("/api/me"))["emailBounces"]);
    }

    [Fact]
    public async Task The_bounce_of_a_link_to_a_new_address_is_told_to_who_asked_for_it_until_they_ask_again()
    {
        var (brand, other, _) = await PairAsync();
        var typo = $"bounce+{brand.Id}@example.net";
        Assert.Null((await other.Client.PutAsync("/api/me/email", new { email = typo })).Problem);
        await host.DrainAsync();
        Assert.Null((await brand.Client.PutAsync("/api/me/email", new { email = typo })).Problem);
        await host.DrainAsync();

        var told = await Calls.EventuallyAsync(
            () => brand.Client.ReadAsync("/api/me/email"), answer => answer["pending"]["undeliveredAt"] is not null);
        Assert.NotNull(told["pending"]["undeliveredAt"]);
        Assert.Null(told.Body!["problem"]);
        // Who asked for the same address is told of their own email.
        var theirs = await Calls.EventuallyAsync(
            () => other.Client.ReadAsync("/api/me/email"), answer => answer["pending"]["undeliveredAt"] is not null);
        Assert.NotNull(theirs["pending"]["undeliveredAt"]);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(
            Report(NoticeHandover.OperationId($"{brand.Id}.1.{NoticeKind.ConfirmAddress}"), typo))));
        Assert.Equal($"{told["pending"]}", $"{(await brand.Client.ReadAsync("/api/me/email"))["pending"]}");

        // At once, and not only after the minute within which a repeated call sends nothing.
        var again = await brand.Client.PutAsync("/api/me/email", new { email = $"{brand.Id}@example.net" });
        Assert.Null(again["pending"]["undeliveredAt"]);
        // The report of an earlier email says nothing of the one that waits.
        await Assert.ThrowsAsync<StaleReadException>(
            () => RunAsync(Report(NoticeHandover.OperationId($"{brand.Id}.1.{NoticeKind.ConfirmAddress}"), $"{brand.Id}@example.net")));
        Assert.Null((await brand.Client.ReadAsync("/api/me/email"))["pending"]["undeliveredAt"]);
    }

    [Fact]
    public async Task Unknown_and_unreadable_reports_are_counted_and_dropped_and_an_early_one_is_tried_again()
    {
        var outcomes = new ConcurrentBag<string>();
        using var listener = Measurements.Of(Signals.Deliveries, (_, _, tags, _) => outcomes.Add(tags[0].Value!.ToString()!));
        await RunAsync(Report(Guid.NewGuid(), "anna@example.com", at: DateTimeOffset.UtcNow.AddMinutes(-1)));
        await RunAsync("garbage");
        Assert.Contains("unknown", outcomes);
        Assert.Contains("unreadable", outcomes);

        await Assert.ThrowsAsync<StaleReadException>(() => RunAsync(Report(Guid.NewGuid(), "anna@example.com")));
    }

    [Fact]
    public async Task The_log_leads_from_the_operation_id_of_a_report_to_the_notice()
    {
        using var log = new LogLines();
        await using var own = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log)),
        });
        await own.ClientFor("anna").BecomeBrandAsync();
        Assert.Null((await own.ClientFor("anna").PutAsync("/api/me/email", new { email = "anna@example.net" })).Problem);
        var operation = (await own.MailAsync("anna@example.net")).OperationId.ToString();
        await own.DrainAsync();

        Assert.Contains(
            log.At(LogLevel.Information),
            line => line.Contains("anna.1.ConfirmAddress", StringComparison.Ordinal) && line.Contains(operation, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_notice_has_an_address_for_replies()
    {
        var (brand, creator, address) = await PairAsync();
        await InviteAsync(brand, creator.Id);
        Assert.Equal("support@example.com", (await host.MailAsync(address)).Headers["Reply-To"]);
    }

    private async Task<((HttpClient Client, string Id) Brand, (HttpClient Client, string Id) Creator, string Address)> PairAsync(
        string? address = null)
    {
        var name = $"deliver-{Guid.NewGuid():N}"[..20];
        address ??= name + "@example.com";
        var brand = host.ClientFor(name + "-b");
        var creator = host.ClientFor(name, email: address);
        await brand.BecomeBrandAsync();
        await creator.BecomeCreatorAsync(handle: name);
        return ((brand, name + "-b"), (creator, name), address);
    }

    private static async Task<string> InviteAsync((HttpClient Client, string Id) brand, string creator) =>
        (await brand.Client.SendAsync("/api/invites", new { creatorId = creator }))["id"].ToString();

    private static async Task<Answer> UndeliveredAsync(HttpClient inviter, string id)
    {
        var row = await Calls.EventuallyAsync(
            () => inviter.ReadAsync($"/api/connections/{id}"), answer => answer.Body!["undeliveredAt"] is not null);
        Assert.NotNull(row.Body!["undeliveredAt"]);
        return row;
    }

    // The parts of both documents that a report may change, and their versions.
    private async Task<string> ReadAsync(string connectionId, string memberId)
    {
        await host.DrainAsync();
        var connection = (await host.Services.GetRequiredService<ConnectionStore>().FindAsync(connectionId, default))!.Value;
        var member = (await host.Services.GetRequiredService<MemberStore>().FindAsync(new MemberId(memberId), default))!;
        return JsonSerializer.Serialize(
            new { connection.Version, connection.State, connection.UndeliveredAt, member.Value.BouncedEmail, member.ETag }, Json.Options);
    }

    private Task RunAsync(string message) =>
        ActivatorUtilities.CreateInstance<NoteDelivery>(host.Services).Run(message, CancellationToken.None);

    private static string Report(Guid operation, string recipient, string status = DeliveryReports.Bounced, DateTimeOffset? at = null) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            data = new { recipient, messageId = operation, status },
            eventType = "Microsoft.Communication.EmailDeliveryReportReceived",
            eventTime = at ?? DateTimeOffset.UtcNow,
        })));
}
