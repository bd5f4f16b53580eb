using System.Net;
using Connections.Cosmos;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Members;

/// <summary>Reads and writes members' documents.</summary>
public sealed class MemberStore(Containers containers, TimeProvider time)
{
    // Every try to send the email adds a hash. The email that arrives holds the key of one of the latest tries.
    private const int MaxLinks = 10;

    /// <summary>Finds a member; null if there is none with this id. One request.</summary>
    public Task<Document<Member>?> FindAsync(MemberId id, CancellationToken ct) =>
        containers.Members.FindAsync<Member>(id.Value, id.Value, ct);

    /// <summary>Finds members by id; missing ones are left out. One request, or a parallel request each for one or two members.</summary>
    public async Task<IReadOnlyDictionary<MemberId, Member>> FindManyAsync(IEnumerable<MemberId> ids, CancellationToken ct)
    {
        var distinct = ids.Distinct().ToArray();
        if (distinct.Length <= 2)
        {
            // A query goes to every partition, and planning it makes it three times as expensive as a point read.
            var found = await Task.WhenAll(distinct.Select(id => FindAsync(id, ct)));
            return found.OfType<Document<Member>>().ToDictionary(read => read.Value.Id, read => read.Value);
        }

        var query = CosmosCalls.ByIds("*", [.. distinct.Select(id => id.Value)]);
        // Not ReadManyItemsAsync: when the database answers 503, it never returns.
        return await containers.Members.ReadAllAsync<Member>(query, ct).ToDictionaryAsync(member => member.Id, cancellationToken: ct);
    }

    /// <summary>Adds a member. False, without a change, if the id exists already. One request.</summary>
    public Task<bool> TryCreateAsync(Member member, CancellationToken ct) =>
        containers.Members.TryCreateAsync(member with { Trace = Signals.Trace }, member.Id.Value, ct);

    /// <summary>Replaces a member unless it has changed since the read. The new ETag, or null if it has changed. One request.</summary>
    public Task<string?> TryReplaceAsync(Member member, string etag, CancellationToken ct) =>
        containers.Members.TryReplaceAsync(member with { Trace = Signals.Trace }, member.Id.Value, member.Id.Value, etag, ct);

    /// <summary>Reads, decides and writes under the ETag, so that no other change is lost. Two requests unless superseded.</summary>
    /// <param name="decide">Gets the current member or null. Returns the outcome and the member to write, or null for no write.</param>
    /// <param name="read">The member, if the caller has just read it: saves a request.</param>
    /// <returns>The last decision.</returns>
    /// <exception cref="ContentionException">The member kept changing; nothing was written.</exception>
    public Task<(TOutcome Outcome, Member? Written)> ChangeAsync<TOutcome>(
        MemberId id, Func<Member?, (TOutcome Outcome, Member? Written)> decide, CancellationToken ct, Document<Member>? read = null) =>
        containers.Members.ChangeAsync<Member, TOutcome>(
            id.Value,
            id.Value,
            current => decide(current) is var decision && decision.Written is { } written
                ? decision with { Written = written with { Trace = Signals.Trace } }
                : decision,
            time,
            ct,
            read);

    /// <summary>The member with a key for their links, made now if they have none. Null when the member is gone.</summary>
    /// <remarks>Two callers at once get the same key.</remarks>
    /// <exception cref="ContentionException">The member kept changing.</exception>
    public Task<Document<Member>?> EnsureKeyAsync(Document<Member> member, CancellationToken ct) =>
        OptimisticWrite.RunAsync<Document<Member>?>(
            time,
            async number =>
            {
                var current = number == 0 ? member : await FindAsync(member.Value.Id, ct);
                if (current is null or { Value.ErasedAt: not null })
                {
                    return (Document<Member>?)null;
                }

                if (current.Value.UnsubscribeKey.Length > 0)
                {
                    return current;
                }

                var keyed = current.Value with { UnsubscribeKey = LinkKey.New() };
                return await TryReplaceAsync(keyed, current.ETag, ct) is { } etag ? new Document<Member>(keyed, etag) : new Superseded();
            },
            ct);

    /// <summary>Marks a member's change dispatched, unless they have changed since. One request; two to put their card off.</summary>
    /// <param name="member">The member as they were dispatched.</param>
    /// <param name="cardsNotBefore">The earliest time for the member's next card; null for no wait.</param>
    public async Task MarkDispatchedAsync(Member member, DateTimeOffset? cardsNotBefore, CancellationToken ct)
    {
        var dispatched = PatchOperation.Remove("/owedSince");
        var isMarked = await TryPatchAsync(
            member,
            cardsNotBefore is null ? [dispatched] : [dispatched, PatchOperation.Set("/cardsNotBefore", cardsNotBefore)],
            $"c.cardVersion = {member.CardVersion} AND IS_DEFINED(c.owedSince)",
            ct);
        // If it is not marked, a later change will be dispatched for both, or another run has marked it.
        if (!isMarked && cardsNotBefore is { } moment)
        {
            await PutCardsOffAsync(member, moment, ct);
        }
    }

    /// <summary>Sets the earliest time for the member's next card, unless they have erased their profile. One request.</summary>
    public Task PutCardsOffAsync(Member member, DateTimeOffset notBefore, CancellationToken ct) =>
        TryPatchAsync(member, [PatchOperation.Set("/cardsNotBefore", notBefore)], "NOT IS_DEFINED(c.erasedAt)", ct);

    /// <summary>Adds the hash of the key in the email that confirms an address, before the email is sent. One request.</summary>
    /// <returns>False when the member has asked for another address since, or has confirmed this one: the email must not be sent.</returns>
    public Task<bool> TryAddEmailLinkAsync(Member member, string hash, CancellationToken ct)
    {
        List<PatchOperation> operations = [PatchOperation.Add("/emailChange/linkHashes/-", hash)];
        if (member.EmailChange!.LinkHashes.Count >= MaxLinks)
        {
            operations.Add(PatchOperation.Remove("/emailChange/linkHashes/0"));
        }

        return TryPatchAsync(member, operations, $"c.emailChange.number = {member.EmailChange.Number}", ct);
    }

    /// <summary>Notes that the email that confirms an address was sent. One request.</summary>
    public Task MarkEmailLinkSentAsync(Member member, int number, CancellationToken ct) =>
        TryPatchAsync(member, [PatchOperation.Set("/emailChange/sent", true)], $"c.emailChange.number = {number}", ct);

    /// <summary>
    /// The members with a change to an address that waits. One query across partitions, for delivery reports of emails that did not arrive.
    /// </summary>
    public IAsyncEnumerable<Member> AskingForAsync(string address, CancellationToken ct) => containers.Members.ReadAllAsync<Member>(
        new QueryDefinition("SELECT * FROM c WHERE c.emailChange.address = @address").WithParameter("@address", address), ct);

    /// <summary>Forgets pictures that were removed. Two requests.</summary>
    public Task ForgetAvatarsAsync(MemberId id, IReadOnlyList<string> removed, CancellationToken ct) => ChangeAsync(
        id,
        current => current?.FormerAvatars is { } former && former.Except(removed).ToList() is var left && left.Count < former.Count
            ? (true, current with { FormerAvatars = left.Count > 0 ? left : null })
            : (false, null),
        ct);

    /// <summary>Forgets a warning that was sent, and with it the address. Two requests.</summary>
    public Task MarkEmailWarnedAsync(MemberId id, int number, CancellationToken ct) => ChangeAsync(
        id,
        current => current is not null && current.EmailWarnings.Any(warning => warning.Number == number)
            ? (true, current with { EmailWarnings = [.. current.EmailWarnings.Where(warning => warning.Number != number)] })
            : (false, null),
        ct);

    /// <summary>
    /// Marks the emails about a member's address as queued, unless the member has asked for another one since. One request.
    /// </summary>
    public Task MarkEmailDispatchedAsync(Member member, CancellationToken ct) => TryPatchAsync(
        member,
        [PatchOperation.Remove("/emailOwedSince")],
        $"c.emailChanges = {member.EmailChanges} AND IS_DEFINED(c.emailOwedSince)",
        ct);

    /// <summary>
    /// The members with a change undispatched since before a time: of their address, or of their card if that need not wait longer.
    /// </summary>
    public IAsyncEnumerable<MemberId> UndispatchedAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken ct) =>
        containers.Members.ReadAllAsync<Undispatched>(
            new QueryDefinition(
                "SELECT c.id, c.cardsNotBefore, c.emailOwedSince FROM c WHERE (IS_DEFINED(c.owedSince) AND c.owedSince < @moment)"
                    + " OR (IS_DEFINED(c.emailOwedSince) AND c.emailOwedSince < @moment)")
                .WithParameter("@moment", UtcTimeConverter.Text(before)),
            ct)
            .Where(member => member.EmailOwedSince < before || !(member.CardsNotBefore > now)).Select(member => member.Id);

    /// <summary>Carries out a moderator's act, once however often it is asked for. Two requests unless superseded.</summary>
    /// <param name="holds">Whether the suspension that holds, if one does, is what the act wants, so that there is nothing to do.</param>
    /// <returns>The member as they are now; null when there is none.</returns>
    /// <exception cref="ContentionException">The member kept changing; nothing was written.</exception>
    public async Task<Member?> ActAsync(MemberId id, ModerationAct act, CancellationToken ct, Func<Measure?, bool>? holds = null)
    {
        var now = time.Now();
        var (member, written) = await ChangeAsync(
            id,
            known =>
            {
                var standing = known?.Standing ?? MemberStanding.Untouched;
                var after = known is null || holds?.Invoke(standing.SuspensionAt(now)) == true ? standing : standing.After(act, now);
                return ReferenceEquals(after, standing) ? (known, null) : (known, known! with
                {
                    Standing = after with { Trace = Signals.Trace },
                    Listed = known.Listed && act.Kind != ModerationActKind.Unlist,
                });
            },
            ct);
        return written ?? member;
    }

    /// <summary>Marks the acts of moderators dispatched, unless there was another one since. One request.</summary>
    public Task MarkActsDispatchedAsync(Member member, CancellationToken ct) => TryPatchAsync(
        member,
        [PatchOperation.Remove("/standing/owedSince")],
        $"c.standing.count = {member.Standing!.Count} AND IS_DEFINED(c.standing.owedSince)",
        ct);

    /// <summary>Forgets an act whose email was sent, or will never be. Two requests.</summary>
    public Task ForgetActAsync(MemberId id, long act, CancellationToken ct) => ChangeAsync(
        id,
        known => (true, known?.Standing is { } standing && standing.Acts.Any(known => known.Number == act)
            ? known with { Standing = standing with { Acts = [.. standing.Acts.Where(known => known.Number != act)] } }
            : null),
        ct);

    /// <summary>The members with an act of a moderator undispatched since before a time.</summary>
    public IAsyncEnumerable<MemberId> ActsUndispatchedAsync(DateTimeOffset before, CancellationToken ct) =>
        containers.Members.ReadAllAsync<MemberId>(
            new QueryDefinition(
                "SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.standing.owedSince) AND c.standing.owedSince < @moment")
                .WithParameter("@moment", UtcTimeConverter.Text(before)),
            ct);

    private async Task<bool> TryPatchAsync(Member member, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        var (status, _) = await containers.Members.TryPatchAsync<Member>(member.Id.Value, member.Id.Value, operations, condition, ct);
        return status == HttpStatusCode.OK;
    }

    private sealed record Undispatched(MemberId Id, DateTimeOffset? CardsNotBefore, DateTimeOffset? EmailOwedSince);
}
