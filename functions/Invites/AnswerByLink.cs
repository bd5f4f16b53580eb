using Connections.Email;
using Connections.Email.Pages;
using Connections.Email.Rendering;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Invites;

/// <summary>GET and POST /api/invite-links/{token}: the page behind an invite email's links, and its answer, without signing in.</summary>
/// <remarks>
/// A GET changes nothing, because mail scanners follow links; only the page's button, a POST, answers. A used, expired, revoked or
/// unknown link gets one and the same page, so that a link tells nothing to whom it is not for.
/// </remarks>
public sealed class AnswerByLink(HttpApi http, ConnectionStore connections, MemberStore members, InviteDesk desk, InvitePage page, LinkSettings links, TimeProvider time)
{
    /// <summary>Shows the invite.</summary>
    [Function("ShowInviteLink")]
    public Task Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "invite-links/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct =>
        {
            if (await FindAsync(token, ct) is not { } connection)
            {
                return Gone(request);
            }

            var (sender, language) = await PeopleAsync(connection, ct);
            var suggested = request.Query["answer"] == "decline" ? InviteAnswer.Decline : InviteAnswer.Accept;
            return page.Render(new InvitePageView.Open(sender, connection.Note, connection.ExpiresAt, suggested, language));
        });

    /// <summary>Answers it. The form's field <c>answer</c> is <c>accept</c> or <c>decline</c>.</summary>
    [Function("AnswerInviteLink")]
    public Task Answer([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invite-links/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct =>
        {
            if (await FindAsync(token, ct) is not { } connection)
            {
                return Gone(request);
            }

            if (await request.ReadInviteAnswerAsync(ct) is not { } said)
            {
                return Problems.InvalidInput("answer", "Must be accept or decline, as form data.");
            }

            // The invite can end between the look and the answer; then this link is as gone as any other.
            InviteAction action = said == InviteAnswer.Accept ? new InviteAction.Accept() : new InviteAction.Decline();
            var (contact, _) = await desk.ActAsync(
                connection.Invitee, connection.Id, action, ct, only: current => Opens(token, current));
            if (contact is null)
            {
                return Gone(request);
            }

            var (sender, language) = await PeopleAsync(connection, ct);
            return page.Render(new InvitePageView.Answered(said, sender, links.To(said == InviteAnswer.Accept ? $"messages/{connection.Id}" : ""), language));
        });

    private async Task<Connection?> FindAsync(string token, CancellationToken ct) =>
        InviteLinkToken.TryParse(token, out var id, out _) && await connections.FindAsync(id, ct) is { Value: var connection } && Opens(token, connection)
            ? connection
            : null;

    private bool Opens(string token, Connection connection) =>
        InviteLinkToken.TryParse(token, out _, out var key) && InviteLinkToken.Opens(connection, key, time.Now());

    private async Task<(Person Sender, string? Language)> PeopleAsync(Connection connection, CancellationToken ct)
    {
        var both = await members.FindManyAsync([connection.Inviter, connection.Invitee], ct);
        var sender = Card.OfOrFormer(both.GetValueOrDefault(connection.Inviter), connection.Inviter);
        return (
            new Person(sender.DisplayName, sender.Headline, sender.Organisation, sender.AvatarUrl),
            both.GetValueOrDefault(connection.Invitee)?.Language);
    }

    private IResult Gone(HttpRequest request) => page.Render(new InvitePageView.Gone(links.BaseUrl, request.PreferredLanguage()));
}
