using Connections.Email.Pages;
using Connections.Http;
using Connections.Notices;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Email.Preferences;

/// <summary>GET /api/unsubscribe/{token}: a page that asks which notices to stop. Changes nothing, since mail scanners follow links.</summary>
public sealed class ShowUnsubscribe(HttpApi http, Unsubscribing unsubscribing, UnsubscribePage page, LinkSettings links)
{
    /// <summary>Answers 200, or 404 with the page for links that are of no use.</summary>
    [Function(nameof(ShowUnsubscribe))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "unsubscribe/{token}")] HttpRequest request, string token) =>
        http.HandleOpen(request, async ct => page.Render(await unsubscribing.FindAsync(token, ct) is { } link
            ? new UnsubscribePageView.Ask(link.Kind, link.Member.Value.Language)
            : new UnsubscribePageView.Gone(links.BaseUrl, request.PreferredLanguage())));
}
