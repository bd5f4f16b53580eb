using Connections.Http;
using Connections.Members;

namespace Connections.Chat;

/// <summary>POST /api/connections/{id}/typing: tells the other member that the caller is typing. Stores nothing.</summary>
/// <remarks>
/// The event stands for a few seconds of typing; a client sends it again while its member goes on. A member who types is online, so nothing
/// is told where one of the two hides that.
/// </remarks>
public sealed class TellTyping(HttpApi http, Conversations conversations, CallerGate gate, LiveEvents live)
{
    /// <summary>Answers 204. One request, to check that the two are connected.</summary>
    [Function(nameof(TellTyping))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/connections/{id}/typing")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!(await conversations.OpenRowAsync(id, caller.Id, ct)).TryGet(out var row, out var error))
            {
                return Problems.From(error);
            }

            if (row.Seen.With(gate.PrivacyOf(caller.Id)).Online)
            {
                await live.TypingAsync(caller.Id, row.OtherId, id, ct);
            }

            return Answers.NoContent();
        }, CallKind.Live, media: null);
}
