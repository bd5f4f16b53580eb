using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Chat;

/// <summary>
/// Ends a pair for a member who erased their profile, and seals its conversation: neither member sees its messages again, even if they
/// connect anew.
/// </summary>
/// <remarks>
/// Each step can be repeated and finds nothing to do the second time. The rows say that the pair has ended before the last message is read
/// for the last time, and <see cref="MessageFollowUp"/> reads a row after a message was stored. So one of the two finds a message that was
/// being sent.
/// </remarks>
public sealed class ConversationSeal(
    ConnectionStore connections,
    ContactStore contacts,
    MessageStore messages,
    MemberStore members,
    InviteSettings settings,
    TimeProvider time)
{
    /// <summary>Ends the pair and seals its conversation. Some ten requests, and one for each message.</summary>
    /// <param name="connectionId">The pair's connection.</param>
    /// <param name="erased">The member who erased their profile.</param>
    /// <param name="version">The least version that the connection must be read at.</param>
    /// <exception cref="StaleReadException">The connection was read as it was before <paramref name="version"/>.</exception>
    public async Task EndAsync(string connectionId, MemberId erased, long version, CancellationToken ct)
    {
        // The same write seals it, so that the event of the end shows no message.
        var last = await messages.LastAsync(connectionId, ct);
        if (await connections.ChangeAsync(connectionId, current => Left(current, erased, last), ct, version) is null)
        {
            return;
        }

        MessageDocument? through;
        do
        {
            through = await messages.LastAsync(connectionId, ct);
            await SealAsync(connectionId, through, ct);
            // Until the rows said that it has ended, a call that had read its row could still store a message.
            last = await messages.LastAsync(connectionId, ct);
        }
        while (last?.Seq > (through?.Seq ?? 0));
    }

    private Transition Left(Connection connection, MemberId erased, MessageDocument? last)
    {
        var left = ConnectionLife.Erase(connection, erased, time.Now(), settings);
        return left is Transition.Moved { After: var after }
            && last is not null
            && ConnectionLife.Seal(after, last.Seq, last.ReceivedBy, time.Now()) is Transition.Moved both
            ? both
            : left;
    }

    /// <summary>Seals messages that were being stored while one of the two erased their profile. No request if neither ever has.</summary>
    public async Task SealLateAsync(Connection connection, IEnumerable<MessageDocument> ofIt, CancellationToken ct)
    {
        if (connection.Left.Count == 0)
        {
            return;
        }

        var left = (await members.FindManyAsync(connection.Left.Keys, ct)).Values;
        var late = ofIt.Where(message => message.Seq > connection.SealedSeq && left.Any(member => member.HasErased(message.SentAt)));
        if (late.MaxBy(message => message.Seq) is { } last)
        {
            await SealAsync(connection.Id, last, ct);
        }
    }

    /// <summary>Seals the conversation up to a message; null when there is none.</summary>
    private async Task SealAsync(string connectionId, MessageDocument? last, CancellationToken ct)
    {
        Transition Seal(Connection current) =>
            last is null ? new Transition.Same(current) : ConnectionLife.Seal(current, last.Seq, last.ReceivedBy, time.Now());

        var connection = await connections.ChangeAsync(connectionId, Seal, ct) switch
        {
            Transition.Moved moved => moved.After,
            Transition.Same same => same.Current,
            _ => throw new InvalidOperationException($"Connection {connectionId} is gone."),
        };

        if (connection.SealedSeq > 0)
        {
            // A member who left after an earlier invite, and came back, keeps what they have written since.
            var lastInvite = connection.Left.Values.Max();
            foreach (var (member, _) in connection.Left.Where(left => left.Value == lastInvite))
            {
                await messages.SealAsync(connectionId, member, connection.SealedSeq, ct);
            }
        }

        // The row of a member who left comes last: by it the erasure sees that the pair is sealed.
        foreach (var member in new[] { connection.Inviter, connection.Invitee }.OrderBy(connection.HasLeft))
        {
            await contacts.SealAsync(connection, member, ct);
        }
    }
}
