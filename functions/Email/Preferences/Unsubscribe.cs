using Connections.Email.Pages;
using Connections.Http;
using Connections.Notices;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Email.Preferences;

/// <summary>POST /api/unsubscribe/{token}: stops the link's kind of notice, or all when the page's form says so.</summary>
/// <remarks>
/// The page's form posts here, and so do mail providers on their member's behalf (RFC 8058: <c>List-Unsubscribe=One-Click</c>,
/// url-encoded or multipart, with no cookies). A body that is neither still stops the link's kind: there is nothing else that a
/// post here can mean, and a provider's odd client must not keep somebody subscribed.
/// </remarks>
public sealed class Unsubscribe(HttpApi http, Unsubscribing unsubscribing, UnsubscribePage page, LinkSettings links)
{
    /// <summary>Answers 200 each time it is sent, or 404 with the page for links that are of no use.</summary>
    [Function(nameof(Unsubscribe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "unsubscribe/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct =>
        {
            if (await unsubscribing.FindAsync(token, ct) is { } link)
            {
                var form = await request.ReadSmallFormAsync(ct);
                var all = form[UnsubscribePage.ScopeField] == UnsubscribePage.AllScope;
                if (await unsubscribing.MuteAsync(link.Member, all ? NoticeKinds.All : [link.Kind], ct))
                {
                    return page.Render(new UnsubscribePageView.Stopped(all ? null : link.Kind, links.BaseUrl, link.Member.Value.Language));
                }
            }

            return page.Render(new UnsubscribePageView.Gone(links.BaseUrl, request.PreferredLanguage()));
        });
}
