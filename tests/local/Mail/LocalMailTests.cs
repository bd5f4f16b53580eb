using Connections.Emulators.Email;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Connections.Notices;

namespace Connections.Tests.Local.Mail;

public sealed class LocalMailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-test-").FullName;
    private SqliteFile _file;
    private LocalMail _mail;

    public LocalMailTests() => (_file, _mail) = Open();

    [Fact]
    public async Task A_mail_is_stored_unchanged()
    {
        var operation = Guid.NewGuid();
        var sent = Mail(
            "ann@example.com",
            "Hello, 世界 “quoted”") with
        { Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://x.example/u>" } };

        Assert.IsType<MailOutcome.HandedOver>(await SendAsync(_mail, sent, operation, default));

        var kept = Assert.Single(await _mail.ListAsync(null, 10, default));
        Assert.Equal(
            (sent.To, sent.Subject, sent.Html, sent.Text, operation), (kept.To, kept.Subject, kept.Html, kept.Text, kept.OperationId));
        Assert.Equal(sent.Headers, kept.Headers);
    }

    [Fact]
    public async Task The_same_operation_id_is_the_same_mail()
    {
        var operation = Guid.NewGuid();
        await SendAsync(_mail, Mail("ann@example.com", "first"), operation, default);

        Assert.IsType<MailOutcome.HandedOver>(await SendAsync(_mail, Mail("ann@example.com", "again"), operation, default));

        Assert.Equal("first", Assert.Single(await _mail.ListAsync(null, 10, default)).Subject);
    }

    [Fact]
    public async Task A_mail_handed_over_many_times_at_once_is_sent_once()
    {
        var operation = Guid.NewGuid();
        var (file, second) = Open();
        using var closed = file;
        LocalMail[] outboxes = [_mail, second];

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (i, ct) =>
            await SendAsync(outboxes[i % 2], Mail("ann@example.com", "once"), operation, ct));

        Assert.Single(await _mail.ListAsync(null, 10, default));
    }

    [Fact]
    public async Task Mails_and_their_operation_ids_survive_a_restart()
    {
        var operation = Guid.NewGuid();
        await SendAsync(_mail, Mail("ann@example.com", "before"), operation, default);

        _file.Dispose();
        (_file, _mail) = Open();
        await SendAsync(_mail, Mail("ann@example.com", "after"), operation, default);

        Assert.Equal("before", Assert.Single(await _mail.ListAsync(null, 10, default)).Subject);
    }

    [Fact]
    public async Task The_list_is_newest_first_and_bounded()
    {
        for (var i = 1; i <= LocalMail.MaxList + 1; i++)
        {
            await SendAsync(_mail, Mail("ann@example.com", $"mail {i}"), Guid.NewGuid(), default);
        }

        Assert.Equal(["mail 201", "mail 200", "mail 199"], (await _mail.ListAsync(null, 3, default)).Select(m => m.Subject));
        Assert.Equal(LocalMail.MaxList, (await _mail.ListAsync(null, int.MaxValue, default)).Count);
    }

    [Fact]
    public async Task The_list_can_be_filtered_by_address()
    {
        await SendAsync(_mail, Mail("ann@example.com", "to ann"), Guid.NewGuid(), default);
        await SendAsync(_mail, Mail("ben@example.com", "to ben"), Guid.NewGuid(), default);

        Assert.Equal("to ann", Assert.Single(await _mail.ListAsync("Ann@Example.com", 10, default)).Subject);
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData("ann@")]
    public async Task An_invalid_address_is_refused_permanently(string to)
    {
        Assert.IsType<MailOutcome.Refused>(await SendAsync(_mail, Mail(to, "never"), Guid.NewGuid(), default));

        Assert.Empty(await _mail.ListAsync(null, 10, default));
    }

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (SqliteFile File, LocalMail Mail) Open()
    {
        var file = SqliteFile.Open(Path.Combine(_folder, "mail.db"));
        return (file, new LocalMail(file, TimeProvider.System));
    }

    private static Task<MailOutcome> SendAsync(LocalMail outbox, Connections.Notices.Mail mail, Guid operationId, CancellationToken ct) =>
        new Mailer(outbox).SendAsync(mail, operationId, ct);

    private static Connections.Notices.Mail Mail(string to, string subject) =>
        new(to, "Somebody", subject, $"<p>{subject}</p>", subject, new Dictionary<string, string>());
}
