using System.Globalization;
using System.Net;
using Connections.Invites.Contacts;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>What an inviter is told when there is no room for another invite.</summary>
/// <param name="Problem">Which limit.</param>
/// <param name="RetryAfter">When it can be tried again.</param>
public sealed record AllowanceUsedUp(AllowanceLimit Problem, TimeSpan RetryAfter);

/// <summary>The limits on inviting.</summary>
public enum AllowanceLimit
{
    /// <summary>Members invited today.</summary>
    PerDay,

    /// <summary>Invites waiting for an answer.</summary>
    Pending,
}

/// <summary>Keeps the limits on inviting under parallel calls: a place is taken by one conditional patch before the invite is written.</summary>
/// <remarks>
/// A place belongs to a pair and a UTC day, so a call that is repeated, or races itself, takes one place however often it runs.
/// The document stands in the member's partition of <c>contacts</c>, next to the rows that it counts. <c>pendingAtMost</c> only grows,
/// with every place taken; when it reaches the limit the pending rows are counted and it starts again from the truth, so that
/// nothing need be written when invites end. A place whose invite is then refused is given back: who is refused must not be able to
/// tell a member who blocks them from one who is not there by what it cost. One whose call dies on the way stays taken for the day.
/// </remarks>
public sealed class InviteAllowance(Database database, ContactStore contacts, InviteSettings settings, TimeProvider time)
{
    private const string DocumentId = "allowance";
    private const int MaxRaces = 50;

    /// <summary>How long a place may be taken before its invite shows in a count of rows.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>How soon to look again when too many invites are pending: answers come at any time.</summary>
    private static readonly TimeSpan PendingRetry = TimeSpan.FromHours(1);

    /// <summary>Takes today's place for a pair. One request unless the day is new or a limit is near.</summary>
    /// <returns>Null when there was room, or the pair has its place already; otherwise what is used up.</returns>
    public async Task<AllowanceUsedUp?> TakeAsync(MemberId inviter, string connectionId, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.Now();
            var day = Day(now);
            if (await TryPatchAsync(
                inviter,
                [PatchOperation.Increment("/count", 1), PatchOperation.Increment("/pendingAtMost", 1), PatchOperation.Set($"/pairs/{connectionId}", now)],
                $"c.day = '{day}' AND c.count < {settings.PerDay} AND c.pendingAtMost < {settings.PendingAtMost} AND NOT IS_DEFINED(c.pairs.{connectionId})",
                ct))
            {
                return null;
            }

            var read = await database.Contacts.FindAsync<Allowance>(DocumentId, inviter.Value, ct);
            if (read is null)
            {
                await TryWriteAsync(new Allowance(DocumentId, inviter, day, 0, 0, new Dictionary<string, DateTimeOffset>()), etag: null, ct);
                continue;
            }

            var used = read.Value;
            if (used.Day != day)
            {
                await TryWriteAsync(used with { Day = day, Count = 0, Pairs = new Dictionary<string, DateTimeOffset>() }, read.ETag, ct);
            }
            else if (used.Pairs.ContainsKey(connectionId))
            {
                return null;
            }
            else if (used.Count >= settings.PerDay)
            {
                return new AllowanceUsedUp(AllowanceLimit.PerDay, now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);
            }
            else if (used.PendingAtMost >= settings.PendingAtMost)
            {
                var pending = await contacts.CountPendingSentAsync(inviter, ct) + used.Pairs.Values.Count(taken => now - taken < InFlight);
                if (pending >= settings.PendingAtMost)
                {
                    return new AllowanceUsedUp(AllowanceLimit.Pending, PendingRetry);
                }

                await TryWriteAsync(used with { PendingAtMost = pending }, read.ETag, ct);
            }
        }

        throw new CosmosException("One member invites from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>Gives today's place of a pair back whose invite was refused; does nothing where there is none. One request.</summary>
    public Task GiveBackAsync(MemberId inviter, string connectionId, CancellationToken ct) => TryPatchAsync(
        inviter,
        [PatchOperation.Increment("/count", -1), PatchOperation.Increment("/pendingAtMost", -1), PatchOperation.Remove($"/pairs/{connectionId}")],
        $"c.day = '{Day(time.Now())}' AND c.count > 0 AND c.pendingAtMost > 0 AND IS_DEFINED(c.pairs.{connectionId})",
        ct);

    /// <summary>Whether an invite of this inviter's has used today's place of its pair.</summary>
    public bool IsUsed(Connection connection, MemberId inviter)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.WasInvited && connection.Inviter == inviter && Day(connection.InvitedAt) == Day(time.Now());
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<bool> TryPatchAsync(MemberId inviter, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        var (status, _) = await database.Contacts.TryPatchAsync<Allowance>(
            DocumentId, inviter.Value, operations, new PatchItemRequestOptions { EnableContentResponseOnWrite = false, FilterPredicate = $"FROM c WHERE {condition}" }, ct);
        return status == HttpStatusCode.OK;
    }

    /// <summary>Writes the document if nobody has since; when somebody has, the next round reads theirs.</summary>
    private async Task TryWriteAsync(Allowance allowance, string? etag, CancellationToken ct)
    {
        var partition = new PartitionKey(allowance.MemberId.Value);
        try
        {
            _ = etag is null
                ? await database.Contacts.CreateItemAsync(allowance, partition, cancellationToken: ct)
                : await database.Contacts.ReplaceItemAsync(allowance, DocumentId, partition, new ItemRequestOptions { IfMatchEtag = etag }, ct);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return;
        }
    }

    private sealed record Allowance(
        string Id, MemberId MemberId, string Day, int Count, int PendingAtMost, IReadOnlyDictionary<string, DateTimeOffset> Pairs);
}
