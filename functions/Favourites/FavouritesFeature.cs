using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Favourites;

/// <summary>Registers favourites.</summary>
public static class FavouritesFeature
{
    /// <summary>Adds what the calls need.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddFavourites(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(FavouriteSettings.Read(configuration))
        .AddSingleton<FavouriteStore>();
}
