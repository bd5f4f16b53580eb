using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>POST /api/connections/{id}/typing: tells the other side that the caller is typing. Stores nothing.</summary>
/// <remarks>One request: whether the two are connected. The event means a few seconds of typing; a client that goes on tells again.</remarks>
public sealed class TellTyping(HttpApi http, Conversations conversations, LiveEvents live)
{
    /// <summary>Answers the call.</summary>
    [Function(nameof(TellTyping))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connections/{id}/typing")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!(await conversations.OpenAsync(id, caller.Id, ct)).TryGet(out var connection, out var error))
            {
                return Problems.From(error);
            }

            await live.TypingAsync(caller.Id, connection.Other(caller.Id), id, ct);
            return Answers.NoContent();
        }, CallKind.Live);
}
