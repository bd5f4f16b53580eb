using System.Globalization;
using Connections.Cosmos;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>Changes a message that was sent, shows the change in both rows and announces it.</summary>
/// <remarks>
/// Five requests: the caller's row and the message at once, the message's write, both rows; one more for a message that quotes another,
/// and two for one that is not the last, and for a deleted one that was not read.
/// </remarks>
public sealed class MessageChanges(
    Conversations conversations,
    MessageStore messages,
    Quotes quotes,
    SharedAllowances allowances,
    MessageFollowUp followUp,
    LiveEvents live,
    CallLimits limits)
{
    /// <summary>Answers 200 with the message as it is now, also when the change was made before.</summary>
    /// <param name="number">The message's number, as it is in the path.</param>
    /// <param name="uses">The allowance of which the change uses a permit; null for none.</param>
    public async Task<IResult> ChangeAsync(
        MemberId caller, string id, string number, Allowance? uses, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
    {
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq);
        var opening = conversations.OpenRowAsync(id, caller, ct);
        var reading = isNumber && ConnectionId.IsValid(id)
            ? messages.FindForChangeAsync(id, seq, ct)
            : Task.FromResult<Document<MessageDocument>?>(null);
        await Task.WhenAll(opening, reading);
        if (!(await opening).TryGet(out var row, out var error))
        {
            return Problems.From(error);
        }

        if (await reading is not { } read || seq <= (row.Pair.SealedSeq ?? 0))
        {
            return Problems.NotFound("message");
        }

        var permit = uses is null ? null : await allowances.AcquireAsync(uses, caller, ct);
        var change = await messages.ChangeAsync(
            read,
            message => decide(message) is var decided && decided is MessageChange.Changed && permit is { IsAcquired: false }
                ? new MessageChange.Refused(new MessageLimit(permit))
                : decided,
            ct);
        if (permit is not null && change is not MessageChange.Changed)
        {
            allowances.Release(permit);
        }

        switch (change)
        {
            case MessageChange.Changed changed:
                return await TellAsync(row, changed.After, isNew: true, ct);
            case MessageChange.Same same:
                return limits.Refuse(caller, CallKind.Repeat) is { } tooMany
                    ? Problems.From(tooMany)
                    : await TellAsync(row, same.Current, isNew: false, ct);
            default:
                return Problems.From(((MessageChange.Refused)change).Error);
        }
    }

    /// <summary>Shows and announces the message as it is now. A repeated call announces it again only if that may have been lost.</summary>
    private async Task<IResult> TellAsync(ContactRow row, MessageDocument message, bool isNew, CancellationToken ct)
    {
        var quote = await quotes.FindAsync(message, ct);
        await followUp.ShowAsync(row, message, isRepeated: !isNew, () => live.MessageChangedAsync(message, quote, isNew, ct), ct);
        if (message is { Deleted: true, Files: not null })
        {
            await followUp.TryRemoveFilesAsync(message, ct);
        }

        return Answers.Ok(message.ToMessage(row.MemberId, quote));
    }
}
