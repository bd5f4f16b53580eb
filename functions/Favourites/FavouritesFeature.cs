using Microsoft.Extensions.DependencyInjection;

namespace Connections.Favourites;

/// <summary>Registers favourites.</summary>
public static class FavouritesFeature
{
    /// <summary>Adds what the calls need.</summary>
    public static IServiceCollection AddFavourites(this IServiceCollection services) => services.AddSingleton<FavouriteStore>();
}
