using Connections.Http;

namespace Connections.Chat;

/// <summary>The body of an edit.</summary>
public sealed record EditMessageRequest(string? Text);

/// <summary>
/// PATCH and DELETE /api/connections/{id}/messages/{seq}: edits or deletes a message of the caller's, for a while after it was sent. Each
/// answers the message as it is now, also when repeated. A deleted message keeps its number and loses its text and its files.
/// </summary>
/// <remarks>
/// An edit uses a permit of the minute's messages too, because it shows the other member a text as a message does; an edit that changes
/// nothing releases it. A deletion uses no permit: a message is deleted once at most, and a mistake must not have to wait.
/// </remarks>
public sealed class ChangeMessage(HttpApi http, MessageChanges changes, ChatSettings settings, TimeProvider time)
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
                ? changes.ChangeAsync(
                    caller.Id, id, seq, settings.Sending, message => MessageLife.Edit(message, caller.Id, text, time.Now(), settings), ct)
                : Task.FromResult<IResult>(fields.ToProblem());
        });

    /// <summary>Deletes a message.</summary>
    [Function("DeleteMessage")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/connections/{id}/messages/{seq}")] HttpRequest request,
        string id,
        string seq) =>
        http.Handle(request, (caller, ct) =>
            changes.ChangeAsync(
                caller.Id, id, seq, uses: null, message => MessageLife.Delete(message, caller.Id, time.Now(), settings), ct));
}
