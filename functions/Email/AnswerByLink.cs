using Connections.Email.Pages;
using Connections.Email.Rendering;
using Connections.Http;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Safety;
using Connections.Settings;

namespace Connections.Email;

/// <summary>GET and POST /api/invite-links/{token}: the page behind an invite email's links, which answers without signing in.</summary>
/// <remarks>
/// A GET changes nothing, because mail scanners follow links; only the page's button, a POST, answers. Expired, revoked and unknown links
/// all get the same page, so that a link tells strangers nothing. The link that answered an invite shows its answer for some time, to a
/// second click and when the page is reloaded.
/// <para>
/// <c>?answer=report</c> is a page of its own, with the form that reports and blocks the inviter. Its post is one write, like every answer:
/// repeated after a stop, it finds that the answer stands.
/// </para>
/// </remarks>
public sealed class AnswerByLink(
    HttpApi http,
    ConnectionStore connections,
    MemberStore members,
    InviteService invites,
    BlockService blocks,
    InvitePage page,
    SafetySettings safety,
    Suspensions suspensions,
    LinkSettings links,
    TimeProvider time)
{
    /// <summary>Shows the invite, or the form that reports its sender.</summary>
    [Function("ShowInviteLink")]
    public Task Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/invite-links/{token}")] HttpRequest request, string token) =>
        http.HandlePage(request, async ct =>
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

            var path = InviteLinkToken.PathOf(connection.Id, key);
            var suggested = Suggested(request, token);
            return page.Render(suggested == InviteAnswer.Report
                ? new InvitePageView.Report(sender, safety.MaxDetails, links.ToApi(path), language)
                : new InvitePageView.Open(
                    sender,
                    links.ToProfile(connection.Inviter),
                    connection.Note,
                    connection.ExpiresAt,
                    suggested,
                    time.Now(),
                    links.ToApi(path + "?answer=report"),
                    language));
        });

    /// <summary>
    /// Answers the invite. The form's field <c>answer</c> is <c>accept</c>, <c>decline</c>, with a reason or without, or, with a reason
    /// and details, <c>report</c>.
    /// </summary>
    [Function("AnswerInviteLink")]
    public Task Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invite-links/{token}")] HttpRequest request, string token) =>
        http.HandlePage(request, async ct =>
        {
            if (await FindAsync(token, ct) is not var (connection, key))
            {
                return Gone(request);
            }

            if (!InviteLinkToken.Opens(connection, key, time.Now()))
            {
                return await AnsweredAsync(request, connection, key, ct);
            }

            var form = await request.ReadInviteFormAsync(safety.MaxDetails, ct);
            if (form.Answer is not { } said)
            {
                return Problems.InvalidInput("answer", "The answer must be accept, decline or report, as form data.");
            }

            var (report, fields) = (default(OwedReport), new Fields());
            if (said == InviteAnswer.Report)
            {
                var (_, details) = new ReportRequest(connection.Inviter.Value, null, null, form.Reason, form.Details).Read(fields, safety);
                report = new OwedReport(connection.Invitee, connection.InviteNumber, form.Reason!, details, time.Now());
            }

            // The page has no script: it sends the date whatever the reason. A date without a reason means not now.
            var reason = VisibleText.IsVisible(form.Reason) || !VisibleText.IsVisible(form.Until) ? form.Reason : DeclineReason.NotNow;
            var because = said == InviteAnswer.Decline
                ? DeclineReason.Read(fields, reason, reason == DeclineReason.NotNow ? form.Until : null, time.Now())
                : null;
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (await PeopleAsync(connection, ct) is not { } people)
            {
                return Gone(request);
            }

            // The invite can end after it was read, for example by a second click on the same link.
            var hash = LinkKey.HashOf(key);
            bool Opens(Connection current) => InviteLinkToken.Opens(current, key, time.Now());
            Task<Result<Contact>> ActAsync(InviteAction action) => invites.ActAsync(connection.Invitee, connection.Id, action, ct, Opens);
            var isAnswered = said switch
            {
                InviteAnswer.Accept => (await ActAsync(new InviteAction.Accept(hash))).Error is null,
                InviteAnswer.Decline => (await ActAsync(new InviteAction.Decline(hash, because))).Error is null,
                _ => await blocks.BlockByLinkAsync(connection, new InviteAction.Block(hash, report), Opens, ct),
            };
            return isAnswered ? Answered(connection, said, people)
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
        page.Render(new InvitePageView.Answered(said, people.Sender, links.To(PathAfter(said, connection)), people.Language));

    private static string PathAfter(InviteAnswer said, Connection connection) => said switch
    {
        InviteAnswer.Accept => $"messages/{connection.Id}",
        InviteAnswer.Decline => "",
        _ => "blocked",
    };

    // Mail programs rewrite links: the answer may have become part of the token, or follow another parameter.
    private static InviteAnswer Suggested(HttpRequest request, string token)
    {
        var link = token + request.QueryString;
        return link.Contains("answer=report", StringComparison.Ordinal) || link.Contains("3Dreport", StringComparison.Ordinal)
            ? InviteAnswer.Report
            : link.Contains("decline", StringComparison.Ordinal) ? InviteAnswer.Decline : InviteAnswer.Accept;
    }

    /// <summary>
    /// The inviter and the invitee's language; null when either has erased their profile, so that the invite is about to end, or is
    /// suspended, so that it is not open until that ends.
    /// </summary>
    private async Task<(Person Sender, string? Language)?> PeopleAsync(Connection connection, CancellationToken ct)
    {
        if ((await suspensions.AmongAsync([connection.Inviter, connection.Invitee], ct)).Count > 0)
        {
            return null;
        }

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
