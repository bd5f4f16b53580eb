using Connections.Http;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>
/// The body of a send. The client makes a new <paramref name="ClientId"/> for every message and repeats it when it tries again.
/// </summary>
public sealed record SendMessageRequest(string? ClientId, string? Text);

/// <summary>POST /api/connections/{id}/messages: sends a message.</summary>
/// <remarks>
/// Four requests: the caller's row, which says that the two are connected and where the conversation ends; the message; the caller's row
/// and the other's, which show it. Every stored message uses a permit of the minute. A call that stores nothing releases its permit, so
/// that repeats and refusals do not use up the limit; a call that fails on the way keeps it, because it may have stored its message.
/// Repeats have a limit of their own.
/// </remarks>
public sealed class SendMessage(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    SharedAllowances allowances,
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
            var draft = MessageDraft.Read(body.ClientId, body.Text, settings, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (!(await conversations.OpenRowAsync(id, caller.Id, ct)).TryGet(out var row, out var error))
            {
                return Problems.From(error);
            }

            var permit = await allowances.AcquireAsync(settings.Sending, caller.Id, ct);
            var (clientId, text) = draft;
            var (message, isNew) = permit.IsAcquired
                ? await messages.AppendAsync(id, caller.Id, row.OtherId, clientId, text, ConversationEnd.Of(row.Chat, caller.Id), ct)
                : (await messages.FindByClientIdAsync(id, caller.Id, clientId, ct), false);
            if (message is null)
            {
                return Problems.From(new MessageLimit(permit));
            }

            if (!isNew)
            {
                allowances.Release(permit);
                if (limits.Refuse(caller.Id, CallKind.Repeat) is { } tooMany)
                {
                    return Problems.From(tooMany);
                }

                if (!draft.IsThatOf(message))
                {
                    return Problems.From(new KeyReused("clientId"));
                }
            }

            // A repeated send announces the message again only if that may have been lost; clients know a message by its seq.
            await followUp.ShowAsync(row, message, isRepeated: !isNew, () => live.MessageCreatedAsync(message, isNew, ct), ct);
            var answer = message.ToMessage();
            return isNew ? Answers.Created($"/api/connections/{id}/messages/{message.Seq}", answer) : Answers.Ok(answer);
        });
}
