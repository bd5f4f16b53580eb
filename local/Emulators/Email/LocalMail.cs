using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Email;

/// <summary>An email that a client sends.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Html">The HTML part; may be empty.</param>
/// <param name="Text">The plain-text part; may be empty.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="ReplyTo">The address that replies go to; null for the sender's.</param>
public sealed record OutgoingMail(
    string To, string Subject, string Html, string Text, IReadOnlyDictionary<string, string> Headers, string? ReplyTo = null)
{
    /// <summary>The headers as a recipient gets them.</summary>
    internal IReadOnlyDictionary<string, string> AllHeaders =>
        ReplyTo is null ? Headers : new Dictionary<string, string>(Headers) { ["Reply-To"] = ReplyTo };
}

/// <summary>An email in the outbox.</summary>
/// <param name="Id">Its number, from 1, in the order of sending.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The plain-text part.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="OperationId">The id under which it was sent.</param>
/// <param name="SentAt">When it was first sent.</param>
public sealed record SentMail(
    string Id, string To, string Subject, string Html, string Text, IReadOnlyDictionary<string, string> Headers, Guid OperationId,
    DateTimeOffset SentAt);

/// <summary>An email service that delivers nothing: it keeps every email in an outbox for the developer to read.</summary>
/// <remarks>
/// As in Azure, an operation id stands for one email: sending again under the same id changes nothing and gives the same answer.
/// An email that was taken survives the end of the process. One to an address that begins with <see cref="BouncePrefix"/> bounces, which a
/// delivery report tells; no report tells of the others, as in Azure the event subscription asks only for those that did not arrive.
/// </remarks>
public sealed class LocalMail
{
    /// <summary>The beginning of the addresses whose emails bounce, such as <c>bounce+anna@example.com</c>.</summary>
    public const string BouncePrefix = "bounce+";

    /// <summary>The most emails that <see cref="ListAsync"/> returns.</summary>
    public const int MaxList = 200;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS mail (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            operation_id TEXT NOT NULL UNIQUE,
            recipient TEXT NOT NULL COLLATE NOCASE,
            subject TEXT NOT NULL,
            html TEXT NOT NULL,
            text TEXT NOT NULL,
            headers TEXT NOT NULL,
            sent_at TEXT NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS mail_by_recipient ON mail (recipient, id);
        """;

    private const string Columns = "SELECT id, recipient, subject, html, text, headers, operation_id, sent_at FROM mail ";

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private readonly DeliveryReports? _reports;

    /// <summary>Opens the outbox in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reports">Where delivery reports go; null for nowhere.</param>
    /// <exception cref="StorageOutage">The file cannot be written.</exception>
    public LocalMail(SqliteFile file, TimeProvider time, DeliveryReports? reports = null)
    {
        (_file, _time, _reports) = (file, time, reports);
        file.Script(Schema);
    }

    /// <summary>Takes an email, once per <paramref name="operationId"/>. Refuses a malformed address, as the service does.</summary>
    /// <returns>Null if the email is in the outbox; otherwise why it was refused.</returns>
    public async Task<string?> SendAsync(OutgoingMail mail, Guid operationId, CancellationToken ct)
    {
        if (!IsAddress(mail.To))
        {
            return "The recipient's address is not an email address.";
        }

        if (mail.ReplyTo is { } replyTo && !IsAddress(replyTo))
        {
            return "The address for replies is not an email address.";
        }

        var added = await _file.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO mail (operation_id, recipient, subject, html, text, headers, sent_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (operation_id) DO NOTHING
                """,
                operationId.ToString("D"),
                mail.To,
                mail.Subject,
                mail.Html,
                mail.Text,
                JsonSerializer.Serialize(mail.AllHeaders),
                _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
            ct);
        if (added > 0 && mail.To.StartsWith(BouncePrefix, StringComparison.OrdinalIgnoreCase))
        {
            await BounceAsync((await FindAsync(operationId, ct))!, DeliveryReports.Bounced, ct);
        }

        return null;
    }

    /// <summary>Reports that an email in the outbox did not arrive. Can be repeated; each time sends a report.</summary>
    /// <param name="status">One of <see cref="DeliveryReports.Statuses"/>.</param>
    /// <returns>False if reports go nowhere.</returns>
    public async Task<bool> BounceAsync(SentMail mail, string status, CancellationToken ct)
    {
        if (_reports is null)
        {
            return false;
        }

        await _reports.SendAsync(mail, status, ct);
        return true;
    }

    /// <summary>Emails, newest first.</summary>
    /// <param name="to">Only those to this address, in any case; all when null.</param>
    /// <param name="limit">How many at most, up to <see cref="MaxList"/>.</param>
    /// <param name="ct">Cancels the call.</param>
    public Task<IReadOnlyList<SentMail>> ListAsync(string? to, int limit, CancellationToken ct)
    {
        limit = Math.Clamp(limit, 1, MaxList);
        return to is null
            ? QueryAsync("ORDER BY id DESC LIMIT ?1", ct, limit)
            : QueryAsync("WHERE recipient = ?2 ORDER BY id DESC LIMIT ?1", ct, limit, to);
    }

    /// <summary>One email by its <see cref="SentMail.Id"/>; null when there is none.</summary>
    public async Task<SentMail?> FindAsync(string id, CancellationToken ct) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? (await QueryAsync("WHERE id = ?1", ct, number)).SingleOrDefault()
        : null;

    /// <summary>The email of an operation id; null if there is none.</summary>
    public async Task<SentMail?> FindAsync(Guid operationId, CancellationToken ct) =>
        (await QueryAsync("WHERE operation_id = ?1", ct, operationId.ToString("D"))).SingleOrDefault();

    /// <summary>How many emails there are.</summary>
    public long Count() => _file.Read(session => session.Number("SELECT count(*) FROM mail"))!.Value;

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var read) && read.Address == text;

    private static SentMail Read(SqliteStatement row) => new(
        row.Number(0).ToString(CultureInfo.InvariantCulture),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(5))!,
        Guid.Parse(row.Text(6)),
        DateTimeOffset.Parse(row.Text(7), CultureInfo.InvariantCulture));

    private Task<IReadOnlyList<SentMail>> QueryAsync(string rest, CancellationToken ct, params object[] values) =>
        ct.IsCancellationRequested
            ? Task.FromCanceled<IReadOnlyList<SentMail>>(ct)
            : Task.FromResult<IReadOnlyList<SentMail>>(_file.Read(session => session.Rows(Columns + rest, Read, values)));
}
