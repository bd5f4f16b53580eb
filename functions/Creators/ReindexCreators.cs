using Connections.Cosmos;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators;

/// <summary>Once after an update: derives the search fields of creators whom an earlier version stored.</summary>
/// <remarks>
/// A search by platform finds a creator only with <see cref="Member.Reach"/>, and a profile that nobody changes would never get it. The
/// walk goes through the listed creators by id and keeps its place, so that a restart continues it; creators who are listed meanwhile have
/// the fields. Two instances at once do the same work twice and harm nothing. When it is done, an instance reads one document in its life.
/// </remarks>
public sealed class ReindexCreators(Containers containers, MemberStore members)
{
    /// <summary>
    /// The number of creators whom one run changes, or a batch more: with 20 RU for each, a third of what a serverless database gives in a
    /// minute. Those who have the fields are only read, a thousand at once.
    /// </summary>
    public const int MaxPerRun = 5_000;

    private const int BatchSize = 1_000;
    private const int MaxParallel = 8;

    private volatile bool _isDone;

    /// <summary>Continues the walk.</summary>
    [Function(nameof(ReindexCreators))]
    public async Task Run([TimerTrigger("50 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        if (_isDone)
        {
            return;
        }

        using var operation = Operation.Trigger();
        var place = (await containers.Members.FindAsync<ReindexPlace>(ReindexPlace.OnlyId, ReindexPlace.OnlyId, ct))?.Value
            ?? new ReindexPlace(ReindexPlace.OnlyId, "", IsDone: false);
        for (var changed = 0; !place.IsDone && changed < MaxPerRun;)
        {
            var query = new QueryDefinition(
                    $"SELECT TOP {BatchSize} c.id, c.reach FROM c WHERE c.listed = true AND c.id > @after ORDER BY c.id")
                .WithParameter("@after", place.After);
            var batch = await containers.Members.ReadAllAsync<Listed>(query, ct).ToListAsync(ct);
            var old = batch.Where(found => found.Reach is null).ToList();
            await Parallel.ForEachAsync(
                old,
                new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = ct },
                async (found, inner) => await members.ChangeAsync(
                    found.Id, known => (true, known is { Listed: true, Reach: null } ? known.Indexed() : null), inner));
            changed += old.Count;
            place = place with { After = batch.Count > 0 ? batch[^1].Id.Value : place.After, IsDone = batch.Count < BatchSize };
            await containers.Members.UpsertItemAsync(place, new PartitionKey(place.Id), cancellationToken: ct);
        }

        _isDone = place.IsDone;
    }

    private sealed record Listed(MemberId Id, IReadOnlyDictionary<string, PlatformReach>? Reach);
}

/// <summary>How far the walk came, as a document in <c>members</c>.</summary>
/// <remarks>No member can have its id, because of the colon. The number in it grows when fields are added that search needs.</remarks>
public sealed record ReindexPlace(string Id, string After, bool IsDone)
{
    /// <summary>The id of the only document.</summary>
    public const string OnlyId = "reindex:1";
}
