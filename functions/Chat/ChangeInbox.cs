using Connections.Cosmos;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>The body of a change of how a conversation stands in the inbox. What is left out stays as it is.</summary>
public sealed record InboxRequest(bool? Archived, bool? Pinned, bool? Muted, bool? MarkedUnread)
{
    /// <summary>The change. Faults go to <paramref name="fields"/>.</summary>
    public InboxChange Read(Fields fields)
    {
        var change = new InboxChange(Archived, Pinned, Muted, MarkedUnread);
        if (change.IsEmpty)
        {
            fields.Refuse("archived", "At least one of archived, pinned, muted and markedUnread is required.", FieldCode.Required);
        }
        else if (change is { Archived: true, Pinned: true })
        {
            fields.Refuse("pinned", "A conversation is either archived or pinned. Send one of the two.", FieldCode.Conflict);
        }

        return change;
    }
}

/// <summary>
/// PUT /api/connections/{id}/inbox: archives, pins, mutes or marks a conversation as unread, or takes that back. It is the caller's alone:
/// the other side never learns of it. Idempotent.
/// </summary>
/// <remarks>
/// The flags are in the caller's row, and one conditional patch writes them. A pin takes room before it is written and gives it back after
/// it is taken away, so that there are never more than there may be, however many calls come at once.
/// </remarks>
public sealed class ChangeInbox(
    HttpApi http,
    Conversations conversations,
    ContactStore contacts,
    CapStore caps,
    UnreadDigests digests,
    LiveEvents live,
    ChatSettings settings,
    TimeProvider time)
{
    /// <summary>
    /// Answers 200 with the contact as the caller now sees it. Two requests, the caller's row and the change; one more to pin and unpin.
    /// </summary>
    [Function(nameof(ChangeInbox))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/connections/{id}/inbox")] HttpRequest request, string id) =>
        http.Handle<InboxRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var change = body.Read(fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var changing = await OptimisticWrite.RunAsync<Result<(ContactRow, bool)>>(time, _ => TryAsync(caller.Id, id, change, ct), ct);
            if (!changing.TryGet(out var changed, out var error))
            {
                return Problems.From(error);
            }

            var (row, isNew) = changed;
            var contact = Contact.Of(row, time.Now());
            if (isNew)
            {
                await live.ConnectionChangedAsync(caller.Id, contact, ct);
            }

            return Answers.Ok(contact);
        });

    private async Task<Attempt<Result<(ContactRow Row, bool IsNew)>>> TryAsync(
        MemberId caller, string id, InboxChange wanted, CancellationToken ct)
    {
        if (!(await conversations.OpenRowAsync(id, caller, ct)).TryGet(out var row, out var error))
        {
            return (Result<(ContactRow, bool)>)error;
        }

        var change = wanted.On(row);
        if (change.IsEmpty)
        {
            return (Result<(ContactRow, bool)>)(row, false);
        }

        if (change.Pinned is true && !await TakeRoomAsync(caller, ct))
        {
            return (Result<(ContactRow, bool)>)new PinLimit(settings.PinnedAtMost);
        }

        if (change.Muted is false)
        {
            // Before the write, so that a call that dies leaves no unread message without its email.
            await digests.OnUnmutedAsync(row, ct);
        }

        var began = time.Now();
        var changed = await contacts.TryChangeInboxAsync(row, change, ct);
        if (change.Pinned is { } pinned && pinned == (changed is null))
        {
            // Taken for a pin that was not written, or left by one that was taken away.
            await caps.ReleaseAsync(settings.Pinned, caller, began, ct);
        }

        return changed is null ? new Superseded() : (Result<(ContactRow, bool)>)(changed, true);
    }

    private async Task<bool> TakeRoomAsync(MemberId caller, CancellationToken ct)
    {
        if (await AcquireAsync())
        {
            return true;
        }

        var began = time.Now();
        var given = await contacts.GiveUpPinsAsync(caller, ct);
        for (var i = 0; i < given; i++)
        {
            await caps.ReleaseAsync(settings.Pinned, caller, began, ct);
        }

        return given > 0 && await AcquireAsync();

        Task<bool> AcquireAsync() => caps.AcquireAsync(settings.Pinned, caller, inner => contacts.CountPinnedAsync(caller, inner), ct);
    }
}
