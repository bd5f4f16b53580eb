using Connections.Http;

namespace Connections.Chat;

/// <summary>The body of a reaction.</summary>
public sealed record ReactionRequest(string? Kind);

/// <summary>
/// PUT and DELETE /api/connections/{id}/messages/{seq}/reaction: sets the caller's reaction to a message of either member, or removes it.
/// Each answers the message as it is now, also when repeated.
/// </summary>
/// <remarks>A reaction is no message: nothing counts as unread, no email tells of it, and the conversation keeps its place.</remarks>
public sealed class ReactToMessage(HttpApi http, MessageChanges changes, TimeProvider time)
{
    private const string Path = "api/connections/{id}/messages/{seq}/reaction";

    /// <summary>Sets the reaction, in place of another one of the caller's.</summary>
    [Function("SetReaction")]
    public Task Set(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Path)] HttpRequest request, string id, string seq) =>
        http.Handle<ReactionRequest>(request, (caller, body, ct) =>
        {
            var fields = new Fields();
            if (body.Kind is null || !Reaction.Kinds.Contains(body.Kind))
            {
                fields.RefuseValue("kind", body.Kind, $"The reaction must be one of {string.Join(", ", Reaction.Kinds)}.");
            }

            return fields.Valid ? ReactAsync(caller.Id, id, seq, body.Kind, ct) : Task.FromResult<IResult>(fields.ToProblem());
        });

    /// <summary>Removes the reaction.</summary>
    [Function("RemoveReaction")]
    public Task Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Path)] HttpRequest request, string id, string seq) =>
        http.Handle(request, (caller, ct) => ReactAsync(caller.Id, id, seq, kind: null, ct));

    private Task<IResult> ReactAsync(MemberId caller, string id, string seq, string? kind, CancellationToken ct) =>
        changes.ChangeAsync(caller, id, seq, uses: null, message => MessageLife.React(message, caller, kind, time.Now()), ct);
}
