using Connections.Notices;

namespace Connections.Email.Rendering;

/// <summary>Renders the emails about a change of address, in the member's language. Pure; safe to call from many threads.</summary>
public sealed class AddressRenderer(Templates templates)
{
    /// <summary>The email to the new address.</summary>
    /// <param name="url">The page that confirms the address.</param>
    public RenderedEmail Confirm(string? language, Uri url) => Render(NoticeKind.ConfirmAddress, language, url);

    /// <summary>The email to the old address.</summary>
    /// <param name="url">The member's profile in the web client.</param>
    public RenderedEmail Warn(string? language, Uri url) => Render(NoticeKind.AddressWarning, language, url);

    private RenderedEmail Render(NoticeKind kind, string? language, Uri url)
    {
        var sentences = Sentences.For(language);
        var (name, model) = (kind.JsonName(), Model.In(sentences));
        model["url"] = url.AbsoluteUri;
        foreach (var part in (string[])["preheader", "heading", "text", "button", "otherwise", "reason"])
        {
            model[part] = sentences[$"{name}.{part}"];
        }

        model["unsubscribeUrl"] = null;
        return templates.Email(name, model);
    }
}
