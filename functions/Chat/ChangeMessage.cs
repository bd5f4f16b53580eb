using System.Globalization;
using Connections.Cosmos;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>The body of an edit.</summary>
public sealed record EditMessageRequest(string? Text);

/// <summary>
/// PATCH and DELETE /api/connections/{id}/messages/{seq}: edits or deletes a message of the caller's, for a while after it was sent. Each
/// answers the message as it is now, also when repeated. A deleted message keeps its number and loses its text and its files.
/// </summary>
/// <remarks>
/// Five requests: the caller's row and the message at once, the message's write, both rows; two more for a message that is not the last,
/// and for a deleted one that was not read. An edit uses a permit of the minute's messages too, because it shows the other member a text as
/// a message does; an edit that changes nothing releases it. A deletion uses no permit: a message is deleted once at most, and a mistake
/// must not have to wait.
/// </remarks>
public sealed class ChangeMessage(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    SharedAllowances allowances,
    MessageFollowUp followUp,
    LiveEvents live,
    CallLimits limits,
    ChatSettings settings,
    TimeProvider time)
{
    /// <summary>Edits a message.</summary>
    [Function("EditMessage")]
    public Task Edit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/connections/{id}/messages/{seq}")] HttpRequest request,
        string id,
        string seq) =>
        http.Handle<EditMessageRequest>(request, (caller, body, ct) =>
        {
            var fields = new Fields();
            // A message with files can go without a text.
            var text = fields.Text("text", body.Text, settings.MaxText, lines: true) ?? "";
            return fields.Valid
                ? ChangeAsync(
                    caller.Id, id, seq, takesPermit: true, message => MessageLife.Edit(message, caller.Id, text, time.Now(), settings), ct)
                : Task.FromResult<IResult>(fields.ToProblem());
        });

    /// <summary>Deletes a message.</summary>
    [Function("DeleteMessage")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/connections/{id}/messages/{seq}")] HttpRequest request,
        string id,
        string seq) =>
        http.Handle(request, (caller, ct) =>
            ChangeAsync(
                caller.Id, id, seq, takesPermit: false, message => MessageLife.Delete(message, caller.Id, time.Now(), settings), ct));

    private async Task<IResult> ChangeAsync(
        MemberId caller, string id, string number, bool takesPermit, Func<MessageDocument, MessageChange> decide, CancellationToken ct)
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

        var permit = takesPermit ? await allowances.AcquireAsync(settings.Sending, caller, ct) : null;
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
        await followUp.ShowAsync(row, message, isRepeated: !isNew, () => live.MessageChangedAsync(message, isNew, ct), ct);
        if (message is { Deleted: true, Files: not null })
        {
            await followUp.TryRemoveFilesAsync(message, ct);
        }

        return Answers.Ok(message.ToMessage(message.From));
    }
}
