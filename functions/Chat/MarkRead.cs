using Connections.Cosmos;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Chat;

/// <summary>The body of a read mark.</summary>
public sealed record MarkReadRequest(long? Seq);

/// <summary>
/// PUT /api/connections/{id}/read: the caller has read up to a message. A read mark never moves back; the other member sees it.
/// </summary>
/// <remarks>
/// The mark is in the caller's row, and the other's row shows it. What is missing after a call that died between the two is written by the
/// call that its client repeats, or by the sweep, which compares the rows. While one of the two hides their read marks, the other's row is
/// left as it is; when neither does any more, the sweep finds what it lacks.
/// </remarks>
public sealed class MarkRead(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    ContactStore contacts,
    UnreadDigests digests,
    CallerGate gate,
    LiveEvents live,
    TimeProvider time)
{
    /// <summary>
    /// Answers 200 with the contact as the caller now sees it. Three requests: the caller's row, the mark, the other's row; one fewer while
    /// read marks are hidden, one more for a mark that is not at the last message.
    /// </summary>
    [Function(nameof(MarkRead))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/connections/{id}/read")] HttpRequest request, string id) =>
        http.Handle<MarkReadRequest>(request, async (caller, body, ct) =>
        {
            if (body.Seq is not { } seq || seq < 1)
            {
                return Problems.InvalidInput("seq", "The seq of a message, from 1, is required.");
            }

            var marking = await OptimisticWrite.RunAsync<Result<Marked>>(time, _ => TryMarkAsync(caller.Id, id, seq, ct), ct);
            if (!marking.TryGet(out var marked, out var error))
            {
                return Problems.From(error);
            }

            var (row, isNew, isUnmarked) = marked;
            var contact = Contact.Of(row, time.Now());
            var telling = isUnmarked ? live.ConnectionChangedAsync(caller.Id, contact, ct) : Task.CompletedTask;
            await ShowOtherAsync(row, seq, isNew, ct);
            await telling;
            return Answers.Ok(contact);
        });

    private async Task<Attempt<Result<Marked>>> TryMarkAsync(
        MemberId caller, string id, long seq, CancellationToken ct)
    {
        if (!(await conversations.OpenRowAsync(id, caller, ct)).TryGet(out var row, out var error))
        {
            return (Result<Marked>)error;
        }

        // Most marks are at the last message, which the row has.
        var received = row.Chat?.Last.Seq == seq ? row.Chat.Received : (await messages.FindAsync(id, seq, ct))?.ReceivedBy(caller);
        if (received is null)
        {
            return (Result<Marked>)new InvalidInput("seq", "There is no message with this seq yet.", FieldCode.OutOfRange);
        }

        if (row.ReadMark.Seq >= seq)
        {
            // Read again to the end, it is no longer what the member marked as unread.
            if (row.MarkedUnread is not true || seq < (row.Chat?.Last.Seq ?? 0))
            {
                return (Result<Marked>)new Marked(row, IsNew: false, IsUnmarked: false);
            }

            return await contacts.TryChangeInboxAsync(row, new InboxChange(MarkedUnread: false), ct) is { } unmarked
                ? (Result<Marked>)new Marked(unmarked, IsNew: false, IsUnmarked: true)
                : new Superseded();
        }

        var mark = new ReadMark(seq, received.Value);
        await digests.OnReadAsync(row, mark, ct);
        return await contacts.TryMarkReadAsync(row, mark, ct) is { } marked
            ? (Result<Marked>)new Marked(marked, IsNew: true, IsUnmarked: row.MarkedUnread is true)
            : new Superseded();
    }

    private async Task ShowOtherAsync(ContactRow row, long seq, bool isNew, CancellationToken ct)
    {
        // The row follows what the caller hides within seconds; this instance may know of it already.
        var isSeen = row.Seen.With(gate.PrivacyOf(row.MemberId)).ReadMarks;
        var telling = isNew ? live.MessageReadAsync(row.MemberId, row.OtherId, row.Id, seq, isSeen, ct) : Task.CompletedTask;
        if (isSeen && !await contacts.ShowReadAsync(row.OtherId, row.Id, seq, ct)
            && (await conversations.OpenAsync(row.Id, row.MemberId, ct)).TryGet(out var connection, out _))
        {
            // The call that should have made the other's row died, and the follow-up has not run yet.
            await contacts.FollowAsync(connection, row.OtherId, ct);
            await contacts.ShowReadAsync(row.OtherId, row.Id, seq, ct);
        }

        await telling;
    }

    /// <summary>The reader's row with the mark, and whether the call moved the mark, or ended that it was marked as unread.</summary>
    private sealed record Marked(ContactRow Row, bool IsNew, bool IsUnmarked);
}
