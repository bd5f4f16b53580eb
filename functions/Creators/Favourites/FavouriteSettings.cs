using Connections.Limits;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Creators.Favourites;

/// <summary>What bounds favourites.</summary>
/// <param name="AtMost">Creators that one member may have marked at once. <c>Favourites__AtMost</c>, 1,000.</param>
public sealed record FavouriteSettings(int AtMost)
{
    /// <summary>The limit on marking.</summary>
    public Cap Marked => new("favourites", AtMost);

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static FavouriteSettings Read(IConfiguration configuration) => new(configuration.Number("Favourites:AtMost", 1000, 1, 100_000));
}
