using Connections.Cosmos;
using Connections.Members.Standing;
using Connections.Moderation;

namespace Connections.FollowUp;

/// <summary>What the change feed of <c>members</c> needs of a document. Not every document there is a member.</summary>
public sealed record ChangedMember(
    string Id,
    DateTimeOffset? OwedSince,
    long CardVersion,
    DateTimeOffset? EmailOwedSince = null,
    int EmailChanges = 0,
    MemberStanding? Standing = null);

/// <summary>
/// The change feed of <c>members</c>: dispatches every change of a card or an address, every erasure and every act of a moderator, half a
/// second after it at the latest.
/// </summary>
/// <remarks>
/// When it first runs, it does not read through all members: <see cref="SweepOwedMembers"/> finds what was not dispatched before.
/// </remarks>
public sealed class OnMemberChanged(MemberFollowUp followUp, StandingFollowUp standing, ILogger<OnMemberChanged> log)
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
        [.. changed.Where(member => (member.OwedSince ?? member.EmailOwedSince ?? member.Standing?.OwedSince) is not null)],
        member => member.Id,
        FollowAsync,
        log,
        ct,
        parallelism: 4);

    private async Task FollowAsync(ChangedMember changed, CancellationToken ct)
    {
        var id = new MemberId(changed.Id);
        if (changed.Standing is { OwedSince: not null } acts)
        {
            await standing.RunAsync(id, ct, acts.Count);
        }

        if ((changed.OwedSince ?? changed.EmailOwedSince) is not null)
        {
            await followUp.RunAsync(id, ct, changed.CardVersion, changed.EmailChanges);
        }
    }
}
