using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Creators.Facets;

/// <summary>How fresh the counts are.</summary>
/// <param name="MaxAge">The oldest that counts are shown. <c>Facets__MaxAge</c>, one hour.</param>
public sealed record FacetSettings(TimeSpan MaxAge)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static FacetSettings Read(IConfiguration configuration) => new(configuration.Duration("Facets:MaxAge", TimeSpan.FromHours(1)));
}
