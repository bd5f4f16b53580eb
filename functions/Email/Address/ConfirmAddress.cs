using Connections.Email.Pages;
using Connections.Http;
using Connections.Members;
using Connections.Settings;

namespace Connections.Email.Address;

/// <summary>GET and POST /api/address-links/{token}: the page behind the link that confirms an address, without signing in.</summary>
/// <remarks>
/// A GET changes nothing, because mail scanners follow links; only the page's button, a POST, confirms. Used, replaced, expired and unknown
/// links all get the page that every useless link gets. The link that confirmed an address shows that for some time, to a second click and
/// when the page is reloaded.
/// </remarks>
public sealed class ConfirmAddress(HttpApi http, MemberStore members, AddressPage page, LinkSettings links, TimeProvider time)
{
    /// <summary>Asks whether the address is to be used.</summary>
    [Function("ShowAddressLink")]
    public Task Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/address-links/{token}")] HttpRequest request,
        string token) => http.HandlePage(request, async ct =>
        AddressLinkToken.TryParse(token, out var id, out var key) && (await members.FindAsync(id, ct))?.Value is { ErasedAt: null } member
            ? Page(request, member, key)
            : Gone(request));

    /// <summary>Confirms the address, once. One write, under the ETag that the link was checked with.</summary>
    [Function(nameof(ConfirmAddress))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/address-links/{token}")] HttpRequest request, string token) =>
        http.HandlePage(request, async ct =>
        {
            if (!AddressLinkToken.TryParse(token, out var id, out var key))
            {
                return Gone(request);
            }

            var (answer, _) = await members.ChangeAsync<IResult>(
                id,
                current =>
                {
                    if (current is null or { ErasedAt: not null })
                    {
                        return (Gone(request), null);
                    }

                    var confirmed = current.Opens(key, time.Now()) ? current.Confirming(key, time.Now()) : null;
                    return (Page(request, confirmed ?? current, key), confirmed);
                },
                ct);
            return answer;
        });

    private IResult Page(HttpRequest request, Member member, string key)
    {
        var now = time.Now();
        // Both are compared, so that the time does not tell which kind of link it is.
        var (opens, confirmed) = (member.Opens(key, now), member.WasConfirmedBy(key, now));
        return opens ? page.Render(new AddressPageView.Ask(member.EmailChange!.Address, member.Language))
            : confirmed ? page.Render(new AddressPageView.Confirmed(member.Email!, links.To("profile"), member.Language))
            : Gone(request);
    }

    private IResult Gone(HttpRequest request) => page.Render(new AddressPageView.Gone(links.BaseUrl, request.PreferredLanguage()));
}
