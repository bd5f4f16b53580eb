using System.Runtime.CompilerServices;
using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites;

/// <summary>
/// POST /api/invites/{id}/accept, POST /api/invites/{id}/decline by the invitee; DELETE /api/invites/{id} by the inviter. Each answers
/// the connection as the caller sees it; repeated, the same; too late, 409 with the state that won.
/// </summary>
public sealed class AnswerInvite(HttpApi http, InviteDesk desk)
{
    /// <summary>Accepts.</summary>
    [Function("AcceptInvite")]
    public Task Accept([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invites/{id}/accept")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Accept());

    /// <summary>Declines.</summary>
    [Function("DeclineInvite")]
    public Task Decline([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invites/{id}/decline")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Decline());

    /// <summary>Takes it back, silently.</summary>
    [Function("RevokeInvite")]
    public Task Revoke([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "invites/{id}")] HttpRequest request, string id) =>
        Act(request, id, new InviteAction.Revoke());

    private Task Act(HttpRequest request, string id, InviteAction action, [CallerMemberName] string method = "") => http.Handle(
        request,
        async (caller, ct) => (await desk.ActAsync(caller.Id, id, action, ct)).Answer(Answers.Ok),
        method: method);
}
