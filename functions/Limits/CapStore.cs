using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Limits;

/// <summary>Keeps caps under parallel calls: room for one more is taken by one conditional patch before it is written.</summary>
/// <remarks>
/// The counter stands in the member's partition of <c>contacts</c>, like those of <see cref="AllowanceStore"/>. It is not below the truth: it grows
/// before a document is written and shrinks after one is deleted. A call that dies in between leaves it too high; so when the cap is
/// reached, and no call has taken room for a minute that could still be writing, it starts again from a count of what is there.
/// </remarks>
public sealed class CapStore(Containers containers, TimeProvider time)
{
    // A lost race means that another call of this member has made the counter, corrected it or given room back.
    private const int MaxRaces = 50;

    /// <summary>Longer than any call that has taken room is still under way.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>Takes room for one more; false when there is none. One request, unless it is the member's first or the cap is reached.</summary>
    /// <param name="cap">Of what.</param>
    /// <param name="member">Whose.</param>
    /// <param name="count">Counts what the member has. Asked only when the counter is made or corrected.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<bool> TakeAsync(Cap cap, MemberId member, Func<CancellationToken, Task<int>> count, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(cap);
        ArgumentNullException.ThrowIfNull(count);
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.Now();
            switch (await PatchAsync(
                cap, member, [PatchOperation.Increment("/held", 1), PatchOperation.Set("/takenAt", now)], $"c.held < {cap.AtMost}", ct))
            {
                case HttpStatusCode.OK:
                    return true;
                case HttpStatusCode.NotFound:
                    // Members who had some before there were counters keep them, however many they are.
                    var first = await count(ct);
                    if (first >= cap.AtMost)
                    {
                        return false;
                    }

                    if (await containers.Contacts.TryCreateAsync(new Counter(IdOf(cap), member, first + 1, now, now), member.Value, ct))
                    {
                        return true;
                    }

                    continue;
            }

            if (await containers.Contacts.FindAsync<Counter>(IdOf(cap), member.Value, ct) is not { Value: var counter } read || counter.Held < cap.AtMost)
            {
                continue;
            }

            if (now - counter.TakenAt < InFlight || await count(ct) is var held && held >= cap.AtMost)
            {
                return false;
            }

            // When another call has written the counter since, the next round reads it.
            await containers.Contacts.TryReplaceAsync(counter with { Held = held, CorrectedAt = now }, counter.Id, member.Value, read.ETag, ct);
        }

        throw new CosmosException("One member takes room from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>Gives the room of one back: it was deleted, or was not written. One request.</summary>
    /// <param name="cap">Of what.</param>
    /// <param name="member">Whose.</param>
    /// <param name="since">When the deletion began. A count that was made after that has not counted what was deleted.</param>
    /// <param name="ct">Cancels the call.</param>
    public Task GiveBackAsync(Cap cap, MemberId member, DateTimeOffset since, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(cap);
        return PatchAsync(cap, member, [PatchOperation.Increment("/held", -1)], $"c.held > 0 AND c.correctedAt <= '{UtcTimeConverter.Text(since)}'", ct);
    }

    private static string IdOf(Cap cap) => "cap-" + cap.Name;

    private async Task<HttpStatusCode> PatchAsync(Cap cap, MemberId member, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct) =>
        (await containers.Contacts.TryPatchAsync<Counter>(
            IdOf(cap), member.Value, operations, new PatchItemRequestOptions { FilterPredicate = $"FROM c WHERE {condition}", EnableContentResponseOnWrite = false }, ct)).Status;

    private sealed record Counter(string Id, MemberId MemberId, int Held, DateTimeOffset TakenAt, DateTimeOffset CorrectedAt);
}
