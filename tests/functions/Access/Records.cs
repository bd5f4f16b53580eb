using System.Text.Json.Nodes;
using Connections.Chat;
using Connections.Creators.Facets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests.Functions.Access;

/// <summary>Everything that a host stores, queues, mails and sends to open clients. Reports what a call changed.</summary>
/// <remarks>
/// For a host with <see cref="Quiet"/>, where nothing but the calls happens. It reads the file of the host, where it costs next to nothing
/// to see that nothing was written. Documents are compared by content, because an allowance that was taken and given back is not a change.
/// </remarks>
internal sealed class Records : IDisposable
{
    // SharedAllowances counts messages in memory, and whichever call comes then writes down those of several calls before it.
    private const string NotedLater = "allowance-messages";

    private readonly SqliteConnection _file;
    private readonly Told _toldOf;
    private readonly Container[] _containers;
    private long _version;
    private long _told;
    private (long Queued, long Mailed) _counts;

    private Records(LocalHostFixture host)
    {
        _file = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(host.Folder, "connections.db"), Pooling = false }.ToString());
        _file.Open();
        _toldOf = host.Services.GetRequiredService<Told>();
        _containers = [.. Rows("SELECT number, settings FROM cosmos_containers", row =>
            new Container((string)JsonNode.Parse(row.GetString(1))!["id"]!, $"cosmos_{row.GetInt64(0)}"))];
        Changes();
    }

    /// <summary>Removes the triggers from a host, and counts its live events.</summary>
    public static void Quiet(IServiceCollection services)
    {
        services.RemoveAll<IHostedService>();
        var told = new Told();
        services.AddSingleton(told);
        services.Decorate<ILiveDelivery>(inner => new CountedDelivery(inner, told));
    }

    /// <summary>Starts to watch.</summary>
    public static Records Of(LocalHostFixture host) => new(host);

    /// <summary>Whether a change is the note that a moderator looked at a message.</summary>
    public static bool IsLook(string change) => change.StartsWith("audit/look.", StringComparison.Ordinal);

    /// <summary>The changes since the last call: documents by container and id, and everything else.</summary>
    public IReadOnlyList<string> Changes()
    {
        var changes = new List<string>();
        if (Interlocked.Exchange(ref _told, _toldOf.Count) != _toldOf.Count)
        {
            changes.Add("a live event was sent");
        }

        // SQLite counts the commits of other connections: if the count is unchanged, nothing was written.
        var version = Number("PRAGMA data_version");
        if (version == _version)
        {
            return changes;
        }

        _version = version;
        var counts = (Number("SELECT count(*) FROM queue_messages"), Number("SELECT count(*) FROM mail"));
        if (counts != _counts)
        {
            changes.Add($"queued and mailed: {_counts}, and now {counts}");
            _counts = counts;
        }

        changes.AddRange(_containers.SelectMany(Changes));
        return changes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A container numbers its changes; only the count shows deletions.
    private List<string> Changes(Container container)
    {
        var changed = new List<string>();
        foreach (var (lsn, item, id, text) in Rows(
            $"SELECT lsn, n, id, json(body) FROM {container.Table} WHERE lsn > {container.Last}",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3)))
                .ToList())
        {
            container.Last = Math.Max(container.Last, lsn);
            var said = Said(JsonNode.Parse(text)!.AsObject());
            if (said != container.Items.GetValueOrDefault(item).Said && id != NotedLater)
            {
                changed.Add($"{container.Name}/{id}");
            }

            container.Items[item] = (id, said);
        }

        if (Number($"SELECT count(*) FROM {container.Table}") != container.Items.Count)
        {
            var left = Rows($"SELECT n FROM {container.Table}", row => row.GetInt64(0)).ToHashSet();
            foreach (var item in container.Items.Keys.Where(item => !left.Contains(item)).ToList())
            {
                changed.Add($"{container.Name}/{container.Items[item].Id}, which is gone");
                container.Items.Remove(item);
            }
        }

        return changed;
    }

    /// <summary>The content of a document; null for empty counters, and for the shared count that the first caller refreshes.</summary>
    private static string? Said(JsonObject document)
    {
        foreach (var own in document.Where(field => field.Key[0] == '_').Select(field => field.Key).ToArray())
        {
            document.Remove(own);
        }

        if (document["id"]!.ToString() == FacetsDocument.OnlyId
            || (document["pairs"] is JsonObject { Count: 0 } && (int)document["count"]! == 0))
        {
            return null;
        }

        if (document["used"] is not JsonObject used)
        {
            return document.ToJsonString();
        }

        foreach (var none in used.Where(count => (int)count.Value! == 0).Select(count => count.Key).ToArray())
        {
            used.Remove(none);
        }

        return used.Count == 0 ? null : document.ToJsonString();
    }

    private long Number(string sql) => Rows(sql, row => row.GetInt64(0)).Single();

    private IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _file.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return read(rows);
        }
    }

    private sealed class Container(string name, string table)
    {
        public string Name => name;

        public string Table => table;

        public long Last { get; set; } = -1;

        public Dictionary<long, (string Id, string? Said)> Items { get; } = [];
    }

    private sealed class Told
    {
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public void One() => Interlocked.Increment(ref _count);
    }

    private sealed class CountedDelivery(ILiveDelivery inner, Told told) : ILiveDelivery
    {
        public Task SendAsync(MemberId to, string json, CancellationToken ct)
        {
            told.One();
            return inner.SendAsync(to, json, ct);
        }

        public Task<ClientAccess> GetClientAccessAsync(MemberId member, TimeSpan lifetime, CancellationToken ct) =>
            inner.GetClientAccessAsync(member, lifetime, ct);

        public Task CloseAsync(MemberId member, IReadOnlyCollection<string> except, CancellationToken ct) =>
            inner.CloseAsync(member, except, ct);

        public Task<bool> IsOnlineAsync(MemberId member, CancellationToken ct) => inner.IsOnlineAsync(member, ct);
    }
}
