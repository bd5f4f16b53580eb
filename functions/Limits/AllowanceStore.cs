using System.Globalization;
using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Limits;

/// <summary>Keeps limits of so many a period under parallel calls: a place is taken by one conditional patch before anything is done.</summary>
/// <remarks>
/// The counters stand in the member's partition of <c>contacts</c>, one document an allowance, one property a period: the first
/// place of a period is made by the same patch as every other. A place that is not used can be given back; one whose call
/// died on the way stays taken until the period ends. So there are never more uses in a period than places, whatever fails.
/// </remarks>
public sealed class AllowanceStore(Containers containers, TimeProvider time)
{
    // A lost race means that another call of this member made the document, once in its life.
    private const int MaxRaces = 5;

    // Fewer than Cosmos DB takes operations in one patch, so that what is over is removed by one.
    private const int MaxCounters = 10;

    // A second instance's clock may be in the period before or after.
    private const int KeptCounters = 3;

    /// <summary>Takes a place. One request; two on the member's first use ever, and once every few periods, to remove old counters.</summary>
    public async Task<Place> TakeAsync(Allowance allowance, MemberId member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(allowance);
        var now = time.Now();
        var period = (long)allowance.Period.TotalMilliseconds;
        var until = DateTimeOffset.FromUnixTimeMilliseconds(((now.ToUnixTimeMilliseconds() / period) + 1) * period);
        var place = new Place(allowance, member, true, until, until - now);
        for (var race = 0; race < MaxRaces; race++)
        {
            var (status, used) = await PatchAsync(
                place,
                [PatchOperation.Increment($"/used/{place.Counter}", 1)],
                $"FROM c WHERE NOT IS_DEFINED(c.used.{place.Counter}) OR c.used.{place.Counter} < {allowance.Places}",
                ct);
            if (status == HttpStatusCode.OK)
            {
                await RemoveOldAsync(place, used!, ct);
                return place;
            }

            if (status == HttpStatusCode.PreconditionFailed)
            {
                return place with { IsTaken = false };
            }

            if (await TryCreateAsync(place, ct))
            {
                return place;
            }
        }

        throw new InvalidOperationException($"The counters of {allowance.Name} are neither there nor absent.");
    }

    /// <summary>Gives a place back that was not used; does nothing with one that was not taken. One request.</summary>
    public async Task GiveBackAsync(Place place, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.IsTaken)
        {
            await PatchAsync(place, [PatchOperation.Increment($"/used/{place.Counter}", -1)], $"FROM c WHERE c.used.{place.Counter} > 0", ct);
        }
    }

    private async Task RemoveOldAsync(Place place, Counters counters, CancellationToken ct)
    {
        if (counters.Used.Count < MaxCounters)
        {
            return;
        }

        // When it is refused, another call has removed them.
        var old = counters.Used.Keys.OrderBy(name => long.Parse(name.AsSpan(1), CultureInfo.InvariantCulture)).Take(counters.Used.Count - KeptCounters).Take(MaxCounters).ToList();
        await PatchAsync(
            place, [.. old.Select(name => PatchOperation.Remove($"/used/{name}"))], $"FROM c WHERE {string.Join(" AND ", old.Select(name => $"IS_DEFINED(c.used.{name})"))}", ct);
    }

    private Task<bool> TryCreateAsync(Place place, CancellationToken ct) => containers.Contacts.TryCreateAsync(
        new Counters(IdOf(place.Of), place.Member, new Dictionary<string, int> { [place.Counter] = 1 }), place.Member.Value, ct);

    private Task<(HttpStatusCode Status, Counters? Counters)> PatchAsync(
        Place place, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<Counters>(
            IdOf(place.Of),
            place.Member.Value,
            operations,
            new PatchItemRequestOptions { FilterPredicate = condition, EnableContentResponseOnWrite = true },
            ct);

    private static string IdOf(Allowance allowance) => "allowance-" + allowance.Name;

    private sealed record Counters(string Id, MemberId MemberId, IReadOnlyDictionary<string, int> Used);
}
