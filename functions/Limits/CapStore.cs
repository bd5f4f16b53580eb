using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Limits;

/// <summary>How many of something each member may have at once.</summary>
/// <param name="Name">What is counted, as its document is named: lower-case letters.</param>
/// <param name="AtMost">How many.</param>
public sealed record Cap(string Name, int AtMost)
{
    /// <summary>How soon to try again. Only the member or people they wait for can make room, and they can at any time.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);
}

/// <summary>What became of a document that was to be written within a cap.</summary>
public enum CappedWrite
{
    /// <summary>It was written.</summary>
    Written,

    /// <summary>It was there already.</summary>
    Existed,

    /// <summary>The member has as many as they may have.</summary>
    NoRoom,
}

/// <summary>
/// Keeps caps under parallel calls: one conditional patch takes room for one more document before the document is written.
/// </summary>
/// <remarks>
/// The counter stands in the member's partition of <c>contacts</c>, like those of <see cref="AllowanceStore"/>. It is never below the
/// number of documents, because it grows before a document is written and shrinks after one is deleted. A call that dies in between leaves
/// it too high. So when it reaches the cap, and no call has taken room within the last minute, the documents are counted and it starts
/// again from there.
/// </remarks>
public sealed class CapStore(Containers containers, TimeProvider time)
{
    /// <summary>Longer than any call takes to write its document.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>Writes a document of a member within a cap. One request beside its own, two if it was there already.</summary>
    /// <param name="count">Counts the member's documents. Asked only when the counter is created or corrected.</param>
    /// <param name="write">Writes it; false when it was there already.</param>
    /// <param name="exists">Whether it is there. Asked only when there is no room.</param>
    public async Task<CappedWrite> WriteAsync(
        Cap cap,
        MemberId member,
        Func<CancellationToken, Task<int>> count,
        Func<CancellationToken, Task<bool>> write,
        Func<CancellationToken, Task<bool>> exists,
        CancellationToken ct)
    {
        if (!await AcquireAsync(cap, member, count, ct))
        {
            return await exists(ct) ? CappedWrite.Existed : CappedWrite.NoRoom;
        }

        if (await write(ct))
        {
            return CappedWrite.Written;
        }

        await ReleaseAsync(cap, member, time.Now(), ct);
        return CappedWrite.Existed;
    }

    /// <summary>Deletes a document of a member within a cap. One request beside its own, if it was there.</summary>
    /// <param name="delete">Deletes it; false when it was not there.</param>
    public async Task DeleteAsync(Cap cap, MemberId member, Func<CancellationToken, Task<bool>> delete, CancellationToken ct)
    {
        var began = time.Now();
        if (await delete(ct))
        {
            await ReleaseAsync(cap, member, began, ct);
        }
    }

    /// <summary>
    /// Takes room for one more document; false when there is none. One request, unless it is the member's first or the cap is reached.
    /// </summary>
    /// <param name="count">Counts the member's documents. Asked only when the counter is created or corrected.</param>
    public Task<bool> AcquireAsync(Cap cap, MemberId member, Func<CancellationToken, Task<int>> count, CancellationToken ct) =>
        OptimisticWrite.RunAsync<bool>(
            time,
            async _ =>
            {
                var now = time.Now();
                var status = await PatchAsync(
                    cap, member, [PatchOperation.Increment("/held", 1), PatchOperation.Set("/takenAt", now)], $"c.held < {cap.AtMost}", ct);
                return status switch
                {
                    HttpStatusCode.OK => true,
                    HttpStatusCode.NotFound => await AcquireFirstAsync(cap, member, count, now, ct),
                    _ => await CorrectAsync(cap, member, count, now, ct) ? new Superseded() : false,
                };
            },
            ct);

    private async Task<Attempt<bool>> AcquireFirstAsync(
        Cap cap, MemberId member, Func<CancellationToken, Task<int>> count, DateTimeOffset now, CancellationToken ct)
    {
        // Members who had documents before there were counters keep them, however many they are.
        var held = await count(ct);
        return held >= cap.AtMost ? false
            : await containers.Contacts.TryCreateAsync(new Counter(IdOf(cap), member, held + 1, now, now), member.Value, ct) ? true
            : new Superseded();
    }

    /// <summary>Corrects a counter that has reached the cap. False when the cap is really reached.</summary>
    private async Task<bool> CorrectAsync(
        Cap cap, MemberId member, Func<CancellationToken, Task<int>> count, DateTimeOffset now, CancellationToken ct)
    {
        var read = await containers.Contacts.FindAsync<Counter>(IdOf(cap), member.Value, ct);
        if (read is not { Value: var counter } || counter.Held < cap.AtMost)
        {
            return true;
        }

        if (now - counter.TakenAt < InFlight || await count(ct) is var held && held >= cap.AtMost)
        {
            return false;
        }

        // If another call has written the counter since, the next attempt reads that.
        await containers.Contacts.TryReplaceAsync(
            counter with { Held = held, CorrectedAt = now }, counter.Id, member.Value, read.ETag, ct);
        return true;
    }

    /// <summary>Releases the room of a document that was deleted, or not written. One request.</summary>
    /// <param name="since">When the deletion began. A correction after that no longer counts the document.</param>
    public Task ReleaseAsync(Cap cap, MemberId member, DateTimeOffset since, CancellationToken ct)
    {
        var condition = $"c.held > 0 AND c.correctedAt <= '{UtcTimeConverter.Text(since)}'";
        return PatchAsync(cap, member, [PatchOperation.Increment("/held", -1)], condition, ct);
    }

    private static string IdOf(Cap cap) => "cap-" + cap.Name;

    private async Task<HttpStatusCode> PatchAsync(
        Cap cap, MemberId member, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct) =>
        (await containers.Contacts.TryPatchAsync<Counter>(IdOf(cap), member.Value, operations, condition, ct)).Status;

    private sealed record Counter(string Id, MemberId MemberId, int Held, DateTimeOffset TakenAt, DateTimeOffset CorrectedAt);
}
