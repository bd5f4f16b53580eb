using Connections.Cosmos;
using Connections.Email.Pages;
using Connections.Http;
using Connections.Members;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email.Preferences;

/// <summary>GET and POST /api/unsubscribe/{token}: the page behind an unsubscribe link, and its form.</summary>
/// <remarks>
/// A GET changes nothing, because mail scanners follow links. The page's form posts here, and so do mail providers on a member's behalf
/// (RFC 8058: <c>List-Unsubscribe=One-Click</c>, URL-encoded or multipart, without cookies). A post with any other body stops the link's
/// kind: it can have no other purpose, and a provider's faulty client must not keep a member subscribed.
/// </remarks>
public sealed class Unsubscribe(HttpApi http, Unsubscribing unsubscribing, UnsubscribePage page, LinkSettings links)
{
    /// <summary>Shows a page with the choices: 200, or 404 for a link that does not work.</summary>
    [Function("ShowUnsubscribe")]
    public Task Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/unsubscribe/{token}")] HttpRequest request, string token) =>
        http.HandlePage(request, async ct => await unsubscribing.FindAsync(token, ct) is { } link
            ? page.Render(new UnsubscribePageView.Ask(link.Kind, link.Member.Value.Language))
            : Gone(request));

    /// <summary>Stops the link's kind of notice, or all kinds if the form says so: 200 for every repetition, or 404 as for a GET.</summary>
    [Function(nameof(Unsubscribe))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/unsubscribe/{token}")] HttpRequest request, string token) =>
        http.HandlePage(request, async ct =>
        {
            if (await unsubscribing.FindAsync(token, ct) is not { } link)
            {
                return Gone(request);
            }

            var form = await request.ReadSmallFormAsync(ct);
            var all = form[UnsubscribePage.ScopeField] == UnsubscribePage.AllScope;
            return await unsubscribing.MuteAsync(link.Member, all ? NoticeKinds.All : [link.Kind], ct)
                ? page.Render(new UnsubscribePageView.Stopped(all ? null : link.Kind, links.BaseUrl, link.Member.Value.Language))
                : Gone(request);
        });

    private IResult Gone(HttpRequest request) => page.Render(new UnsubscribePageView.Gone(links.BaseUrl, request.PreferredLanguage()));
}

/// <summary>Follows unsubscribe links: finds whose they are, and stops what they are for.</summary>
public sealed class Unsubscribing(MemberStore members)
{
    /// <summary>The member and the kind of a link's token; null when it is not one of ours. At most one request.</summary>
    public async Task<UnsubscribeLink?> FindAsync(string? token, CancellationToken ct)
    {
        if (UnsubscribeToken.Parse(token) is not { } claim)
        {
            return null;
        }

        var member = await members.FindAsync(claim.Member, ct);
        return claim.IsProvenBy(member?.Value) ? new UnsubscribeLink(member!, claim.Kind) : null;
    }

    /// <summary>Mutes kinds of notices for the member, once however often it is called. False when the member is gone.</summary>
    /// <exception cref="ContentionException">The member kept changing; nothing was muted, and the same call can be sent again.</exception>
    public async Task<bool> MuteAsync(Document<Member> member, IReadOnlyList<NoticeKind> kinds, CancellationToken ct)
    {
        var (isMuted, _) = await members.ChangeAsync<bool>(
            member.Value.Id,
            current =>
            {
                if (current is null or { ErasedAt: not null })
                {
                    return (false, null);
                }

                var muted = current.Muting(current.MutedNotices.Concat(kinds).ToHashSet());
                return (true, ReferenceEquals(muted, current) ? null : muted);
            },
            ct,
            member);
        return isMuted;
    }
}

/// <summary>An unsubscribe link that we made.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Kind">What it stops.</param>
public sealed record UnsubscribeLink(Document<Member> Member, NoticeKind Kind);
