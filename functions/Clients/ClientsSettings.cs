using Connections.Settings;

namespace Connections.Clients;

/// <summary>The apps of the product, each named in the settings, such as <c>ios</c>.</summary>
/// <param name="Ids">Their client ids at the issuer, by name. <c>Clients__Ids</c>: <c>web=… ios=…</c>.</param>
/// <param name="Oldest">The oldest version of each that is served, by name. <c>Clients__Oldest</c>: <c>ios=1.4.0</c>.</param>
/// <param name="Scope">The scopes that they ask for. <c>Clients__Scope</c>, <c>openid profile email offline_access</c>.</param>
public sealed record ClientsSettings(IReadOnlyDictionary<string, string> Ids, IReadOnlyDictionary<string, string> Oldest, string Scope)
{
    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static ClientsSettings Read(IConfiguration configuration)
    {
        return new(
            configuration.Named("Clients:Ids", "client ids by the names of apps, such as web=123 ios=456", _ => true),
            configuration.Named("Clients:Oldest", "versions by the names of apps, such as ios=1.4.0 android=1.4.2", IsVersion),
            configuration.Words("Clients:Scope", "openid profile email offline_access"));
    }

    /// <summary>The apps that either setting names, in the order of their names.</summary>
    public IReadOnlyList<AppConfig> Apps() =>
    [
        .. from name in Ids.Keys.Union(Oldest.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
           select new AppConfig(name, Ids.GetValueOrDefault(name), Oldest.GetValueOrDefault(name)),
    ];

    // Major, minor and patch, as stores and semantic versions have them.
    private static bool IsVersion(string text) => Version.TryParse(text, out var version) && version is { Build: >= 0, Revision: -1 };
}
