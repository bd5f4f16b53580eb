using System.Net;
using Connections.Http;
using Microsoft.Azure.Cosmos;

namespace Connections.Members;

/// <summary>Reads and writes members' documents.</summary>
public sealed class MemberStore(Database database)
{
    /// <summary>One member; null when there is none. One request.</summary>
    public Task<Document<Member>?> FindAsync(MemberId id, CancellationToken ct) =>
        database.Members.FindAsync<Member>(id.Value, id.Value, ct);

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

        var query = new QueryDefinition($"SELECT * FROM c WHERE c.id IN ({string.Join(", ", distinct.Select((_, i) => $"@id{i}"))})");
        for (var i = 0; i < distinct.Length; i++)
        {
            query.WithParameter($"@id{i}", distinct[i].Value);
        }

        // Not ReadManyItemsAsync: when the database answers 503 it never returns, and a call would wait for ever.
        return await database.Members.ReadAllAsync<Member>(query, ct).ToDictionaryAsync(member => member.Id, cancellationToken: ct);
    }

    /// <summary>Adds a member. False when there was one by that id already; nothing is changed then.</summary>
    public Task<bool> TryCreateAsync(Member member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        return database.Members.TryCreateAsync(member, member.Id.Value, ct);
    }

    /// <summary>Writes a member if nobody has since it was read. The new ETag, or null when somebody has.</summary>
    public async Task<string?> TryReplaceAsync(Member member, string etag, CancellationToken ct)
    {
        try
        {
            var response = await database.Members.ReplaceItemAsync(
                member, member.Id.Value, new PartitionKey(member.Id.Value), new ItemRequestOptions { IfMatchEtag = etag }, ct);
            return response.ETag;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Notes that what follows from a member's change is done, unless more has changed since. One request.</summary>
    public async Task TrySettleAsync(Member member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        try
        {
            await database.Members.PatchItemAsync<Member>(
                member.Id.Value,
                new PartitionKey(member.Id.Value),
                [PatchOperation.Remove("/owedSince")],
                new PatchItemRequestOptions
                {
                    FilterPredicate = $"FROM c WHERE c.cardVersion = {member.CardVersion} AND IS_DEFINED(c.owedSince)",
                    EnableContentResponseOnWrite = false,
                },
                ct);
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // A later change owes for both, or another run has noted it.
            return;
        }
    }

    /// <summary>The members who owe something since before a moment: what the change feed has lost.</summary>
    public IAsyncEnumerable<MemberId> OwingSinceBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        database.Members.OwingSinceBeforeAsync<Owing>(moment, ct, "c.id").Select(member => member.Id);

    /// <summary>A page of the listed creators that match, as cards that nobody in particular sees; null for a broken continuation.</summary>
    public Task<CosmosPage<Card>?> FindCreatorsAsync(CreatorFilter filter, PageRequest page, CancellationToken ct) =>
        database.Members.ReadPageAsync<Card>(CreatorQuery.Of(filter), page, partitionKey: null, ct);

    private sealed record Owing(MemberId Id);
}
