using Connections.Email.Rendering;

namespace Connections.Email.Pages;

/// <summary>The content of the page behind a link that confirms an address.</summary>
/// <param name="Language">BCP 47; English is used for a language without sentences.</param>
public abstract record AddressPageView(string? Language)
{
    /// <summary>A button that confirms the address.</summary>
    public sealed record Ask(string Address, string? Language) : AddressPageView(Language);

    /// <summary>The link has confirmed the address.</summary>
    public sealed record Confirmed(string Address, Uri OpenUrl, string? Language) : AddressPageView(Language);

    /// <summary>The link does not work.</summary>
    public sealed record Gone(Uri OpenUrl, string? Language) : AddressPageView(Language);
}

/// <summary>Renders the page behind a link that confirms an address. Pure; safe to call from many threads.</summary>
/// <remarks>
/// It shows no text of the member's: whoever reads the address may be somebody else, to whom a member must not be able to write this way.
/// </remarks>
public sealed class AddressPage(Templates templates)
{
    /// <summary>The page with its security headers; 404 for <see cref="AddressPageView.Gone"/>, otherwise 200.</summary>
    public IResult Render(AddressPageView view)
    {
        var model = Model.In(Sentences.For(view.Language));
        switch (view)
        {
            case AddressPageView.Ask ask:
                model["address"] = ask.Address;
                return HtmlPage.Render(templates, "page-address", "page.address.heading", model);
            case AddressPageView.Confirmed confirmed:
                model["address"] = confirmed.Address;
                model["openUrl"] = confirmed.OpenUrl.AbsoluteUri;
                return HtmlPage.Render(templates, "page-address-confirmed", "page.address.confirmed.heading", model);
            case AddressPageView.Gone gone:
                return HtmlPage.Gone(templates, gone.OpenUrl, model);
            default:
                throw new NotSupportedException($"There is no page for {view.GetType().Name}.");
        }
    }
}
