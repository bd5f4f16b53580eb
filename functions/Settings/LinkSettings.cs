namespace Connections.Settings;

/// <summary>The addresses of the links in emails, from the settings <c>Web__BaseUrl</c> and <c>Api__BaseUrl</c>.</summary>
/// <param name="BaseUrl">The web client's address; ends in a slash.</param>
/// <param name="ApiUrl">The address above <c>api/</c>; ends in a slash. By default the web client's.</param>
public sealed record LinkSettings(Uri BaseUrl, Uri ApiUrl)
{
    /// <summary>A page of the web client. <paramref name="path"/> is escaped and has no leading slash.</summary>
    public Uri To(string path) => new(BaseUrl, path);

    /// <summary>A page of the API. <paramref name="path"/> is escaped and relative to <c>api/</c>.</summary>
    public Uri ToApi(string path) => new(ApiUrl, "api/" + path);

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static LinkSettings Read(IConfiguration configuration)
    {
        var web = Read(
            configuration, "Web:BaseUrl", "the absolute http or https URL of the web client, without query or fragment", fallback: null);
        return new(
            web,
            Read(configuration, "Api:BaseUrl", "the absolute http or https URL above api/, without query or fragment", web.AbsoluteUri));
    }

    private static Uri Read(IConfiguration configuration, string name, string form, string? fallback)
    {
        var url = configuration.Url(name, form, fallback);
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            throw Setting.Malformed(name, "malformed", form);
        }

        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }
}
