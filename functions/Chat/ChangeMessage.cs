using System.Globalization;
using Connections.Cosmos;
using Connections.Http;
using Connections.Invites;
using Connections.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>The body of an edit.</summary>
public sealed record EditMessageRequest(string? Text);

/// <summary>
/// PATCH and DELETE /api/connections/{id}/messages/{seq}: edits and deletes an own message, for a while after it was sent. Each answers
/// the message as it is now; repeated, the same. A deleted one stays in its place, without its text.
/// </summary>
/// <remarks>
/// Four requests: the connection and the message at once, the message's write, the own row; one more for a message that is not the last. The
/// change feed shows it to the other side.
/// An edit takes a place among the minute's messages too, because it puts a text before the other side as a message does; one that changes
/// nothing gives it back. A deletion takes none: there is one for each message at most, and what was sent by mistake must not have to wait.
/// </remarks>
public sealed class ChangeMessage(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    AllowanceStore allowances,
    MessageFollowUp followUp,
    LiveEvents live,
    CallLimits limits,
    ChatSettings settings,
    TimeProvider time)
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
                ? ChangeAsync(caller.Id, id, seq, takesPlace: true, message => MessageLife.Edit(message, caller.Id, text, time.Now(), settings), ct)
                : Task.FromResult<IResult>(fields.ToProblem());
        });

    /// <summary>Deletes.</summary>
    [Function("DeleteMessage")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "connections/{id}/messages/{seq}")] HttpRequest request, string id, string seq) =>
        http.Handle(request, (caller, ct) =>
            ChangeAsync(caller.Id, id, seq, takesPlace: false, message => MessageLife.Delete(message, caller.Id, time.Now(), settings), ct));

    private async Task<IResult> ChangeAsync(
        MemberId caller, string id, string number, bool takesPlace, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
    {
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq);
        var opening = conversations.OpenAsync(id, caller, ct);
        var reading = isNumber ? messages.FindForChangeAsync(id, seq, ct) : Task.FromResult<Document<MessageDocument>?>(null);
        var taking = takesPlace ? allowances.TakeAsync(settings.Sending, caller, ct) : null;
        await Task.WhenAll(opening, reading, taking ?? Task.CompletedTask);
        var place = taking is null ? null : await taking;
        var change = !(await opening).TryGet(out var connection, out var error) ? new MessageChange.Refused(error)
            : await reading is not { } read || seq <= connection.SealedSeq ? new MessageChange.Refused(new NotFound("message"))
            : await messages.ChangeAsync(
                read,
                message => decide(message) is var decided && decided is MessageChange.Changed && place is { IsTaken: false }
                    ? new MessageChange.Refused(new MessageLimit(place))
                    : decided,
                ct);
        if (place is not null && change is not MessageChange.Changed)
        {
            await allowances.GiveBackAsync(place, ct);
        }

        switch (change)
        {
            case MessageChange.Changed changed:
                return await TellAsync(connection!, changed.After, isNew: true, ct);
            case MessageChange.Same same:
                return limits.Refuse(caller, CallKind.Repeat) is { } tooMany
                    ? Problems.From(tooMany)
                    : await TellAsync(connection!, same.Current, isNew: false, ct);
            default:
                return Problems.From(((MessageChange.Refused)change).Error);
        }
    }

    /// <summary>Shows the message as it is now. A repeated call tells again what may have been lost, and no more.</summary>
    private async Task<IResult> TellAsync(Connection connection, MessageDocument message, bool isNew, CancellationToken ct)
    {
        // The row first, because it tells whether the other side has blocked the sender in the meantime.
        if (await followUp.ShowOwnAsync(connection, message, isRepeated: !isNew, ct))
        {
            await live.MessageChangedAsync(message, isNew, ct);
        }

        return Answers.Ok(message.ToMessage());
    }
}
