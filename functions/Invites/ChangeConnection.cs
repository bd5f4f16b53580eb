using System.Runtime.CompilerServices;
using Connections.Http;

namespace Connections.Invites;

/// <summary>
/// POST /api/invites/{id}/accept and POST /api/invites/{id}/decline by the invitee, DELETE /api/invites/{id} by the inviter, and DELETE
/// /api/connections/{id} by either. Each answers the connection as the caller sees it, also when repeated; 409 with the connection's state
/// when the call is too late. Four requests: the read, the write, both rows.
/// </summary>
public sealed class ChangeConnection(HttpApi http, InviteService invites, TimeProvider time)
{
    /// <summary>Accepts an invite.</summary>
    [Function("AcceptInvite")]
    public Task Accept(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invites/{id}/accept")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Accept());

    /// <summary>Declines an invite. The body, which may be left out, says why.</summary>
    [Function("DeclineInvite")]
    public Task Decline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invites/{id}/decline")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            var (said, fields) = (new DeclineRequest(null, null), new Fields());
            if (request.HasBody() && !(await HttpApi.ReadAsync<DeclineRequest>(request, ct)).TryGet(out said, out var error))
            {
                return Problems.From(error);
            }

            var because = DeclineReason.Read(fields, said.Reason, said.Until, time.Now());
            return fields.Valid
                ? (await invites.ActAsync(caller.Id, id, new InviteAction.Decline(Because: because), ct)).Answer(Answers.Ok)
                : fields.ToProblem();
        });

    /// <summary>Revokes an invite. The invitee gets no email about it.</summary>
    [Function("RevokeInvite")]
    public Task Revoke([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/invites/{id}")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Revoke());

    /// <summary>Ends a connection. Afterwards both can read the messages, neither can send any, and each may invite the other.</summary>
    [Function("RemoveConnection")]
    public Task Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/connections/{id}")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Remove());

    private Task Act(HttpRequest request, string id, InviteAction action, [CallerMemberName] string method = "") => http.Handle(
        request, async (caller, ct) => (await invites.ActAsync(caller.Id, id, action, ct)).Answer(Answers.Ok), method: method);
}
