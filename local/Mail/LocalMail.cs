using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Connections.Email;
using Microsoft.Data.Sqlite;

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

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn;

    private LocalMail(SqliteConnection connection, SemaphoreSlim turn, TimeProvider time)
    {
        _turn = turn;
        _connection = connection;
        _time = time;
    }

    /// <summary>Opens the outbox in a SQLite file, which others may have open too; makes what is missing.</summary>
    public static LocalMail Open(string sqliteFile, TimeProvider time)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = sqliteFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000;" + SharedFile.Setup + Schema;
        command.ExecuteNonQuery();
        return new LocalMail(connection, SharedFile.Turn(sqliteFile), time);
    }

    /// <inheritdoc/>
    /// <remarks>An address that is none is refused, as the real service refuses it.</remarks>
    public async Task<MailOutcome> SendAsync(Connections.Email.Mail mail, Guid operationId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!MailAddress.TryCreate(mail.To, out var address) || address.Address != mail.To)
        {
            return new MailOutcome.Refused("The recipient's address is not an email address.");
        }

        await _turn.WaitAsync(ct);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                """
                INSERT INTO mail (operation_id, recipient, subject, html, text, headers, sent_at)
                VALUES ($operation, $to, $subject, $html, $text, $headers, $at) ON CONFLICT (operation_id) DO NOTHING
                """;
            command.Parameters.AddWithValue("$operation", operationId.ToString("D"));
            command.Parameters.AddWithValue("$to", mail.To);
            command.Parameters.AddWithValue("$subject", mail.Subject);
            command.Parameters.AddWithValue("$html", mail.Html);
            command.Parameters.AddWithValue("$text", mail.Text);
            command.Parameters.AddWithValue("$headers", JsonSerializer.Serialize(mail.Headers, Json.Options));
            command.Parameters.AddWithValue("$at", UtcTimeConverter.Text(_time.GetUtcNow()));
            command.ExecuteNonQuery();
            return new MailOutcome.HandedOver();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Emails, newest first.</summary>
    /// <param name="to">Only those to this address, in any case; all when null.</param>
    /// <param name="limit">How many at most, up to <see cref="MaxList"/>.</param>
    /// <param name="ct">Stops waiting for one's turn.</param>
    public Task<IReadOnlyList<SentMail>> ListAsync(string? to, int limit, CancellationToken ct) =>
        QueryAsync(
            to is null ? "ORDER BY id DESC LIMIT $limit" : "WHERE recipient = $to ORDER BY id DESC LIMIT $limit",
            command =>
            {
                command.Parameters.AddWithValue("$limit", Math.Clamp(limit, 1, MaxList));
                if (to is not null)
                {
                    command.Parameters.AddWithValue("$to", to);
                }
            },
            ct);

    /// <summary>One email by its <see cref="SentMail.Id"/>; null when there is none.</summary>
    public async Task<SentMail?> FindAsync(string id, CancellationToken ct) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (await QueryAsync("WHERE id = $id", command => command.Parameters.AddWithValue("$id", number), ct)).SingleOrDefault()
            : null;

    /// <summary>The email that was handed over under this operation id; null when none was.</summary>
    public async Task<SentMail?> FindAsync(Guid operationId, CancellationToken ct) =>
        (await QueryAsync("WHERE operation_id = $id", command => command.Parameters.AddWithValue("$id", operationId.ToString("D")), ct)).SingleOrDefault();

    /// <summary>How many emails there are.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM mail";
            return (long)command.ExecuteScalar()!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private async Task<IReadOnlyList<SentMail>> QueryAsync(string rest, Action<SqliteCommand> bind, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT id, recipient, subject, html, text, headers, operation_id, sent_at FROM mail " + rest;
            bind(command);
            using var reader = command.ExecuteReader();
            var mails = new List<SentMail>();
            while (reader.Read())
            {
                mails.Add(new SentMail(
                    reader.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetString(4),
                    JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(5), Json.Options)!,
                    Guid.Parse(reader.GetString(6)),
                    DateTimeOffset.Parse(reader.GetString(7), CultureInfo.InvariantCulture)));
            }

            return mails;
        }
        finally
        {
            _turn.Release();
        }
    }
}
