using System.Net;
using Connections.Cosmos;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Members;

/// <summary>Reads and writes members' documents.</summary>
public sealed class MemberStore(Containers containers)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxKeyTries = 10;

    /// <summary>One member; null when there is none. One request.</summary>
    public Task<Document<Member>?> FindAsync(MemberId id, CancellationToken ct) =>
        containers.Members.FindAsync<Member>(id.Value, id.Value, ct);

    /// <summary>Several members, by id; those that do not exist are left out. One request; one for each, at once, of two.</summary>
    public async Task<IReadOnlyDictionary<MemberId, Member>> FindManyAsync(IEnumerable<MemberId> ids, CancellationToken ct)
    {
        var distinct = ids.Distinct().ToArray();
        if (distinct.Length <= 2)
        {
            // A query goes to every partition there is, and costs three times a point read for what it takes apart and plans.
            var found = await Task.WhenAll(distinct.Select(id => FindAsync(id, ct)));
            return found.OfType<Document<Member>>().ToDictionary(read => read.Value.Id, read => read.Value);
        }

        var query = CosmosCalls.ByIds("*", [.. distinct.Select(id => id.Value)]);
        // Not ReadManyItemsAsync: when the database answers 503 it never returns, and a call would wait for ever.
        return await containers.Members.ReadAllAsync<Member>(query, ct).ToDictionaryAsync(member => member.Id, cancellationToken: ct);
    }

    /// <summary>Adds a member. False when there was one by that id already; nothing is changed then.</summary>
    public Task<bool> TryCreateAsync(Member member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        return containers.Members.TryCreateAsync(member with { Trace = Signals.Trace }, member.Id.Value, ct);
    }

    /// <summary>Writes a member if nobody has since it was read. The new ETag, or null when somebody has.</summary>
    public Task<string?> TryReplaceAsync(Member member, string etag, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        return containers.Members.TryReplaceAsync(member with { Trace = Signals.Trace }, member.Id.Value, member.Id.Value, etag, ct);
    }

    /// <summary>The member with a key of their links, made now where there is none. Null when the member is gone.</summary>
    /// <remarks>Two callers at once get the same key: the write is guarded by the ETag, and who loses reads again.</remarks>
    /// <exception cref="InvalidOperationException">The member kept changing; try again later.</exception>
    public async Task<Document<Member>?> EnsureKeyAsync(Document<Member> member, CancellationToken ct)
    {
        var current = member;
        for (var tries = 0; tries < MaxKeyTries; tries++)
        {
            if (current is null or { Value.ErasedAt: not null })
            {
                return null;
            }

            if (current.Value.UnsubscribeKey.Length > 0)
            {
                return current;
            }

            var keyed = current.Value with { UnsubscribeKey = LinkKey.New() };
            if (await TryReplaceAsync(keyed, current.ETag, ct) is { } etag)
            {
                return new Document<Member>(keyed, etag);
            }

            current = await FindAsync(keyed.Id, ct);
        }

        throw new InvalidOperationException($"The member changed {MaxKeyTries} times while its key was being written.");
    }

    /// <summary>Notes that what follows from a member's change is done, unless more has changed since. One request, and another where more has changed.</summary>
    /// <param name="member">As it was read before it was followed up.</param>
    /// <param name="cardsNotBefore">Until when the member's next card has to wait; null where it need not.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task TrySettleAsync(Member member, DateTimeOffset? cardsNotBefore, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        var settle = PatchOperation.Remove("/owedSince");
        var isSettled = await TryPatchAsync(
            member, cardsNotBefore is null ? [settle] : [settle, PatchOperation.Set("/cardsNotBefore", cardsNotBefore)], $"c.cardVersion = {member.CardVersion} AND IS_DEFINED(c.owedSince)", ct);
        // When it is not, a later change owes for both, or another run has noted it.
        if (!isSettled && cardsNotBefore is { } moment)
        {
            await PutCardsOffAsync(member, moment, ct);
        }
    }

    /// <summary>Notes until when the member's card has to wait, unless they have erased themselves. One request.</summary>
    public Task PutCardsOffAsync(Member member, DateTimeOffset notBefore, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        return TryPatchAsync(member, [PatchOperation.Set("/cardsNotBefore", notBefore)], "NOT IS_DEFINED(c.erasedAt)", ct);
    }

    /// <summary>The members who owe something since before a moment, and need not wait with it: what the change feed has lost or put off.</summary>
    public IAsyncEnumerable<MemberId> OwingSinceBeforeAsync(DateTimeOffset moment, DateTimeOffset now, CancellationToken ct) =>
        containers.Members.OwingSinceBeforeAsync<Owing>(moment, ct, "c.id, c.cardsNotBefore")
            .Where(member => !(member.CardsNotBefore > now)).Select(member => member.Id);

    private async Task<bool> TryPatchAsync(Member member, IReadOnlyList<PatchOperation> operations, string condition, CancellationToken ct)
    {
        var (status, _) = await containers.Members.TryPatchAsync<Member>(
            member.Id.Value,
            member.Id.Value,
            operations,
            new PatchItemRequestOptions { FilterPredicate = $"FROM c WHERE {condition}", EnableContentResponseOnWrite = false },
            ct);
        return status == HttpStatusCode.OK;
    }

    private sealed record Owing(MemberId Id, DateTimeOffset? CardsNotBefore);
}
