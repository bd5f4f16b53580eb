import { keepPreviousData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { UserSearch } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { type Api, body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, CreatorQuery } from '@/api/types';
import { texts } from '@/texts/texts';
import { useWide } from '@/ui/environment';
import { lazyPage } from '@/ui/lazyPage';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { ActiveFilters } from './ActiveFilters';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import styles from './ExplorePage.module.css';
import { FilterBar, FilterSheet, preloadFilters } from './FilterControls';
import { type Filters, noFilters, queryOf, readFilters, type Sort, writeFilters } from './filters';
import { SearchBox } from './SearchBox';
import { resultCount } from './resultCount';
import { useFacets } from './useFacets';
import { useFilters } from './useFilters';

const said = texts.creators;

// Most searches find somebody.
const { Page: NoCreators } = lazyPage(async () => (await import('./NoCreators')).NoCreators);

/** The search for creators: a search box, filters, and the results as cards. */
export function ExplorePage() {
  const [filters, change] = useFilters();
  const wide = useWide();
  const controls = useRef<HTMLDivElement>(null);
  const focusControls = () => controls.current?.querySelector('button')?.focus();
  const found = useCreators(queryOf(filters));
  const refused = found.error ? Problem.from(found.error).errors : undefined;
  useEffect(() => {
    // The address held a value that the service rejects, such as an unknown country. It is dropped like a malformed one.
    if (refused) {
      change((now) => withoutRejected(now, refused), 'typed');
    }
  }, [refused, change]);
  const cards = rows(found.data);
  // An empty page can still have a next page.
  const none = found.data && cards.length === 0 && !found.hasNextPage;
  const asked = writeFilters({ ...filters, sort: noFilters.sort }).size > 0;
  const hasResults = found.data !== undefined;
  useEffect(() => {
    // So that a filter opens at once, and without a network too.
    if (hasResults) {
      preloadFilters();
    }
  }, [hasResults]);
  const isCurrent = hasResults && !found.isPlaceholderData;
  // In a wide window, where a press opens a filter, its values are read after the first results.
  useFacets(noFilters, wide && hasResults);
  // Only if the page does not tell how many there are.
  const facets = useFacets(filters, isCurrent && found.hasNextPage);
  const total = facets.isPlaceholderData ? undefined : facets.data?.total;
  const count = isCurrent && cards.length > 0 ? resultCount(cards.length, found.hasNextPage, total) : undefined;
  const search = (
    <div className={styles.search}>
      <SearchBox
        text={filters.q}
        search={(q) => change((now) => ({ ...now, q }), 'typed')}
        error={refused?.q && said.searchProblem(refused.q.join(' '))}
      />
    </div>
  );
  const sort = (
    <div className={styles.sort}>
      <SortChoice sort={filters.sort} choose={(order) => change((now) => ({ ...now, sort: order }))} />
    </div>
  );
  return (
    <Page title={texts.pages.explore} intro={said.intro} width="wide">
      {/* Beside the controls rather than in them: on a phone it stays in view when they do not. */}
      {!wide && search}
      <div className={styles.controls}>
        {wide && search}
        {wide && sort}
        <div ref={controls} className={styles.filters}>
          {wide ? <FilterBar filters={filters} change={change} /> : <FilterSheet filters={filters} change={change} count={count} />}
        </div>
        {!wide && sort}
        <div className={styles.active}>
          <ActiveFilters filters={filters} change={change} focusElsewhere={focusControls} />
        </div>
      </div>
      <p role="status" className={styles.count}>
        {count ? said.found[count.kind](count.of) : none ? said.nobodyFound : ''}
      </p>
      {found.isPending && <GridSkeleton />}
      {found.isError && !found.data && refused?.q === undefined && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
      {cards.length > 0 && <CreatorGrid label={said.list} cards={cards} old={found.isPlaceholderData} />}
      {none &&
        (asked ? (
          <Suspense fallback={null}>
            <NoCreators filters={filters} change={change} focusElsewhere={focusControls} />
          </Suspense>
        ) : (
          <Notice icon={UserSearch} title={said.nobodyListed}>
            <p>{said.nobodyListedWhy}</p>
          </Notice>
        ))}
      {!found.isPlaceholderData && <LoadMore list={found} label={said.more} />}
    </Page>
  );
}

const orders: Readonly<Record<Sort, string>> = said.orders;

function SortChoice({ sort, choose }: { readonly sort: Sort; readonly choose: (sort: Sort) => void }) {
  return (
    <label className={styles.sortChoice}>
      <span>{said.sort}</span>
      <select value={sort} onChange={(event) => choose(event.target.value as Sort)}>
        {Object.entries(orders).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const fresh = 5 * 60_000;
const kept = 30 * 60_000;

function creatorsQuery(api: Api, query: CreatorQuery) {
  return {
    queryKey: keys.creators(query),
    ...paged<CallersCard>(api, async (signal) => body(await api.calls.GET('/api/creators', { params: { query }, signal }))),
    // Live events keep the cards current. A member who comes back from a profile finds the pages as they were.
    staleTime: fresh,
    gcTime: kept,
  };
}

/** The creators that a search finds. The previous results stay until the new ones are loaded. */
function useCreators(query: CreatorQuery) {
  return useInfiniteQuery({ ...creatorsQuery(useApi(), query), placeholderData: keepPreviousData });
}

/** Begins to read what this page shows at an address, before it can be shown. */
export function readCreators(cache: QueryClient, api: Api, search: string): void {
  // The page reports a failure when it is shown.
  cache.infiniteQuery(creatorsQuery(api, queryOf(readFilters(new URLSearchParams(search))))).catch(() => undefined);
}

/** The filters without those that the service rejected. The text stays, for the member to change. */
function withoutRejected(filters: Filters, refused: Problem['errors']): Filters {
  const names = Object.keys(noFilters).filter((name): name is keyof Filters => name !== 'q' && name in refused);
  return names.reduce((left, name) => ({ ...left, [name]: noFilters[name] }), filters);
}
