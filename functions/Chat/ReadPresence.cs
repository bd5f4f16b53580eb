using Connections.Http;
using Connections.Members;
using Connections.Telemetry;

namespace Connections.Chat;

/// <summary>
/// GET /api/connections/{id}/presence: whether the other member has a client open now; false where one of the two hides it. Stores nothing.
/// </summary>
/// <remarks>
/// There is no event for it: that would need a list of who watches whom, and a client only asks for the conversation that it shows.
/// </remarks>
public sealed class ReadPresence(HttpApi http, Conversations conversations, CallerGate gate, ILiveDelivery live)
{
    /// <summary>Answers 200. One request to the database and one to live delivery.</summary>
    [Function(nameof(ReadPresence))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections/{id}/presence")] HttpRequest request,
        string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            // Before live delivery is asked, so that a caller who is not connected learns nothing, not even by how long the answer takes.
            if (!(await conversations.OpenRowAsync(id, caller.Id, ct)).TryGet(out var row, out var error))
            {
                return Problems.From(error);
            }

            if (!row.Seen.With(gate.PrivacyOf(caller.Id)).Online)
            {
                return Answers.Ok(new Presence(Online: false));
            }

            using var span = Signals.Outside("presence");
            return Answers.Ok(new Presence(await live.IsOnlineAsync(row.OtherId, ct)));
        }, CallKind.Live);
}

/// <summary>Whether a member has a client open.</summary>
public sealed record Presence(bool Online);
