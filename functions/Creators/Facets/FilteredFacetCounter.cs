using System.Collections.ObjectModel;
using Connections.Creators.Dismissed;
using Connections.Members;
using Connections.Members.Standing;

namespace Connections.Creators.Facets;

/// <summary>Counts the creators that a filter finds, in all and for each value of its lists.</summary>
/// <remarks>
/// The counts of a list ignore the values that are chosen in it, as they tell what choosing another value would find. So one query reads
/// the values of the creators who match everything but at most one list, and the counting is done here. A platform is counted where the
/// creator has the numbers that the filter asks for on that platform, as a search for it finds them. It reads
/// <see cref="FacetSettings.CountAtMost"/> creators and no more, however many there are: a grouping by the database would read every match.
/// Where more match, a second query reads those who match everything; what it cannot count either has no count. A filter by a single value
/// is answered from the stored counts where those say that there are too many.
/// <para>
/// Creators who block the caller, or whom the caller blocks or has put away, are not counted, as no search shows them, nor are suspended
/// ones, or with <c>relation=none</c> those whom the caller has to do with. A count of one would tell of them.
/// </para>
/// </remarks>
public sealed class FilteredFacetCounter(
    CreatorSearch search,
    FacetCounter stored,
    IRelations relations,
    DismissedStore dismissed,
    Suspensions suspensions,
    FacetSettings settings,
    TimeProvider time)
{
    /// <summary>Counts for a filter. Four requests, five where more match than are counted.</summary>
    public async Task<CreatorFacets> CountAsync(MemberId caller, CreatorFilter filter, CancellationToken ct)
    {
        var now = time.Now();
        var (reading, away) = (stored.ReadAsync(ct), dismissed.IdsAsync(caller, ct));
        var hidden = await relations.HiddenFromAsync(caller, filter.OnlyUnrelated, ct).ToHashSetAsync(cancellationToken: ct);
        hidden.UnionWith(await away);
        hidden.UnionWith(await suspensions.NowAsync(ct));
        var whole = await reading;
        var lists = filter.Lists;
        // A filter of one list finds everybody when that list may fail.
        var nearAreAll = filter.HasOnlyLists && lists.Count < 2;
        var known = KnownTotal(filter, whole) is { } total && total > settings.CountAtMost ? total : (int?)null;

        // The creators who match everything but at most one list, and those who match everything; null where there are too many.
        var near = filter.MatchesNobody ? []
            : nearAreAll && whole.Total!.Count > settings.CountAtMost ? null
            : await FindAsync(mayFailOne: true);
        var matching = near is not null
            ? [.. near.Where(creator => HasNumbers(filter, creator) && lists.All(list => Passes(filter, list, creator)))]
            : known is null && (lists.Count > 0 || filter is not { MaxFollowers: null, MinEngagement: null })
                ? await FindAsync(mayFailOne: false)
                : null;
        return new CreatorFacets(
            now,
            matching is not null ? new FacetTotal(matching.Count, CountPrecision.Exact)
                : known is not null ? new FacetTotal(known.Value, CountPrecision.About)
                : new FacetTotal(settings.CountAtMost, CountPrecision.Over),
            Values(FilterList.Category),
            Values(FilterList.Platform),
            Values(FilterList.Country),
            Values(FilterList.Language),
            Values(FilterList.OpenTo),
            Values(FilterList.Format));

        async Task<IReadOnlyList<FilterValues>?> FindAsync(bool mayFailOne)
        {
            var found = await search.FindValuesAsync(filter, settings.CountAtMost + 1, mayFailOne, ct);
            return found.Count > settings.CountAtMost ? null : [.. found.Where(creator => !hidden.Contains(creator.Id))];
        }

        IReadOnlyList<FacetValue> Values(FilterList list) =>
            !lists.Contains(list) && !(list == FilterList.Platform && filter.HasNumbers) ? Counted(list, matching, whole, filter)
            : near is null && nearAreAll ? whole.Of(list)
            : Counted(
                list,
                near?.Where(creator => lists.All(other => other == list || Passes(filter, other, creator))
                    && (list == FilterList.Platform || HasNumbers(filter, creator))),
                whole,
                filter);
    }

    /// <summary>Whether a creator has the numbers of a filter without platforms. With platforms, that is part of the list.</summary>
    private static bool HasNumbers(CreatorFilter filter, FilterValues creator) =>
        filter.Platforms.Count > 0 || filter.Allows(new PlatformReach(creator.Followers, creator.Engagement));

    /// <summary>The values of a list that a search for each would find the creator by, if they match the rest.</summary>
    private static IReadOnlyList<string> Found(CreatorFilter filter, FilterList list, FilterValues creator) =>
        list == FilterList.Platform && filter.HasNumbers
            ? [
                .. from numbers in creator.Reach ?? ReadOnlyDictionary<string, PlatformReach>.Empty
                   where filter.Allows(numbers.Value)
                   select numbers.Key]
            : creator.Of(list);

    /// <summary>How many creators match by the stored counts; null where those do not tell.</summary>
    private static int? KnownTotal(CreatorFilter filter, CreatorFacets whole) => (filter.HasOnlyLists, filter.Lists) switch
    {
        (true, []) => whole.Total!.Count,
        (true, [var list]) when filter.ValuesOf(list) is [var value] => whole.Of(list).FirstOrDefault(facet => facet.Value == value)?.Count,
        _ => null,
    };

    private static bool Passes(CreatorFilter filter, FilterList list, FilterValues creator)
    {
        var wanted = filter.ValuesOf(list);
        return (list == FilterList.Language ? wanted.SelectMany(LanguageTag.Stored) : wanted)
            .Any(Found(filter, list, creator).Contains);
    }

    /// <summary>The counts of a list, the most frequent value first; without counts where there are too many creators.</summary>
    private static FacetValue[] Counted(
        FilterList list, IEnumerable<FilterValues>? creators, CreatorFacets whole, CreatorFilter filter)
    {
        if (creators is null)
        {
            return [.. whole.Of(list).Select(facet => facet with { Count = null })];
        }

        var counts = creators.SelectMany(creator => Shown(list, Found(filter, list, creator))).CountBy(value => value)
            .ToDictionary(count => count.Key, count => count.Value, StringComparer.Ordinal);
        IEnumerable<string> values = list switch
        {
            FilterList.Category => PublishedLists.Categories,
            FilterList.Platform => PublishedLists.Platforms,
            FilterList.OpenTo => PublishedLists.Collaborations,
            FilterList.Format => PublishedLists.Formats,
            _ => counts.Keys,
        };
        return FacetCounter.Ordered(values.Select(value => new FacetValue(value, counts.GetValueOrDefault(value))));
    }

    /// <summary>The values of a list as they are counted: a language by its code, each value once.</summary>
    internal static IEnumerable<string> Shown(FilterList list, IReadOnlyList<string> values) => list == FilterList.Language
        ? values.Select(value => Languages.ByStored.GetValueOrDefault(value)).OfType<string>().Distinct(StringComparer.Ordinal)
        : values.Distinct(StringComparer.Ordinal);
}
