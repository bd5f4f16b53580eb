using Connections.Email.Pages;
using Connections.Email.Rendering;
using Connections.Http;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email;

/// <summary>GET and POST /api/invite-links/{token}: the page behind an invite email's links, which answers without signing in.</summary>
/// <remarks>
/// A GET changes nothing, because mail scanners follow links; only the page's button, a POST, answers. Expired, revoked and unknown links
/// all get the same page, so that a link tells strangers nothing. The link that answered an invite shows its answer for some time, to a
/// second click and when the page is reloaded.
/// </remarks>
public sealed class AnswerByLink(
    HttpApi http,
    ConnectionStore connections,
    MemberStore members,
    InviteService invites,
    InvitePage page,
    LinkSettings links,
    TimeProvider time)
{
    /// <summary>Shows the invite.</summary>
    [Function("ShowInviteLink")]
    public Task Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/invite-links/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct =>
        {
            if (await FindAsync(token, ct) is not var (connection, key))
            {
                return Gone(request);
            }

            if (!InviteLinkToken.Opens(connection, key, time.Now()))
            {
                return await AnsweredAsync(request, connection, key, ct);
            }

            if (await PeopleAsync(connection, ct) is not var (sender, language))
            {
                return Gone(request);
            }

            return page.Render(new InvitePageView.Open(
                sender,
                links.ToProfile(connection.Inviter),
                connection.Note,
                connection.ExpiresAt,
                Suggested(request, token),
                language));
        });

    /// <summary>Answers the invite. The form's field <c>answer</c> is <c>accept</c> or <c>decline</c>.</summary>
    [Function("AnswerInviteLink")]
    public Task Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invite-links/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct =>
        {
            if (await FindAsync(token, ct) is not var (connection, key))
            {
                return Gone(request);
            }

            if (!InviteLinkToken.Opens(connection, key, time.Now()))
            {
                return await AnsweredAsync(request, connection, key, ct);
            }

            if (await request.ReadInviteAnswerAsync(ct) is not { } said)
            {
                return Problems.InvalidInput("answer", "The answer must be accept or decline, as form data.");
            }

            if (await PeopleAsync(connection, ct) is not { } people)
            {
                return Gone(request);
            }

            // The invite can end after it was read, for example by a second click on the same link.
            var hash = LinkKey.HashOf(key);
            InviteAction action = said == InviteAnswer.Accept ? new InviteAction.Accept(hash) : new InviteAction.Decline(hash);
            var answered = await invites.ActAsync(
                connection.Invitee, connection.Id, action, ct, only: current => InviteLinkToken.Opens(current, key, time.Now()));
            return answered.Error is null ? Answered(connection, said, people)
                : await FindAsync(token, ct) is var (current, _) ? await AnsweredAsync(request, current, key, ct)
                : Gone(request);
        });

    /// <summary>The connection and the unchecked key of a token; null for a connection that does not exist.</summary>
    private async Task<(Connection Connection, string Key)?> FindAsync(string token, CancellationToken ct) =>
        InviteLinkToken.TryParse(token, out var id, out var key) && await connections.FindAsync(id, ct) is { Value: var connection }
            ? (connection, key)
            : null;

    /// <summary>The page with the answer that this link gave, if it still stands; otherwise the page for links that do not work.</summary>
    private async Task<IResult> AnsweredAsync(HttpRequest request, Connection connection, string key, CancellationToken ct) =>
        InviteLinkToken.AnswerOf(connection, key, time.Now()) is { } said && await PeopleAsync(connection, ct) is { } people
            ? Answered(connection, said, people)
            : Gone(request);

    private IResult Answered(Connection connection, InviteAnswer said, (Person Sender, string? Language) people) =>
        page.Render(new InvitePageView.Answered(
            said, people.Sender, links.To(said == InviteAnswer.Accept ? $"messages/{connection.Id}" : ""), people.Language));

    // Mail programs rewrite links: the answer may have become part of the token, or follow another parameter.
    private static InviteAnswer Suggested(HttpRequest request, string token) =>
        (token + request.QueryString).Contains("decline", StringComparison.Ordinal) ? InviteAnswer.Decline : InviteAnswer.Accept;

    /// <summary>The inviter and the invitee's language; null when either has erased their profile: the invite is about to end.</summary>
    private async Task<(Person Sender, string? Language)?> PeopleAsync(Connection connection, CancellationToken ct)
    {
        var both = await members.FindManyAsync([connection.Inviter, connection.Invitee], ct);
        if (both.Values.Any(member => member.HasErased(connection.InvitedAt)))
        {
            return null;
        }

        var inviter = Person.Of(both.GetValueOrDefault(connection.Inviter), connection.Inviter);
        return (inviter, both.GetValueOrDefault(connection.Invitee)?.Language);
    }

    private IResult Gone(HttpRequest request) => page.Render(new InvitePageView.Gone(links.BaseUrl, request.PreferredLanguage()));
}
