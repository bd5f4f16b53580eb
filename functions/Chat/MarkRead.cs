using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>The body of a read mark.</summary>
public sealed record MarkReadRequest(long? Seq);

/// <summary>
/// PUT /api/connections/{id}/read: the caller has read up to a message. A read mark never moves back; the other member sees it.
/// </summary>
/// <remarks>The mark is part of the connection, so that both contact rows follow from one write.</remarks>
public sealed class MarkRead(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    ConnectionStore connections,
    ContactStore contacts,
    LiveEvents live,
    TimeProvider time)
{
    /// <summary>Answers 200 with the contact as the caller now sees it. Four requests, the first two at once.</summary>
    [Function(nameof(MarkRead))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/connections/{id}/read")] HttpRequest request, string id) =>
        http.Handle<MarkReadRequest>(request, async (caller, body, ct) =>
        {
            if (body.Seq is not { } seq || seq < 1)
            {
                return Problems.InvalidInput("seq", "The seq of a message, from 1, is required.");
            }

            var opening = conversations.OpenAsync(id, caller.Id, ct);
            var reading = messages.FindAsync(id, seq, ct);
            await Task.WhenAll(opening, reading);
            if (!(await opening).TryGet(out var connection, out var error))
            {
                return Problems.From(error);
            }

            if (await reading is not { } message)
            {
                return Problems.InvalidInput("seq", "There is no message with this seq yet.");
            }

            var mark = new ReadMark(seq, message.ReceivedBy(caller.Id));
            var marked = await connections.TryMarkReadAsync(connection, caller.Id, mark, time.Now(), ct);
            if (marked is not null)
            {
                // The patch has checked that the two are connected.
                await live.MessageReadAsync(caller.Id, connection.Other(caller.Id), id, seq, ct);
            }

            var (row, _) = await contacts.FollowAsync(marked ?? connection, caller.Id, ct);
            return Answers.Ok(Contact.Of(row, time.Now()));
        });
}
