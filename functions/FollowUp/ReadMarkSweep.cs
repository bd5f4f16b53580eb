using System.Text.Json.Serialization;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.FollowUp;

/// <summary>Shows the other member a read mark whose call died after it had written the reader's row, and was never repeated.</summary>
/// <remarks>
/// Both rows of a pair come with the change feed, because a call writes both. So a mark that is shown costs no request. A row that comes
/// alone, because the other's is older or on a later page, is compared with the other's as it is stored.
/// </remarks>
public sealed class ReadMarkSweep(
    Containers containers, ConnectionStore connections, ContactStore contacts, LiveEvents live, ILogger<ReadMarkSweep> log)
{
    private readonly FeedSweep<Marks> _feed = new(containers.Contacts, containers.Leases, "read-mark-sweep", row => row.Id, log);

    /// <summary>Looks at the rows that have changed since the last run.</summary>
    /// <exception cref="AggregateException">Some pairs failed; all others are done.</exception>
    public Task RunAsync(CancellationToken ct) => _feed.RunAsync(_ => true, ShowAsync, ShowAsync, ct);

    /// <summary>Whether there are rows that no run has looked at, or that failed.</summary>
    public Task<bool> IsBehindAsync(CancellationToken ct) => _feed.IsBehindAsync(ct);

    private async Task ShowAsync(string connectionId, CancellationToken ct)
    {
        var connection = (await connections.FindAsync(connectionId, ct))!.Value;
        var rows = await Task.WhenAll(
            new[] { connection.Inviter, connection.Invitee }.Select(member => contacts.FindAsync(member, connectionId, ct)));
        await ShowAsync([.. rows.OfType<ContactRow>().Select(Marks.Of)], ct);
    }

    /// <summary>Compares the rows of one pair, of which one may be missing.</summary>
    private async Task ShowAsync(IReadOnlyCollection<Marks> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (row is not { OtherId: { } other, Read.Seq: var seq, IsSeen: true }
                || rows.Any(one => one.MemberId == other && one.OtherRead >= seq))
            {
                continue;
            }

            if (rows.Count > 1 || (await contacts.FindAsync(other, row.Id, ct))?.OtherRead is not { } shown || shown < seq)
            {
                // A row that does not exist yet is created by the connection's follow-up.
                StaleReadException.ThrowIf(!await contacts.ShowReadAsync(other, row.Id, seq, ct), "A contact row");
                await live.MessageReadAsync(row.MemberId, other, row.Id, seq, isSeen: true, ct);
            }
        }
    }

    /// <summary>The read marks of a row. A counter, which is in the same container, is of no pair.</summary>
    private sealed record Marks(
        string Id,
        MemberId MemberId,
        MemberId? OtherId,
        ReadMark? Read,
        long? OtherRead,
        Privacy? OwnPrivacy,
        Privacy? OtherPrivacy)
    {
        /// <summary>Whether neither hides their read marks. A hidden mark is shown when the row says that it is no longer.</summary>
        [JsonIgnore]
        public bool IsSeen => (OwnPrivacy ?? Privacy.Open).With(OtherPrivacy).ReadMarks;

        public static Marks Of(ContactRow row) =>
            new(row.Id, row.MemberId, row.OtherId, row.Read, row.OtherRead, row.OwnPrivacy, row.OtherPrivacy);
    }
}
