using Connections.Cosmos;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>What the change feed of <c>members</c> need tell: not all of its documents are members.</summary>
public sealed record ChangedMember(string Id, DateTimeOffset? OwedSince, long CardVersion);

/// <summary>The change feed of <c>members</c>: follows up every change that owes something, half a second after it at the latest.</summary>
/// <remarks>
/// The trigger is at most once; what it loses, and what was owed before it first ran, <see cref="SweepOwedMembers"/> finds. So it
/// need not read through all the members there are when it first runs.
/// </remarks>
public sealed partial class OnMemberChanged(MemberFollowUp followUp, ILogger<OnMemberChanged> log)
{
    private const int AtOnce = 4;

    /// <summary>Follows up a batch.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnMemberChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public async Task Run(
        [CosmosDBTrigger(
            Containers.Name,
            Containers.MembersContainer,
            Connection = Containers.Connection,
            LeaseContainerName = Containers.LeasesContainer,
            LeaseContainerPrefix = "members-",
            FeedPollDelay = 500,
            MaxItemsPerInvocation = 100)]
        IReadOnlyList<ChangedMember> changed,
        CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var owing = changed.Where(member => member.OwedSince is not null).ToList();
        await EachOnItsOwn.RunAsync(
            owing, AtOnce, (member, inner) => followUp.RunAsync(new MemberId(member.Id), inner, member.CardVersion), (member, e) => LogFailed(e, new MemberId(member.Id)), ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Following up member {MemberId} failed")]
    private partial void LogFailed(Exception exception, MemberId memberId);
}
