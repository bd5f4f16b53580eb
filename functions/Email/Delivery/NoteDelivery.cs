using Connections.Cosmos;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Email.Delivery;

/// <summary>
/// The queue of delivery reports: a bounced email shows on its invite, to the inviter, and on its recipient's profile, to the recipient;
/// one with a link to a new address shows beside that address.
/// </summary>
/// <remarks>
/// A report can come several times, in any order, and before the records of its email are visible to this instance; then it is tried again
/// after the queue's visibility timeout. Each write is guarded and changes nothing when it is repeated. A report of an email that is not
/// known after <see cref="NotYetFor"/> is counted and dropped. Whether an email was opened, or a link in it, is never asked.
/// </remarks>
public sealed partial class NoteDelivery(ConnectionStore connections, MemberStore members, TimeProvider time, ILogger<NoteDelivery> log)
{
    /// <summary>Far longer than a write takes to become visible to all instances, and shorter than all tries of a message.</summary>
    private static readonly TimeSpan NotYetFor = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Handles one report. A query across partitions for an email that did not arrive, and another if it is about no connection; none for
    /// others.
    /// </summary>
    /// <exception cref="StaleReadException">The email is not known yet.</exception>
    [Function(nameof(NoteDelivery))]
    public async Task Run(
        [QueueTrigger(DeliveryReport.QueueName, Connection = INoticeQueue.Connection)] string message, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        if (DeliveryReport.Read(message) is not { } report)
        {
            Signals.Delivery("unreadable");
            LogUnreadable();
            return;
        }

        if (!report.IsBounce)
        {
            Signals.Delivery(report.Outcome);
            return;
        }

        if (await connections.FindByMailAsync(report.OperationId, ct) is not { } connection)
        {
            if (await NoteChangeAsync(report, ct))
            {
                Signals.Delivery(report.Outcome);
                LogBounced(report.OperationId, report.Outcome);
                return;
            }

            StaleReadException.ThrowIf(time.Now() - report.At < NotYetFor, "The record of an email");
            Signals.Delivery("unknown");
            LogUnknown(report.OperationId);
            return;
        }

        await connections.ChangeAsync(
            connection.Id, current => ConnectionLife.Undelivered(current, report.OperationId, time.Now()), ct, connection.Version);
        if (connection.RecipientOf(report.OperationId) is { } recipient)
        {
            await NoteAsync(recipient, report, connection, ct);
        }

        Signals.Delivery(report.Outcome);
        LogBounced(report.OperationId, report.Outcome);
    }

    /// <summary>Notes that a member's address bounces, unless they have another one by now. Two requests; one if it is noted.</summary>
    private async Task NoteAsync(MemberId recipient, DeliveryReport report, Connection connection, CancellationToken ct) =>
        await members.ChangeAsync<bool>(
            recipient,
            member => member is not null
                && !member.HasErased(connection.InvitedAt)
                && !member.EmailBounces
                && EmailChanges.IsSame(member.Email, report.Recipient)
                    ? (true, member with { BouncedEmail = member.Email })
                    : (false, null),
            ct);

    /// <summary>Notes that the link to a new address did not arrive; false if there was none. Two requests for that member.</summary>
    private async Task<bool> NoteChangeAsync(DeliveryReport report, CancellationToken ct)
    {
        await foreach (var asking in members.AskingForAsync(report.Recipient, ct))
        {
            var (isTheirs, _) = await members.ChangeAsync<bool>(
                asking.Id,
                member => member?.IsMailOfChange(report.OperationId) != true ? (false, null)
                    : member.EmailChange is { UndeliveredAt: null } change
                        ? (true, member with { EmailChange = change with { UndeliveredAt = time.Now() } })
                    : (true, null),
                ct);
            if (isTheirs)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The email of operation {OperationId} did not arrive: {Outcome}")]
    private partial void LogBounced(Guid operationId, string outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "The delivery report of operation {OperationId} is about no known email")]
    private partial void LogUnknown(Guid operationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message in the queue of delivery reports is not a delivery report; it is dropped")]
    private partial void LogUnreadable();
}
