using Connections.Cosmos;

namespace Connections.FollowUp;

/// <summary>What the change feed of <c>members</c> needs of a document. Not every document there is a member.</summary>
public sealed record ChangedMember(
    string Id, DateTimeOffset? OwedSince, long CardVersion, DateTimeOffset? EmailOwedSince = null, int EmailChanges = 0);

/// <summary>
/// The change feed of <c>members</c>: dispatches every change of a card or an address, and every erasure, half a second after it at the
/// latest.
/// </summary>
/// <remarks>
/// When it first runs, it does not read through all members: <see cref="SweepOwedMembers"/> finds what was not dispatched before.
/// </remarks>
public sealed class OnMemberChanged(MemberFollowUp followUp, ILogger<OnMemberChanged> log)
{
    /// <summary>Dispatches a batch.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnMemberChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public Task Run(
        [CosmosDBTrigger(
            Containers.Name,
            Containers.MembersContainer,
            Connection = Containers.Connection,
            LeaseContainerName = Containers.LeasesContainer,
            LeaseContainerPrefix = "members-",
            FeedPollDelay = 500,
            MaxItemsPerInvocation = 100)]
        IReadOnlyList<ChangedMember> changed,
        CancellationToken ct) => DocumentTrigger.FollowAsync(
        [.. changed.Where(member => member.OwedSince is not null || member.EmailOwedSince is not null)],
        member => member.Id,
        (member, inner) => followUp.RunAsync(new MemberId(member.Id), inner, member.CardVersion, member.EmailChanges),
        log,
        ct,
        parallelism: 4);
}
