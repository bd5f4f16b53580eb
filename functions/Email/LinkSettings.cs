using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Email;

/// <summary>Where the links in emails lead, from the setting <c>Web__BaseUrl</c>.</summary>
/// <param name="BaseUrl">The web client's address, under which <c>api/</c> is served too; ends in a slash.</param>
public sealed record LinkSettings(Uri BaseUrl)
{
    private const string Name = "Web:BaseUrl";

    /// <summary>An address below the base. <paramref name="path"/> has no leading slash and is escaped already.</summary>
    public Uri To(string path) => new(BaseUrl, path);

    /// <summary>Reads and checks the setting.</summary>
    /// <exception cref="SettingException">It is missing or malformed.</exception>
    public static LinkSettings Read(IConfiguration configuration)
    {
        const string form = "the absolute http or https URL of the web client, without query or fragment";
        var url = configuration.Url(Name, form);
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            throw new SettingException($"The setting {Name.Replace(":", "__", StringComparison.Ordinal)} is malformed. It takes {form}.");
        }

        return new LinkSettings(url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/"));
    }
}
