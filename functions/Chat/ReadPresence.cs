using Connections.Http;
using Connections.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Chat;

/// <summary>GET /api/connections/{id}/presence: whether the other side has a client open now. Stores nothing.</summary>
/// <remarks>
/// One request to the database, whether the two are connected, and one to live delivery. There is no event for it: that would take
/// a list of who watches whom, and a client only asks for the conversation it shows.
/// </remarks>
public sealed class ReadPresence(HttpApi http, Conversations conversations, ILiveDelivery live)
{
    /// <summary>Answers the call.</summary>
    [Function(nameof(ReadPresence))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connections/{id}/presence")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            // Before live delivery is asked: who is not connected learns nothing, not even by how long the answer takes.
            if (!(await conversations.OpenAsync(id, caller.Id, ct)).TryGet(out var connection, out var error))
            {
                return Problems.From(error);
            }

            using var span = Signals.Outside("presence");
            return Answers.Ok(new Presence(await live.IsOnlineAsync(connection.Other(caller.Id), ct)));
        }, CallKind.Live);
}

/// <summary>Whether a member has a client open.</summary>
public sealed record Presence(bool Online);
