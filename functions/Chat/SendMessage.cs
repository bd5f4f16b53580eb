using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>
/// The body of a send. The client makes a new <paramref name="ClientId"/> for every message and repeats it when it tries again.
/// </summary>
public sealed record SendMessageRequest(string? ClientId, string? Text);

/// <summary>POST /api/connections/{id}/messages: sends a message.</summary>
/// <remarks>
/// Five requests: the connection, the caller's row, which shows where the conversation ends, and a permit, all at once; the new message;
/// the caller's row again. If the row does not show the other member's last message yet, the number is taken, and more requests find the
/// end. Every stored message uses a permit of the minute. A call that stores nothing releases its permit, so that repeats and refusals do
/// not use up the limit; a call that fails on the way keeps it, because it may have stored its message. Repeats have a limit of their own.
/// </remarks>
public sealed class SendMessage(
    HttpApi http,
    Conversations conversations,
    ContactStore contacts,
    MessageStore messages,
    AllowanceStore allowances,
    MessageFollowUp followUp,
    LiveEvents live,
    CallLimits limits,
    ChatSettings settings)
{
    /// <summary>
    /// Answers 201 for a new message; 200 with the first message when its clientId was used before; 409 when that had another text.
    /// </summary>
    [Function(nameof(SendMessage))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/connections/{id}/messages")] HttpRequest request, string id) =>
        http.Handle<SendMessageRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var clientId = fields.RequiredText("clientId", body.ClientId, ChatSettings.MaxClientId);
            var text = fields.RequiredText("text", body.Text, settings.MaxText, lines: true);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            // The row is read by this text, so it must be a valid id.
            if (!ConnectionId.IsValid(id))
            {
                return Problems.From(InviteErrors.NoConnection);
            }

            var opening = conversations.OpenAsync(id, caller.Id, ct);
            var reading = contacts.FindAsync(caller.Id, id, ct);
            var acquiring = allowances.AcquireAsync(settings.Sending, caller.Id, ct);
            await Task.WhenAll(opening, reading, acquiring);
            var permit = await acquiring;
            if (!(await opening).TryGet(out var connection, out var error))
            {
                await allowances.ReleaseAsync(permit, ct);
                return Problems.From(error);
            }

            var other = connection.Other(caller.Id);
            var (message, isNew) = permit.IsAcquired
                ? await messages.AppendAsync(id, caller.Id, other, clientId, text, ConversationEnd.Of((await reading)?.Chat, caller.Id), ct)
                : (await messages.FindByClientIdAsync(id, caller.Id, clientId, ct), false);
            if (message is null)
            {
                return Problems.From(new MessageLimit(permit));
            }

            if (!isNew)
            {
                await allowances.ReleaseAsync(permit, ct);
                if (limits.Refuse(caller.Id, CallKind.Repeat) is { } tooMany)
                {
                    return Problems.From(tooMany);
                }

                // The first text of a message that was edited or deleted is not known any more.
                if (message is { EditedAt: null, Deleted: not true } && message.Text != text)
                {
                    return Problems.From(new KeyReused("clientId"));
                }
            }

            var answer = message.ToMessage();

            // A repeated send announces the message again only if that may have been lost; clients know a message by its seq. The row comes
            // first, because it shows whether the other member has blocked the sender in the meantime.
            if (await followUp.ShowOwnAsync(connection, message, isRepeated: !isNew, ct))
            {
                await live.MessageCreatedAsync(message, isNew, ct);
            }

            return isNew ? Answers.Created($"/api/connections/{id}/messages/{message.Seq}", answer) : Answers.Ok(answer);
        });
}
