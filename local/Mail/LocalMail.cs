using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Connections.Notices;

namespace Connections.Local.Mail;

/// <summary>An email in the outbox.</summary>
/// <param name="Id">Its number, from 1, in the order of sending.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The plain-text part.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="OperationId">What it was handed over under.</param>
/// <param name="SentAt">When it was handed over first.</param>
public sealed record SentMail(
    string Id, string To, string Subject, string Html, string Text, IReadOnlyDictionary<string, string> Headers, Guid OperationId, DateTimeOffset SentAt);

/// <summary>The email service of one machine: it delivers nothing, and keeps what it was given where a developer can look.</summary>
/// <remarks>
/// As with the real service, an operation id stands for one email: handing over again under the same id changes nothing and
/// answers the same. An email that was handed over survives the process being killed.
/// </remarks>
public sealed class LocalMail : IMailer, IDisposable
{
    /// <summary>The most emails that one call of <see cref="ListAsync"/> gives.</summary>
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

    private LocalMail(SqliteFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>Opens the outbox in a SQLite file, which others may have open too; makes what is missing.</summary>
    public static LocalMail Open(string sqliteFile, TimeProvider time) => new(SqliteFile.Open(sqliteFile, Schema), time);

    /// <inheritdoc/>
    /// <remarks>An address that is none is refused, as the real service refuses it.</remarks>
    public async Task<MailOutcome> SendAsync(Connections.Notices.Mail mail, Guid operationId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!MailAddress.TryCreate(mail.To, out var address) || address.Address != mail.To)
        {
            return new MailOutcome.Refused("The recipient's address is not an email address.");
        }

        await _file.InTransactionAsync(
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
                JsonSerializer.Serialize(mail.Headers, Json.Options),
                UtcTimeConverter.Text(_time.GetUtcNow())),
            ct);
        return new MailOutcome.HandedOver();
    }

    /// <summary>Emails, newest first.</summary>
    /// <param name="to">Only those to this address, in any case; all when null.</param>
    /// <param name="limit">How many at most, up to <see cref="MaxList"/>.</param>
    /// <param name="ct">Stops waiting for one's turn.</param>
    public Task<IReadOnlyList<SentMail>> ListAsync(string? to, int limit, CancellationToken ct)
    {
        limit = Math.Clamp(limit, 1, MaxList);
        return to is null ? QueryAsync("ORDER BY id DESC LIMIT ?1", ct, limit) : QueryAsync("WHERE recipient = ?2 ORDER BY id DESC LIMIT ?1", ct, limit, to);
    }

    /// <summary>One email by its <see cref="SentMail.Id"/>; null when there is none.</summary>
    public async Task<SentMail?> FindAsync(string id, CancellationToken ct) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (await QueryAsync("WHERE id = ?1", ct, number)).SingleOrDefault() : null;

    /// <summary>The email that was handed over under this operation id; null when none was.</summary>
    public async Task<SentMail?> FindAsync(Guid operationId, CancellationToken ct) => (await QueryAsync("WHERE operation_id = ?1", ct, operationId.ToString("D"))).SingleOrDefault();

    /// <summary>How many emails there are.</summary>
    public Task<long> CountAsync(CancellationToken ct) => _file.InTransactionAsync(session => session.Rows("SELECT COUNT(*) FROM mail", row => row.Long(0))[0], ct);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SentMail Read(SqliteStatement row) => new(
        row.Long(0).ToString(CultureInfo.InvariantCulture),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(5), Json.Options)!,
        Guid.Parse(row.Text(6)),
        DateTimeOffset.Parse(row.Text(7), CultureInfo.InvariantCulture));

    private Task<IReadOnlyList<SentMail>> QueryAsync(string rest, CancellationToken ct, params object[] values) =>
        _file.InTransactionAsync<IReadOnlyList<SentMail>>(session => session.Rows(Columns + rest, Read, values), ct);
}
