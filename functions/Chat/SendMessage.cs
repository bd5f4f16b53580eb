using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>The body of a send. The client makes <paramref name="ClientId"/>, new for every message, and repeats it when it tries again.</summary>
public sealed record SendMessageRequest(string? ClientId, string? Text);

/// <summary>POST /api/connections/{id}/messages: sends. 201 for a new message; 200 with the first one when the clientId was used before.</summary>
/// <remarks>
/// Five requests: the connection, the own row, which tells where the conversation ends, and a place among the minute's messages at once;
/// the new message; the own row again. Where the row has not heard of the other side's last message yet, the number is taken, and the end is looked for.
/// Every stored message has a place of its own. A call that stores nothing gives its place back, so that neither repeats nor
/// refusals use up the limit; only one that fails on the way keeps it, because it may have stored its message. Repeats have a limit of
/// their own.
/// </remarks>
public sealed class SendMessage(
    HttpApi http, Conversations conversations, ContactStore contacts, MessageStore messages, AllowanceStore allowances, MessageFollowUp followUp, LiveEvents live, CallLimits limits, ChatSettings settings)
{
    /// <summary>Answers the call.</summary>
    [Function(nameof(SendMessage))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connections/{id}/messages")] HttpRequest request, string id) =>
        http.Handle<SendMessageRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var clientId = fields.RequiredText("clientId", body.ClientId, ChatSettings.MaxClientId);
            var text = fields.RequiredText("text", body.Text, settings.MaxText, lines: true);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            // The row is asked for by the same text: one that cannot be an id is no address for the database.
            if (!ConnectionId.IsOne(id))
            {
                return Problems.From(InviteErrors.NoConnection);
            }

            var opening = conversations.OpenAsync(id, caller.Id, ct);
            var reading = contacts.FindAsync(caller.Id, id, ct);
            var taking = allowances.TakeAsync(settings.Sending, caller.Id, ct);
            await Task.WhenAll(opening, reading, taking);
            var place = await taking;
            if (!(await opening).TryGet(out var connection, out var error))
            {
                await allowances.GiveBackAsync(place, ct);
                return Problems.From(error);
            }

            var other = connection.Other(caller.Id);
            var (message, isNew) = place.IsTaken
                ? await messages.AppendAsync(id, caller.Id, other, clientId, text, ConversationEnd.Of((await reading)?.Chat, caller.Id), ct)
                : (await messages.FindByClientIdAsync(id, caller.Id, clientId, ct), false);
            if (message is null)
            {
                return Problems.From(new MessageLimit(place));
            }

            if (!isNew)
            {
                await allowances.GiveBackAsync(place, ct);
                if (limits.Refuse(caller.Id, CallKind.Repeat) is { } tooMany)
                {
                    return Problems.From(tooMany);
                }
            }

            var answer = message.ToMessage();

            // A repeated send tells again what may have been lost, and no more. Clients know a message by its seq. The row first, because it
            // tells whether the other side has blocked the sender in the meantime.
            if (await followUp.ShowOwnAsync(connection, message, isRepeated: !isNew, ct))
            {
                await live.MessageCreatedAsync(message, isNew, ct);
            }

            if (!isNew)
            {
                return Answers.Ok(answer);
            }

            return Answers.Created($"/api/connections/{id}/messages?after={message.Seq - 1}&limit=1", answer);
        });
}
