using System.Globalization;
using System.Net;
using Connections.Cosmos;
using Connections.Invites.Contacts;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>The limits on inviting.</summary>
public enum AllowanceLimit
{
    /// <summary>Invites made today.</summary>
    PerDay,

    /// <summary>Invites waiting for an answer.</summary>
    Pending,
}

/// <summary>What came of asking for a place.</summary>
public abstract record InvitePlace
{
    private InvitePlace()
    {
    }

    /// <summary>This call took the place, and gives it back if the invite is not made.</summary>
    public sealed record Taken : InvitePlace;

    /// <summary>Another call that makes the same invite has taken its place.</summary>
    public sealed record Shared : InvitePlace;

    /// <summary>There is no room for another invite.</summary>
    /// <param name="Limit">Which limit.</param>
    /// <param name="RetryAfter">When it can be tried again.</param>
    /// <param name="Until">The moment at which there are places again; absent where answers make room at any time.</param>
    public sealed record UsedUp(AllowanceLimit Limit, TimeSpan RetryAfter, DateTimeOffset? Until) : InvitePlace;
}

/// <summary>Keeps the limits on inviting under parallel calls: a place is taken by one conditional patch before the invite is written.</summary>
/// <remarks>
/// A place belongs to one invite, by its pair and number, so every invite that owes an email takes one, also the second of a pair on one
/// day; and a call that is repeated, or races itself, takes one place however often it runs. The document stands in the member's
/// partition of <c>contacts</c>, next to the rows that it counts. <c>pendingAtMost</c> only grows, with every place taken; when it
/// reaches the limit the pending rows are counted and it starts again from the truth, so that nothing need be written when invites
/// end. A place whose invite another change prevented is given back. One whose call dies on the way stays taken for the day.
/// </remarks>
public sealed class InviteAllowance(Containers containers, ContactStore contacts, InviteSettings settings, TimeProvider time)
{
    private const string DocumentId = "allowance";
    private const int MaxRaces = 50;

    /// <summary>How long a place may be taken before its invite shows in a count of rows.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>How soon to look again when too many invites are pending: answers come at any time.</summary>
    private static readonly TimeSpan PendingRetry = TimeSpan.FromHours(1);

    /// <summary>Takes one of today's places for an invite. One request unless the day is new or a limit is near.</summary>
    /// <param name="inviter">Who invites.</param>
    /// <param name="connectionId">The pair.</param>
    /// <param name="inviteNumber">Which of the pair's invites it will be.</param>
    /// <param name="ct">Gives up; the place may be taken all the same.</param>
    public async Task<InvitePlace> TakeAsync(MemberId inviter, string connectionId, int inviteNumber, CancellationToken ct)
    {
        var name = NameOf(connectionId, inviteNumber);
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.Now();
            var day = Day(now);
            if (await TryPatchAsync(
                inviter,
                [PatchOperation.Increment("/count", 1), PatchOperation.Increment("/pendingAtMost", 1), PatchOperation.Set($"/pairs/{name}", now)],
                $"c.day = '{day}' AND c.count < {settings.PerDay} AND c.pendingAtMost < {settings.PendingAtMost} AND NOT IS_DEFINED(c.pairs.{name})",
                ct))
            {
                return new InvitePlace.Taken();
            }

            var read = await containers.Contacts.FindAsync<Allowance>(DocumentId, inviter.Value, ct);
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
            else if (used.Pairs.ContainsKey(name))
            {
                return new InvitePlace.Shared();
            }
            else if (used.Count >= settings.PerDay)
            {
                var tomorrow = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
                return new InvitePlace.UsedUp(AllowanceLimit.PerDay, tomorrow - now, tomorrow);
            }
            else if (used.PendingAtMost >= settings.PendingAtMost)
            {
                var pending = await contacts.CountPendingSentAsync(inviter, ct) + used.Pairs.Values.Count(taken => now - taken < InFlight);
                if (pending >= settings.PendingAtMost)
                {
                    return new InvitePlace.UsedUp(AllowanceLimit.Pending, PendingRetry, Until: null);
                }

                await TryWriteAsync(used with { PendingAtMost = pending }, read.ETag, ct);
            }
        }

        throw new CosmosException("One member invites from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>Gives a place of today's back whose invite was not made; does nothing where there is none. One request.</summary>
    public Task GiveBackAsync(MemberId inviter, string connectionId, int inviteNumber, CancellationToken ct)
    {
        var name = NameOf(connectionId, inviteNumber);
        return TryPatchAsync(
            inviter,
            [PatchOperation.Increment("/count", -1), PatchOperation.Increment("/pendingAtMost", -1), PatchOperation.Remove($"/pairs/{name}")],
            $"c.day = '{Day(time.Now())}' AND c.count > 0 AND c.pendingAtMost > 0 AND IS_DEFINED(c.pairs.{name})",
            ct);
    }

    /// <summary>Forgets whom a member invited today, and not how many: erasing a profile makes no room for more. One request.</summary>
    public Task ForgetPairsAsync(MemberId inviter, CancellationToken ct) => TryPatchAsync(
        inviter, [PatchOperation.Set("/pairs", new Dictionary<string, DateTimeOffset>())], "IS_DEFINED(c.pairs)", ct);

    // A property's name in a patch path, and in the text of a condition.
    private static string NameOf(string connectionId, int inviteNumber) => $"{connectionId}_{inviteNumber}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<bool> TryPatchAsync(MemberId inviter, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        var (status, _) = await containers.Contacts.TryPatchAsync<Allowance>(
            DocumentId, inviter.Value, operations, new PatchItemRequestOptions { EnableContentResponseOnWrite = false, FilterPredicate = $"FROM c WHERE {condition}" }, ct);
        return status == HttpStatusCode.OK;
    }

    /// <summary>Writes the document if nobody has since; when somebody has, the next round reads theirs.</summary>
    private Task<bool> TryWriteAsync(Allowance allowance, string? etag, CancellationToken ct) =>
        containers.Contacts.TryWriteAsync(allowance, DocumentId, allowance.MemberId.Value, etag, ct);

    private sealed record Allowance(
        string Id, MemberId MemberId, string Day, int Count, int PendingAtMost, IReadOnlyDictionary<string, DateTimeOffset> Pairs);
}
