using System.Globalization;
using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Limits;

/// <summary>Keeps limits of so many a period under parallel calls: one conditional patch takes a permit before anything is done.</summary>
/// <remarks>
/// The counters stand in the member's partition of <c>contacts</c>: a document for each allowance, a property for each period. The first
/// permit of a period is taken by the same patch as every other. A permit that is not used can be released; if its call dies, it stays
/// taken until the period ends. So there are never more uses in a period than permits, whatever fails.
/// <para>
/// <c>openAtMost</c> is at least the number of open uses. It grows with every permit and does not shrink when a use ends, so that ending
/// one writes nothing here; when it reaches the limit, the open uses are counted and it starts again from there.
/// </para>
/// </remarks>
public sealed class AllowanceStore(Containers containers, TimeProvider time)
{
    // As many operations as Cosmos DB takes in one patch.
    private const int MaxRemoved = 10;

    // The clock of another instance may be in the period before or after.
    private const int KeptCounters = 3;

    /// <summary>How long after its permit a use may not be counted as open yet.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Asks for a permit. One request; two on the member's first use ever, and once every few periods, to remove old counters.
    /// </summary>
    /// <param name="ct">Cancels the requests; the permit may be taken all the same.</param>
    /// <param name="use">
    /// The use, for an allowance whose uses have keys: up to four requests for the first, and where there is no permit.
    /// </param>
    public Task<Permit> AcquireAsync(Allowance allowance, MemberId member, CancellationToken ct, KeyedUse? use = null) =>
        OptimisticWrite.RunAsync<Permit>(time, _ => TryAcquireAsync(time.Now(), allowance, member, use, ct), ct);

    /// <summary>
    /// Adds to what a member has used of a permit's period, without a limit. One request, as in <see cref="AcquireAsync"/>.
    /// </summary>
    /// <returns>How much is used now.</returns>
    public Task<int> AddAsync(Permit permit, int count, CancellationToken ct) => OptimisticWrite.RunAsync<int>(
        time,
        async _ =>
        {
            var (status, counters) = await PatchAsync(
                permit.Of, permit.Member, [PatchOperation.Increment($"/used/{permit.Counter}", count)], condition: null, ct);
            if (status == HttpStatusCode.OK)
            {
                await RemoveOldAsync(time.Now(), permit, counters!, ct);
                return counters!.Used[permit.Counter];
            }

            return await TryCreateFirstAsync(permit, count, ct) ? count : new Superseded();
        },
        ct);

    /// <summary>Releases a permit that was not used; does nothing for one that was not acquired. One request.</summary>
    public async Task ReleaseAsync(Permit permit, CancellationToken ct)
    {
        if (!permit.IsAcquired)
        {
            return;
        }

        List<PatchOperation> operations = [PatchOperation.Increment($"/used/{permit.Counter}", -1)];
        var condition = $"c.used.{permit.Counter} > 0";
        if (permit.Key is { } key)
        {
            operations.AddRange([PatchOperation.Increment("/openAtMost", -1), PatchOperation.Remove($"/keys/{key}")]);
            condition += $" AND c.openAtMost > 0 AND IS_DEFINED(c.keys.{key})";
        }

        await PatchAsync(permit.Of, permit.Member, operations, condition, ct);
    }

    /// <summary>Notes what became of a use of a member's, once however often it is called. Two requests; one where it is noted.</summary>
    /// <param name="keep">How many of the last uses are kept.</param>
    public Task NoteAsync(Allowance allowance, MemberId member, AnsweredUse answer, int keep, CancellationToken ct) =>
        OptimisticWrite.RunAsync<bool>(
            time,
            async _ =>
            {
                var read = await containers.Contacts.FindAsync<Counters>(IdOf(allowance), member.Value, ct);
                var now = time.Now();
                var counters = read?.Value ?? await FirstOfKeyedAsync(now, Permit.At(now, allowance, member, use: null), ct);
                var before = counters.Conduct ?? Conduct.None;
                var after = before.With(answer, keep);
                return ReferenceEquals(after, before) ? false
                    : await containers.Contacts.TryWriteAsync(
                        counters with { Conduct = after }, counters.Id, member.Value, read?.ETag, ct) ? true
                    : new Superseded();
            },
            ct);

    /// <summary>
    /// Forgets what a member's permits were for, but not how many there were and what became of them: erasing a profile makes no room for
    /// more. Three requests.
    /// </summary>
    public async Task ForgetKeysAsync(Allowance allowance, MemberId member, CancellationToken ct)
    {
        var none = new Dictionary<string, DateTimeOffset>();
        await containers.Contacts.ChangeAsync<Counters, bool>(
            IdOf(allowance),
            member.Value,
            current => current is { Keys.Count: > 0 } or { Conduct: not null }
                ? (true, current with { Keys = none, Conduct = current.Conduct?.WithoutKeys() })
                : (false, null),
            time,
            ct);
        await containers.Contacts.TryPatchAsync<EarlierInvites>(
            EarlierInvites.DocumentId, member.Value, [PatchOperation.Set("/pairs", none)], "IS_DEFINED(c.pairs)", ct);
    }

    private async Task<Attempt<Permit>> TryAcquireAsync(
        DateTimeOffset now, Allowance allowance, MemberId member, KeyedUse? use, CancellationToken ct)
    {
        var permit = Permit.At(now, allowance, member, use);
        List<PatchOperation> operations = [PatchOperation.Increment($"/used/{permit.Counter}", 1)];
        string Below(int limit) => $"(NOT IS_DEFINED(c.used.{permit.Counter}) OR c.used.{permit.Counter} < {limit})";
        var condition = use?.Limit?.Condition(Below) ?? Below(allowance.Limit);
        if (use is not null)
        {
            operations.AddRange([PatchOperation.Increment("/openAtMost", 1), PatchOperation.Set($"/keys/{permit.Key}", now)]);
            condition += $" AND c.openAtMost < {use.OpenAtMost} AND NOT IS_DEFINED(c.keys.{permit.Key})";
        }

        var (status, counters) = await PatchAsync(allowance, member, operations, condition, ct);
        switch (status)
        {
            case HttpStatusCode.OK:
                await RemoveOldAsync(now, permit, counters!, ct);
                return permit;
            case HttpStatusCode.PreconditionFailed:
                return use is null ? permit with { State = PermitState.UsedUp } : await WhyNotAsync(now, permit, use, ct);
        }

        if (use is null)
        {
            return await TryCreateFirstAsync(permit, 1, ct) ? permit : new Superseded();
        }

        await containers.Contacts.TryCreateAsync(await FirstOfKeyedAsync(now, permit, ct), member.Value, ct);
        return new Superseded();
    }

    /// <summary>Why the patch took no permit; superseded where the next attempt may.</summary>
    private async Task<Attempt<Permit>> WhyNotAsync(DateTimeOffset now, Permit permit, KeyedUse use, CancellationToken ct)
    {
        if (await containers.Contacts.FindAsync<Counters>(IdOf(permit.Of), permit.Member.Value, ct) is not { Value: var counters } read)
        {
            return new Superseded();
        }

        var keys = counters.Keys ?? [];
        if (keys.ContainsKey(permit.Key!))
        {
            return permit with { State = PermitState.Shared };
        }

        var conduct = counters.Conduct ?? Conduct.None;
        if (counters.Used.GetValueOrDefault(permit.Counter) >= (use.Limit?.For(conduct) ?? permit.Of.Limit))
        {
            return permit with { State = PermitState.UsedUp, Conduct = conduct };
        }

        if (counters.OpenAtMost >= use.OpenAtMost)
        {
            var open = await use.CountOpen(ct) + keys.Values.Count(taken => now - taken < InFlight);
            if (open >= use.OpenAtMost)
            {
                return permit with { State = PermitState.TooManyOpen, Until = null, RetryAfter = Cap.RetryAfter };
            }

            // When another call has written the document since, the next attempt reads it.
            await containers.Contacts.TryReplaceAsync(counters with { OpenAtMost = open }, counters.Id, permit.Member.Value, read.ETag, ct);
        }

        return new Superseded();
    }

    private async Task RemoveOldAsync(DateTimeOffset now, Permit permit, Counters counters, CancellationToken ct)
    {
        string[] old =
        [
            .. counters.Used.Keys
                .OrderByDescending(name => long.Parse(name.AsSpan(1), CultureInfo.InvariantCulture))
                .Skip(KeptCounters)
                .Select(name => $"used/{name}"),
            .. (counters.Keys ?? []).Where(key => now - key.Value > permit.Of.Period).Select(key => $"keys/{key.Key}"),
        ];
        if (old.Length >= MaxRemoved)
        {
            old = old[..MaxRemoved];
            // When the condition does not hold, another call has removed them.
            await PatchAsync(
                permit.Of,
                permit.Member,
                [.. old.Select(path => PatchOperation.Remove("/" + path))],
                string.Join(" AND ", old.Select(path => $"IS_DEFINED(c.{path.Replace('/', '.')})")),
                ct);
        }
    }

    /// <summary>
    /// Creates a member's counters, once in their life; false when another call of theirs was faster. For an allowance without keys.
    /// </summary>
    private Task<bool> TryCreateFirstAsync(Permit permit, int used, CancellationToken ct) => containers.Contacts.TryCreateAsync(
        new Counters(IdOf(permit.Of), permit.Member, new Dictionary<string, int> { [permit.Counter] = used }), permit.Member.Value, ct);

    /// <summary>
    /// The first counters of an allowance with keys. They continue <see cref="EarlierInvites"/>, if there is such a document.
    /// </summary>
    private async Task<Counters> FirstOfKeyedAsync(DateTimeOffset now, Permit permit, CancellationToken ct)
    {
        var earlier = (await containers.Contacts.FindAsync<EarlierInvites>(EarlierInvites.DocumentId, permit.Member.Value, ct))?.Value;
        var isToday = earlier?.Day == now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Counters(
            IdOf(permit.Of),
            permit.Member,
            isToday ? new Dictionary<string, int> { [permit.Counter] = earlier!.Count } : [],
            isToday ? earlier!.Pairs.ToDictionary(pair => $"{permit.Counter}_{pair.Key}", pair => pair.Value) : [],
            earlier?.PendingAtMost ?? 0);
    }

    private Task<(HttpStatusCode Status, Counters? Counters)> PatchAsync(
        Allowance allowance, MemberId member, IReadOnlyList<PatchOperation> operations, string? condition, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<Counters>(IdOf(allowance), member.Value, operations, condition, ct, answers: true);

    private static string IdOf(Allowance allowance) => "allowance-" + allowance.Name;

    /// <summary>The document of an allowance.</summary>
    /// <param name="Id">Named after the allowance.</param>
    /// <param name="MemberId">The partition key.</param>
    /// <param name="Used">The permits taken, by period.</param>
    /// <param name="Keys">When the permit of a use was taken; absent where uses have no keys.</param>
    /// <param name="OpenAtMost">No fewer than the open uses; absent where uses have no keys.</param>
    /// <param name="Conduct">What became of earlier uses; absent where that is not noted, or nothing was answered yet.</param>
    private sealed record Counters(
        string Id,
        MemberId MemberId,
        Dictionary<string, int> Used,
        Dictionary<string, DateTimeOffset>? Keys = null,
        int? OpenAtMost = null,
        Conduct? Conduct = null);

    /// <summary>The document that counted a member's invites before they had an allowance.</summary>
    private sealed record EarlierInvites(string Day, int Count, int PendingAtMost, Dictionary<string, DateTimeOffset> Pairs)
    {
        public const string DocumentId = "allowance";
    }
}
