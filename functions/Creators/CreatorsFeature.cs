using Connections.Creators.Dismissed;
using Connections.Creators.Facets;
using Connections.Creators.Favourites;
using Connections.Creators.Load;

namespace Connections.Creators;

/// <summary>Registers the services of search, facets, favourites, creators put away and the bulk load.</summary>
public static class CreatorsFeature
{
    /// <summary>They need an <see cref="Members.IRelations"/>, which the Invites feature registers.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddCreators(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(LoadSettings.Read(configuration))
        .AddSingleton<CreatorLoad>()
        .AddSingleton(FacetSettings.Read(configuration))
        .AddSingleton<FacetCounter>()
        .AddSingleton<FilteredFacetCounter>()
        .AddSingleton(FavouriteSettings.Read(configuration))
        .AddSingleton<FavouriteStore>()
        .AddSingleton<DismissedStore>()
        .AddSingleton<ViewerCards>()
        .AddSingleton<CreatorSearch>()
        .AddSingleton<ViewerStateReader>();
}
