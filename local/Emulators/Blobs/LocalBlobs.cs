using System.Security.Cryptography;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Blobs;

/// <summary>Block blobs on one machine: their contents in files of a folder, and the rest in a SQLite file.</summary>
/// <remarks>
/// Contents go from the request to the disk and from the disk to the answer, and are never in memory as a whole. A file is written before
/// the row that names it, and deleted after that row, so a process that dies leaves a file too many, which the next start deletes. One
/// process at a time may open a folder.
/// </remarks>
public sealed class LocalBlobs
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS blob_containers(name TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS blobs(
            container TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            size INTEGER NOT NULL,
            etag TEXT NOT NULL,
            md5 TEXT,
            properties TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            scan_owed INTEGER NOT NULL,
            PRIMARY KEY(container, name)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS blobs_by_scan ON blobs(container, name) WHERE scan_owed = 1;
        CREATE TABLE IF NOT EXISTS blob_blocks(
            container TEXT NOT NULL,
            name TEXT NOT NULL,
            block TEXT NOT NULL,
            file TEXT NOT NULL,
            size INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY(container, name, block)) WITHOUT ROWID;
        """;

    private const string Columns = "container, name, file, size, etag, md5, properties, created_at, changed_at";

    // The service's own.
    private static readonly TimeSpan KeepBlocks = TimeSpan.FromDays(7);

    private readonly SqliteFile _file;
    private readonly BlobContents _contents;
    private readonly TimeProvider _time;
    private readonly IReadOnlySet<string> _scanned;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalBlobs(SqliteFile file, BlobContents contents, TimeProvider time, IReadOnlySet<string> scanned) =>
        (_file, _contents, _time, _scanned) = (file, contents, time, scanned);

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the blobs, and deletes the files that a process has left which died.</summary>
    /// <param name="file">The SQLite file.</param>
    /// <param name="folder">The folder of the contents. It is created if it is missing, for its owner alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scanned">The containers whose new blobs are scanned for malware.</param>
    /// <exception cref="StorageOutage">The SQLite file cannot be written.</exception>
    public static LocalBlobs Open(SqliteFile file, string folder, TimeProvider time, params IEnumerable<string> scanned)
    {
        file.Script(Schema);
        PrivateFile.CreateFolder(folder);
        var contents = new BlobContents(folder);
        contents.DeleteAllBut(
            file.Read(session => session.Rows("SELECT file FROM blobs UNION SELECT file FROM blob_blocks", row => row.Text(0)))
                .ToHashSet(StringComparer.Ordinal));
        return new LocalBlobs(file, contents, time, scanned.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Creates a container. False if there is one of that name.</summary>
    public Task<bool> CreateContainerAsync(string name, CancellationToken ct) =>
        _file.WriteAsync(
            session => session.Execute("INSERT OR IGNORE INTO blob_containers VALUES(?1, ?2)", name, Now) == 1, ct);

    /// <summary>When a container was created; null if there is none.</summary>
    internal DateTimeOffset? FindContainer(string name) =>
        _file.Read(session => session.Number("SELECT created_at FROM blob_containers WHERE name = ?1", name)) is { } at ? Time(at) : null;

    /// <summary>A blob; null if there is none.</summary>
    internal StoredBlob? Find(string container, string name) => _file.Read(session => Find(session, container, name));

    /// <summary>Up to <paramref name="most"/> blobs of a container, in the order of their names.</summary>
    internal BlobPage List(string container, string prefix, string? after, int most)
    {
        var blobs = _file.Read(session => session.Rows(
            $"""
            SELECT {Columns} FROM blobs
            WHERE container = ?1 AND name >= ?2 AND name > ?3 AND substr(name, 1, length(?2)) = ?2 ORDER BY name LIMIT ?4
            """,
            Blob,
            container,
            prefix,
            after ?? "",
            most + 1));
        return blobs.Count > most ? new BlobPage(blobs[..most], blobs[most - 1].Name) : new BlobPage(blobs, null);
    }

    /// <inheritdoc cref="BlobContents.ReceiveAsync"/>
    internal Task<ReceivedContent> ReceiveAsync(Stream body, long length, CancellationToken ct) =>
        _contents.ReceiveAsync(body, length, ct);

    /// <summary>Deletes content that became no blob's.</summary>
    internal void Discard(ReceivedContent content) => _contents.Delete(content.File);

    /// <summary>Opens the content of a blob; null if it was replaced or deleted since.</summary>
    internal FileStream? TryOpen(StoredBlob blob) => _contents.TryOpen(blob.File);

    /// <summary>Makes content a blob, in the place of one that is there.</summary>
    /// <param name="check">Throws if the blob that is there, or that there is none, forbids it.</param>
    /// <exception cref="BlobRefusal">There is no such container, or <paramref name="check"/> refuses. The content is discarded.</exception>
    internal Task<StoredBlob> PutAsync(
        string container, string name, ReceivedContent content, BlobProperties properties, Action<StoredBlob?> check,
        CancellationToken ct) =>
        ReplaceAsync(container, name, content, content.Md5, properties, check, ct);

    /// <summary>Keeps content as a block of a blob that is yet to be put together.</summary>
    internal async Task StageAsync(string container, string name, string block, ReceivedContent content, CancellationToken ct)
    {
        string? replaced = null;
        try
        {
            await _file.WriteAsync(
                session =>
                {
                    CheckContainer(session, container);
                    replaced = session.Rows(
                        "SELECT file FROM blob_blocks WHERE container = ?1 AND name = ?2 AND block = ?3", row => row.Text(0), container,
                        name, block).FirstOrDefault();
                    return session.Execute(
                        "INSERT OR REPLACE INTO blob_blocks VALUES(?1, ?2, ?3, ?4, ?5, ?6)", container, name, block, content.File,
                        content.Size, Now);
                },
                ct);
        }
        catch
        {
            Discard(content);
            throw;
        }

        _contents.Delete(replaced);
    }

    /// <summary>Puts a blob together from its blocks, in this order.</summary>
    /// <exception cref="BlobRefusal">A block is missing, there is no such container, or <paramref name="check"/> refuses.</exception>
    internal async Task<StoredBlob> CommitAsync(
        string container, string name, IReadOnlyList<string> blocks, BlobProperties properties, Action<StoredBlob?> check,
        CancellationToken ct)
    {
        var staged = _file.Read(session => session.Rows(
            "SELECT block, file FROM blob_blocks WHERE container = ?1 AND name = ?2", row => (Block: row.Text(0), File: row.Text(1)),
            container, name)).ToDictionary(row => row.Block, row => row.File, StringComparer.Ordinal);
        if (!blocks.All(staged.ContainsKey))
        {
            throw new BlobRefusal(400, "InvalidBlockList", "The specified block list is invalid.");
        }

        var content = await _contents.JoinAsync(blocks.Select(block => staged[block]), ct);
        return await ReplaceAsync(container, name, content, md5: null, properties, check, ct);
    }

    /// <summary>Deletes a blob. False if there is none.</summary>
    /// <param name="check">Throws if the blob that is there forbids it.</param>
    internal async Task<bool> DeleteAsync(string container, string name, Action<StoredBlob> check, CancellationToken ct)
    {
        var deleted = await _file.WriteAsync(
            session =>
            {
                CheckContainer(session, container);
                if (Find(session, container, name) is not { } blob)
                {
                    return null;
                }

                check(blob);
                session.Execute("DELETE FROM blobs WHERE container = ?1 AND name = ?2", container, name);
                return blob;
            },
            ct);
        _contents.Delete(deleted?.File);
        return deleted is not null;
    }

    /// <summary>Deletes the blobs of a container that nobody has written for some time, and blocks that became no blob in a week.</summary>
    /// <returns>How many blobs.</returns>
    public async Task<int> DeleteOlderAsync(string container, TimeSpan age, CancellationToken ct)
    {
        var (blobs, blocks) = await _file.WriteAsync(
            session => (
                session.Rows(
                    "DELETE FROM blobs WHERE container = ?1 AND changed_at < ?2 RETURNING file", row => row.Text(0), container,
                    Now - (long)age.TotalMilliseconds),
                session.Rows(
                    "DELETE FROM blob_blocks WHERE created_at < ?1 RETURNING file", row => row.Text(0),
                    Now - (long)KeepBlocks.TotalMilliseconds)),
            ct);
        blobs.ForEach(_contents.Delete);
        blocks.ForEach(_contents.Delete);
        return blobs.Count;
    }

    /// <summary>The blobs that are still to be scanned.</summary>
    internal IReadOnlyList<StoredBlob> Unscanned() =>
        _file.Read(session => session.Rows($"SELECT {Columns} FROM blobs WHERE scan_owed = 1 LIMIT 100", Blob));

    /// <summary>Notes that a version of a blob was scanned, and that its result is in the queue.</summary>
    internal Task MarkScannedAsync(StoredBlob blob, CancellationToken ct) =>
        _file.WriteAsync(
            session => session.Execute(
                "UPDATE blobs SET scan_owed = 0 WHERE container = ?1 AND name = ?2 AND etag = ?3", blob.Container, blob.Name, blob.ETag),
            ct);

    /// <summary>Completes when this process next writes a blob that is to be scanned. Ask for it before <see cref="Unscanned"/>.</summary>
    internal Task ArrivalAsync() => Volatile.Read(ref _arrival).Task;

    private async Task<StoredBlob> ReplaceAsync(
        string container, string name, ReceivedContent content, string? md5, BlobProperties properties, Action<StoredBlob?> check,
        CancellationToken ct)
    {
        StoredBlob? before = null;
        List<string> blocks = [];
        StoredBlob blob;
        try
        {
            blob = await _file.WriteAsync(
                session =>
                {
                    CheckContainer(session, container);
                    before = Find(session, container, name);
                    check(before);
                    var now = Time(Now);
                    var made = new StoredBlob(
                        container, name, content.File, content.Size, NewETag(), md5, properties, before?.CreatedAt ?? now, now);
                    Insert(session, made);
                    // As in the service, blocks that are not part of it are dropped.
                    blocks = session.Rows(
                        "DELETE FROM blob_blocks WHERE container = ?1 AND name = ?2 RETURNING file", row => row.Text(0), container, name);
                    return made;
                },
                ct);
        }
        catch
        {
            Discard(content);
            throw;
        }

        _contents.Delete(before?.File);
        blocks.ForEach(_contents.Delete);
        if (_scanned.Contains(container))
        {
            Interlocked.Exchange(ref _arrival, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        return blob;
    }

    private void Insert(SqliteSession session, StoredBlob blob) => session.Execute(
        $"INSERT OR REPLACE INTO blobs({Columns}, scan_owed) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        blob.Container,
        blob.Name,
        blob.File,
        blob.Size,
        blob.ETag,
        (object?)blob.Md5 ?? DBNull.Value,
        JsonSerializer.Serialize(blob.Properties),
        blob.CreatedAt.ToUnixTimeMilliseconds(),
        blob.ChangedAt.ToUnixTimeMilliseconds(),
        _scanned.Contains(blob.Container) ? 1 : 0);

    private static StoredBlob? Find(SqliteSession session, string container, string name) =>
        session.Rows($"SELECT {Columns} FROM blobs WHERE container = ?1 AND name = ?2", Blob, container, name).FirstOrDefault();

    private static StoredBlob Blob(SqliteStatement row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.Number(3),
        row.Text(4),
        row.IsNull(5) ? null : row.Text(5),
        JsonSerializer.Deserialize<BlobProperties>(row.Text(6))!,
        Time(row.Number(7)),
        Time(row.Number(8)));

    private static void CheckContainer(SqliteSession session, string container)
    {
        if (session.Number("SELECT 1 FROM blob_containers WHERE name = ?1", container) is null)
        {
            throw BlobRefusal.NoContainer();
        }
    }

    private static string NewETag() => "0x8D" + Convert.ToHexString(RandomNumberGenerator.GetBytes(7));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
