using System.Globalization;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>The body of an edit.</summary>
public sealed record EditMessageRequest(string? Text);

/// <summary>
/// PATCH and DELETE /api/connections/{id}/messages/{seq}: edits and deletes an own message, for a while after it was sent. Each answers
/// the message as it is now; repeated, the same. A deleted one stays in its place, without its text.
/// </summary>
/// <remarks>Four requests: the connection and the message at once, the message's write, the own row. The change feed shows it to the other side.</remarks>
public sealed class ChangeMessage(
    HttpApi http, Conversations conversations, MessageStore messages, MessageFollowUp followUp, LiveEvents live, ChatSettings settings, TimeProvider time)
{
    /// <summary>Edits.</summary>
    [Function("EditMessage")]
    public Task Edit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "connections/{id}/messages/{seq}")] HttpRequest request, string id, string seq) =>
        http.Handle<EditMessageRequest>(request, (caller, body, ct) =>
        {
            var fields = new Fields();
            var text = fields.RequiredText("text", body.Text, settings.MaxText, lines: true);
            return fields.Valid
                ? ChangeAsync(caller.Id, id, seq, message => MessageLife.Edit(message, caller.Id, text, time.Now(), settings), ct)
                : Task.FromResult<IResult>(fields.ToProblem());
        });

    /// <summary>Deletes.</summary>
    [Function("DeleteMessage")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "connections/{id}/messages/{seq}")] HttpRequest request, string id, string seq) =>
        http.Handle(request, (caller, ct) =>
            ChangeAsync(caller.Id, id, seq, message => MessageLife.Delete(message, caller.Id, time.Now(), settings), ct));

    private async Task<IResult> ChangeAsync(MemberId caller, string id, string number, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
    {
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq);
        var opening = conversations.OpenAsync(id, caller, ct);
        var reading = isNumber ? messages.FindForChangeAsync(id, seq, ct) : Task.FromResult<Document<MessageDocument>?>(null);
        await Task.WhenAll(opening, reading);
        if ((await opening).Connection is not { } connection)
        {
            return (await opening).Problem!;
        }

        if (await reading is not { } read)
        {
            return ChatProblems.NoMessage();
        }

        var change = await messages.ChangeAsync(read, decide, ct);
        if (change is MessageChange.Refused refused)
        {
            return refused.Problem;
        }

        var message = change is MessageChange.Changed changed ? changed.After : ((MessageChange.Same)change).Current;

        // Also for a repeated call: the first one's event may be what was lost, and so may be its showing in the own row.
        await live.MessageChangedAsync(caller, connection.Other(caller), message.ToMessage(), ct);
        await followUp.ShowOwnAsync(connection, message, ct);
        return Answers.Ok(message.ToMessage());
    }
}
